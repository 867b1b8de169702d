import type { ErrorValue } from '#shared/errors.ts'
import type { Judgment } from '#shared/model/relevance.ts'
import type { SearchResult } from '#shared/model/search.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Cell } from '#renderer/grid/index.ts'
import type { ResultSource } from '../results/result-source.ts'
import type { Grades } from './metrics.ts'

/** A row of a ranking as it is shown and judged. */
export interface RankedRow {
  readonly rowId: string
  /** What tells the row apart across rankings: its value in the key column, or its row id. */
  readonly key: string
  readonly title: string
  /** `0.123` with what it is: a distance, a BM25 score, a fused score. */
  readonly figure: { readonly kind: 'distance' | 'score' | 'fused'; readonly value: number } | null
}

/** How long a search took: the median of those after the first, which warms up; of the first where it was the only one. */
export interface Timing {
  readonly medianMs: number
  /** Searches the median is of. */
  readonly runs: number
  readonly isWarm: boolean
}

/** Timing of the same search run several times, in order; at least one. */
export function timingOf(times: readonly number[]): Timing {
  const warm = times.length > 1 ? times.slice(1) : times
  const sorted = warm.toSorted((a, b) => a - b)
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return { medianMs: (low + high) / 2, runs: warm.length, isWarm: times.length > 1 }
}

/** What came of one configuration. */
export type Outcome =
  | {
      readonly kind: 'found'
      readonly result: SearchResult
      readonly timing: Timing
      /** Columns taken with the rows, as they are in the state searched. */
      readonly fields: readonly SchemaField[]
    }
  | { readonly kind: 'failed'; readonly error: ErrorValue }

/** The rows of a result in their order. `keyColumn` empty = row ids; a row without a key is told by its id. */
export function toRanking(
  source: Pick<ResultSource, 'cell' | 'result'>,
  titleColumn: string,
  keyColumn: string,
): readonly RankedRow[] {
  return source.result.hits.map((hit, index) => {
    const key = keyColumn === '' ? null : wholeText(source.cell(index, keyColumn))
    return {
      rowId: hit.rowId,
      key: key ?? hit.rowId,
      title: (titleColumn === '' ? null : cellText(source.cell(index, titleColumn))) ?? `row ${hit.rowId}`,
      figure: figureOf(hit),
    }
  })
}

/** Judgments by what tells rows apart now; those without a value of the key column cannot be matched and are left out. */
export function gradesOf(judgments: readonly Judgment[], keyColumn: string): Grades {
  return new Map(
    judgments.flatMap(({ rowId, key, grade }) => {
      const name = keyColumn === '' ? rowId : key
      return name === undefined ? [] : [[name, grade] as const]
    }),
  )
}

/** Judgments with one more; the same grade again takes it back. */
export function withJudgment(
  judgments: readonly Judgment[],
  row: Pick<RankedRow, 'rowId' | 'key'>,
  keyColumn: string,
  grade: 0 | 1,
): readonly Judgment[] {
  const isSame = (one: Judgment): boolean => (keyColumn === '' ? one.rowId === row.rowId : one.key === row.key)
  const others = judgments.filter((one) => !isSame(one))
  if (judgments.some((one) => isSame(one) && one.grade === grade)) return others
  return [...others, { rowId: row.rowId, ...(keyColumn === '' ? {} : { key: row.key }), grade }]
}

/** Columns that can name a row to a person; the first is the best. */
export function titleColumns(schema: readonly SchemaField[]): readonly string[] {
  const weight = ({ kind }: SchemaField): number => (kind === 'string' ? 0 : 1)
  const isPlain = ({ kind }: SchemaField): boolean =>
    ['string', 'integer', 'float', 'date', 'timestamp', 'uuid', 'dictionary'].includes(kind)
  return schema
    .filter(isPlain)
    .toSorted((a, b) => weight(a) - weight(b))
    .map(({ name }) => name)
}

/** Columns that can be a key: exact values that compare as text; those that are more likely one come first. */
export function keyColumns(schema: readonly SchemaField[]): readonly string[] {
  const kinds: readonly SchemaField['kind'][] = ['integer', 'uuid', 'string']
  return kinds.flatMap((kind) => schema.filter((field) => field.kind === kind).map(({ name }) => name))
}

/** Column to begin with where row ids do not last: one that is named as a key. Other columns may hold a value twice. */
export function firstKey(schema: readonly SchemaField[]): string | undefined {
  return keyColumns(schema).find((name) => /(^|[_-])(id|uuid|key|pk)$/i.test(name) || /[a-z]Id$/.test(name))
}

/** Rows of a ranking that share their key with another: it does not tell them apart. */
export function sharedKeys(rows: readonly Pick<RankedRow, 'key'>[]): number {
  const counts = new Map<string, number>()
  for (const { key } of rows) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts.values()].filter((count) => count > 1).reduce((sum, count) => sum + count, 0)
}

/** Null where a value is absent, or so long that only its beginning is here: beginnings may be equal. */
function wholeText(cell: Cell): string | null {
  return 'note' in cell && cell.note !== undefined ? null : cellText(cell)
}

function cellText(cell: Cell): string | null {
  if (!('text' in cell) || cell.kind === 'image') return null
  return cell.text.replaceAll(/\s+/g, ' ').trim()
}

function figureOf({ relevance, distance, score }: SearchResult['hits'][number]): RankedRow['figure'] {
  if (relevance !== undefined) return { kind: 'fused', value: relevance }
  if (distance !== undefined) return { kind: 'distance', value: distance }
  return score === undefined ? null : { kind: 'score', value: score }
}
