import { createCutter, type BatchCutter, type CutColumn } from '../lance/index.ts'

/** Bytes up to which a page crosses whole; above, long values are cut. */
const PAGE_BYTES = 2 * 1024 * 1024

export interface CollectedPage {
  readonly arrow: readonly Uint8Array[]
  readonly previews: readonly CutColumn[]
}

/**
 * Gathers the batches of a page. As soon as they outgrow {@link PAGE_BYTES}, those gathered and all that follow are cut,
 * one at a time, so a page of big values never lies in memory whole. Batches nothing can be cut from stay as they are.
 */
export async function collectPage(batches: AsyncIterable<Uint8Array>): Promise<CollectedPage> {
  const arrow: Uint8Array[] = []
  let bytes = 0
  let cutter: BatchCutter | undefined
  let isOver = false
  for await (const batch of batches) {
    bytes += batch.byteLength
    arrow.push(cutter === undefined ? batch : cutter.cut(batch))
    if (isOver || bytes <= PAGE_BYTES) continue
    isOver = true
    cutter = createCutter(batch)
    for (const [index, file] of arrow.entries()) if (cutter !== undefined) arrow[index] = cutter.cut(file)
  }
  return { arrow, previews: cutter?.columns ?? [] }
}

/** Cuts whichever of two pages of the same columns is whole when the other is not, so that both read alike. */
export function alignCuts(a: CollectedPage, b: CollectedPage): readonly [CollectedPage, CollectedPage] {
  if (a.previews.length === b.previews.length) return [a, b]
  return [cutPage(a), cutPage(b)]
}

function cutPage(page: CollectedPage): CollectedPage {
  const [first] = page.arrow
  const cutter = page.previews.length > 0 || first === undefined ? undefined : createCutter(first)
  return cutter === undefined ? page : { arrow: page.arrow.map((file) => cutter.cut(file)), previews: cutter.columns }
}
