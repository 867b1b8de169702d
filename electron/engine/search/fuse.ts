import type { NativeHit } from '../lance/index.ts'

/** LanceDB's own constant. */
export const RRF_K = 60

export interface FusionOptions {
  readonly k?: number | undefined
  readonly vectorWeight?: number | undefined
  readonly textWeight?: number | undefined
}

/** A row of a hybrid result: where it stood in each list, and the score made of that. */
export interface FusedHit {
  readonly rowId: bigint
  readonly relevance: number
  /** 1-based; undefined = not in that list. */
  readonly vectorRank: number | undefined
  readonly textRank: number | undefined
  readonly distance: number | undefined
  readonly score: number | undefined
}

/**
 * Weighted reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009): a row scores weight / (k + rank) in each list it
 * is in, ranks counted from 0 as LanceDB's reranker does. Equal scores keep the order of the vector list, then the text
 * list.
 */
export function fuseRanks(
  vectorHits: readonly NativeHit[],
  textHits: readonly NativeHit[],
  { k = RRF_K, vectorWeight = 1, textWeight = 1 }: FusionOptions = {},
): readonly FusedHit[] {
  const fused = new Map<bigint, FusedHit>()
  for (const [rank, { rowId, value }] of vectorHits.entries()) {
    const relevance = vectorWeight / (k + rank)
    fused.set(rowId, { rowId, relevance, vectorRank: rank + 1, textRank: undefined, distance: value, score: undefined })
  }
  for (const [rank, { rowId, value }] of textHits.entries()) {
    const known = fused.get(rowId)
    const relevance = textWeight / (k + rank)
    fused.set(rowId, {
      rowId,
      relevance: (known?.relevance ?? 0) + relevance,
      vectorRank: known?.vectorRank,
      textRank: rank + 1,
      distance: known?.distance,
      score: value,
    })
  }
  // Sorting is stable, so ties stay in the order of the lists.
  return [...fused.values()].toSorted((a, b) => b.relevance - a.relevance)
}
