import { type LoadedPage, toCell, toLoadedPage } from '#renderer/features/data/index.ts'
import type { Cell, GridSource } from '#renderer/grid/index.ts'
import type { ExactValue } from '#shared/model/arrow/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { SearchHit, SearchResult } from '#shared/model/search.ts'
import type { Output } from '#shared/contract/index.ts'
import { markedCell } from '../hits/marked-cell.ts'

/** Columns of a result that are not the dataset's; the mark cannot begin a column of Lance's filters by accident. */
export const FIGURES = {
  query: '⟨query⟩',
  rank: '⟨rank⟩',
  distance: '⟨distance⟩',
  score: '⟨score⟩',
  relevance: '⟨fused⟩',
  vectorRank: '⟨vector rank⟩',
  textRank: '⟨text rank⟩',
} as const satisfies Partial<Record<keyof SearchHit, string>>
export type Figure = keyof typeof FIGURES

const figureOf = new Map<string, Figure>(Object.entries(FIGURES).map(([figure, id]) => [id, figure as Figure]))

type Hits = Output<'search.highlight'>['cells'][number]

/** The rows of a search, for the grid. All of them are there from the start. */
export class ResultSource implements GridSource {
  readonly result: SearchResult
  readonly #page: LoadedPage
  readonly #hits = new Map<string, Hits['ranges']>()
  /** Cells with hits, kept: what the grid knows of drawing one goes by the cell. */
  readonly #marked = new Map<string, Cell>()
  readonly #listeners = new Set<() => void>()

  constructor(result: SearchResult, schema: readonly SchemaField[]) {
    this.result = result
    const { arrow, order, previews, hits } = result
    this.#page = toLoadedPage({ total: hits.length, arrow, order, previews }, schema)
  }

  get rowCount(): number {
    return this.result.hits.length
  }

  rowId(row: number): string | undefined {
    return this.result.hits[row]?.rowId
  }

  cell(row: number, columnId: string): Cell {
    const figure = figureOf.get(columnId)
    if (figure === undefined) {
      try {
        const { value, fullLength } = this.#page.value(row, columnId)
        return this.#mark(row, columnId, toCell(value, fullLength), value)
      } catch (error) {
        return { kind: 'error', message: error instanceof Error ? error.message : String(error) }
      }
    }
    const value = this.result.hits[row]?.[figure]
    if (value === undefined) return { kind: 'text', text: '–', tone: 'special' }
    return { kind: 'text', text: formatFigure(figure, Number(value)), tone: 'number' }
  }

  /** Rows with their exact values, figures of the search among them. */
  page(offset: number, limit: number): LoadedPage {
    const hits = this.result.hits.slice(offset, offset + limit)
    return {
      byteLength: this.#page.byteLength,
      rowCount: hits.length,
      failures: this.#page.failures,
      rowId: (row) => hits[row]?.rowId ?? '',
      value: (row, columnId) => {
        const figure = figureOf.get(columnId)
        if (figure === undefined) return this.#page.value(offset + row, columnId)
        return { value: exactFigure(figure, hits[row]?.[figure]), fullLength: null }
      },
    }
  }

  /** Where the words looked for stand in a cell, as UTF-16 ranges; empty until they are known. */
  hits(row: number, column: string): Hits['ranges'] {
    return this.#hits.get(hitKey(this.rowId(row), column)) ?? []
  }

  /** The same for every column of a row that has any. */
  hitsOfRow(row: number): Readonly<Record<string, Hits['ranges']>> {
    const columns = this.result.textColumns ?? []
    return Object.fromEntries(columns.map((column) => [column, this.hits(row, column)] as const))
  }

  /** Takes in where words stand, as it becomes known. */
  mark(cells: readonly Hits[]): void {
    for (const { rowId, column, ranges } of cells) this.#hits.set(hitKey(rowId, column), ranges)
    if (cells.length > 0) for (const listener of this.#listeners) listener()
  }

  show(): void {}
  retry(): void {}
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #mark(row: number, column: string, cell: Cell, value: ExactValue): Cell {
    const ranges = this.hits(row, column)
    if (ranges.length === 0) return cell
    const key = `${row} ${column}`
    const known = this.#marked.get(key)
    if (known !== undefined) return known
    const marked = markedCell(cell, value, ranges)
    this.#marked.set(key, marked)
    return marked
  }
}

/** Distances and scores are single precision in Lance; only the fused score is made here. */
function exactFigure(figure: Figure, value: number | undefined): ExactValue {
  if (value === undefined) return { kind: 'null' }
  switch (figure) {
    case 'query':
      return { kind: 'integer', value: value + 1 }
    case 'rank':
    case 'vectorRank':
    case 'textRank':
      return { kind: 'integer', value }
    case 'distance':
    case 'score':
      return { kind: 'float', value, precision: 'float32' }
    case 'relevance':
      return { kind: 'float', value, precision: 'float64' }
  }
}

/** Six digits; small ones as powers of ten, which a narrow column still shows. */
function formatDecimal(value: number): string {
  if (value === 0) return '0'
  return Math.abs(value) < 1e-4 ? value.toExponential(3) : value.toPrecision(6)
}

/** Queries are numbered from 1 for people. */
function formatFigure(figure: Figure, value: number): string {
  switch (figure) {
    case 'query':
      return String(value + 1)
    case 'rank':
    case 'vectorRank':
    case 'textRank':
      return String(value)
    case 'distance':
    case 'score':
    case 'relevance':
      return formatDecimal(value)
  }
}

function hitKey(rowId: string | undefined, column: string): string {
  return `${rowId ?? ''} ${column}`
}
