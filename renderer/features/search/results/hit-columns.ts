import type { Cell, GridColumn } from '#renderer/grid/index.ts'
import { formatCount } from '#shared/model/format.ts'
import type { SearchHit } from '#shared/model/search.ts'

type HitColumnId = 'rank' | 'query' | 'distance' | 'relevance' | 'vectorRank' | 'textRank' | 'score'

interface HitColumn {
  readonly id: HitColumnId
  readonly title: string
  readonly about: string
  readonly width: number
}

const ALL: readonly HitColumn[] = [
  { id: 'query', title: 'query', about: 'Which of the query vectors, counted from 1', width: 62 },
  { id: 'rank', title: 'rank', about: 'Place among the results, 1 = best', width: 72 },
  { id: 'relevance', title: 'fused', about: 'Fused score of both lists, higher is better', width: 86 },
  { id: 'vectorRank', title: 'vector rank', about: 'Place in the list found by vector', width: 96 },
  { id: 'distance', title: 'distance', about: 'Distance of the vectors, lower is nearer', width: 96 },
  { id: 'textRank', title: 'text rank', about: 'Place in the list found by text', width: 84 },
  { id: 'score', title: 'score', about: 'BM25 score of the text, higher is better', width: 86 },
]

const PREFIX = 'hit:'

/** Columns that tell of the hits themselves: those for which at least one hit has something to say. */
export function hitColumns(hits: readonly SearchHit[]): readonly GridColumn[] {
  const isHybrid = hits.some((hit) => hit.relevance !== undefined)
  const isShown = (id: HitColumnId): boolean => {
    if (id === 'rank') return true
    if (id === 'query') return hits.some((hit) => hit.query > 0)
    if (id === 'vectorRank' || id === 'textRank') return isHybrid
    return hits.some((hit) => hit[id] !== undefined)
  }
  return ALL.filter(({ id }) => isShown(id)).map(({ id, title, about, width }) => ({
    id: `${PREFIX}${id}`,
    title,
    subtitle: 'search',
    description: about,
    align: 'end',
    defaultWidth: width,
    sortable: false,
  }))
}

export function isHitColumn(columnId: string): boolean {
  return columnId.startsWith(PREFIX)
}

/** A cell of {@link hitColumns}; `note` goes beside the rank. */
export function hitCell(hit: SearchHit, columnId: string, note?: string): Cell {
  const text = hitText(hit, columnId)
  if (text === null) return { kind: 'text', text: '–', tone: 'special' }
  return {
    kind: 'text',
    text,
    tone: 'number',
    ...(note === undefined || columnId !== `${PREFIX}rank` ? {} : { note }),
  }
}

/** Text of the cell, also for copies; null where the hit has no such figure. */
export function hitText(hit: SearchHit, columnId: string): string | null {
  const id = ALL.find((column) => `${PREFIX}${column.id}` === columnId)?.id
  if (id === undefined) return null
  if (id === 'query') return formatCount(hit.query + 1)
  const value = hit[id]
  if (value === undefined) return null
  return id === 'rank' || id === 'vectorRank' || id === 'textRank' ? formatCount(value) : formatFigure(value)
}

/** Six significant digits: what a float32 holds. */
export function formatFigure(value: number): string {
  return String(Number(value.toPrecision(6)))
}
