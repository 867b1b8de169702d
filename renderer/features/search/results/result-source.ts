import { type LoadedPage, type PageValue, toCell, toLoadedPage } from '#renderer/features/data/index.ts'
import type { Cell, ChangeMark, GridSource } from '#renderer/grid/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { SearchHit, SearchResult } from '#shared/model/search.ts'
import { hitCell, isHitColumn } from './hit-columns.ts'

/** What is said beside a hit when two answers are compared. */
export interface HitRemark {
  readonly note: string
  readonly mark?: ChangeMark
}

/** The rows of an answer for the grid. Everything is there already, so nothing is ever loading. */
export class ResultSource implements GridSource {
  readonly hits: readonly SearchHit[]
  private readonly page: LoadedPage
  private readonly fields: ReadonlyMap<string, SchemaField>
  private readonly remarks: ReadonlyMap<number, HitRemark>
  private readonly cells = new Map<string, Cell>()

  /** `remarks` by 0-based row. Throws when the answer cannot be decoded. */
  constructor(
    result: SearchResult,
    schema: readonly SchemaField[],
    remarks: ReadonlyMap<number, HitRemark> = new Map<number, HitRemark>(),
  ) {
    const { hits, arrow, order, previews } = result
    this.hits = hits
    this.page = toLoadedPage({ total: hits.length, arrow, order, previews }, schema)
    this.fields = new Map(schema.map((field) => [field.name, field]))
    this.remarks = remarks
  }

  get rowCount(): number {
    return this.hits.length
  }

  cell(row: number, columnId: string): Cell {
    const key = `${row} ${columnId}`
    const known = this.cells.get(key)
    if (known !== undefined) return known
    const cell = this.makeCell(row, columnId)
    this.cells.set(key, cell)
    return cell
  }

  rowMark(row: number): ChangeMark | undefined {
    return this.remarks.get(row)?.mark
  }

  show(): void {
    // Nothing to fetch: the answer holds every row.
  }

  retry(): void {
    // As above.
  }

  subscribe(): () => void {
    return () => undefined
  }

  /** The value of a column of the dataset; undefined when it is not part of the answer or cannot be read. */
  value(row: number, column: string): PageValue | undefined {
    try {
      return this.page.value(row, column)
    } catch {
      return undefined
    }
  }

  private makeCell(row: number, columnId: string): Cell {
    const hit = this.hits[row]
    if (hit === undefined) return { kind: 'null' }
    if (isHitColumn(columnId)) return hitCell(hit, columnId, this.remarks.get(row)?.note)
    const loaded = this.value(row, columnId)
    if (loaded === undefined) return { kind: 'text', text: 'not read', tone: 'special' }
    const isSized = this.fields.get(columnId)?.logicalType.startsWith('fixed_size_list') ?? false
    return toCell(loaded.value, isSized && loaded.value.kind === 'list' ? null : loaded.fullLength)
  }
}
