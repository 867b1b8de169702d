import { timeNativeSearch, type NativeHit, type NativeSearch, type NativeTable } from '../../lance/index.ts'

/** What exact search says one query should find. */
export interface Truth {
  /** Row ids of the nearest k, and of all others as near as the last of them. */
  readonly rowIds: ReadonlySet<bigint>
  /** Rows there are to find: k, or fewer where the filter leaves fewer. */
  readonly count: number
  readonly elapsedMs: number
}

/** Rows asked for beyond k, to see whether others are as near as the last. */
const EXTRA_ROWS = 10
/** Most rows looked through for ties. */
const MAX_ROWS = 20_000
/** Distances are single precision, summed in varying order: closer than this, in proportion, they are equal. */
const TOLERANCE = 1e-5

/** Compares with every row. `search` is the search as it is measured, without settings of the index. */
export async function findTruth(
  table: NativeTable,
  search: NativeSearch,
  k: number,
  timeoutMs: number,
): Promise<Truth> {
  const first = await timeNativeSearch(table, { ...search, exact: true, limit: k + EXTRA_ROWS }, timeoutMs)
  let { hits } = first
  let limit = k + EXTRA_ROWS
  while (hits.length === limit && isAsNear(hits, k, limit - 1) && limit < MAX_ROWS) {
    limit = Math.min(MAX_ROWS, limit * 4)
    ;({ hits } = await timeNativeSearch(table, { ...search, exact: true, limit }, timeoutMs))
  }
  const rowIds = new Set(hits.filter((_, place) => isAsNear(hits, k, place)).map(({ rowId }) => rowId))
  return { rowIds, count: Math.min(k, hits.length), elapsedMs: first.elapsedMs }
}

/** Share of what there is to find that is among the hits; null where there is nothing to find. */
export function recallOf(hits: readonly NativeHit[], { rowIds, count }: Pick<Truth, 'rowIds' | 'count'>): number | null {
  if (count === 0) return null
  const right = new Set(hits.map(({ rowId }) => rowId).filter((rowId) => rowIds.has(rowId)))
  return Math.min(1, right.size / count)
}

function isAsNear(hits: readonly NativeHit[], k: number, place: number): boolean {
  const last = hits[Math.min(k, hits.length) - 1]?.value ?? Number.NaN
  const value = hits[place]?.value ?? Number.NaN
  return place < k || value <= last + TOLERANCE * Math.max(Math.abs(last), Number.MIN_VALUE)
}
