import { liveRows } from '../indices/index.ts'
import { readTexts, type Projected, type TextRow } from '../lance/index.ts'
import type { View } from '../rows/index.ts'
import type { Chunk } from './chunk.ts'
import { partsOf, rowBytes } from './cost.ts'
import { hashText, hasText } from './text-hash.ts'

/** Rows read at a time: their texts are held until they are embedded. */
const WINDOW_ROWS = 512
const WINDOW_TIMEOUT_MS = 120_000

export interface Pass {
  readonly view: View
  readonly source: Projected
  /** Read to see which rows have a vector; undefined where the hash tells. */
  readonly vector: string | undefined
  readonly dimension: number
  readonly chunkBytes: number
  readonly chunk: Chunk
  /** False = only takes away vectors whose text is another one by now. */
  readonly embeds: boolean
  readonly signal: AbortSignal
  /** Puts the chunk into the dataset and clears it. */
  commit(): Promise<void>
  onRows(done: number, total: number): void
}

export interface PassResult {
  readonly rowsEmpty: number
  /** Rows with text and without a vector: they came after the keys, or this pass embeds nothing. */
  readonly rowsLeft: number
}

type Verdict = 'done' | 'empty' | 'embed' | 'clear' | 'left'

/** Goes through a version in storage order and fills what is missing, a few fragments or part of one with each commit. */
export async function runPass(pass: Pass): Promise<PassResult> {
  const { view, chunk, chunkBytes, dimension } = pass
  const { fragments } = view.manifest
  const total = fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  let offset = 0
  let rowsEmpty = 0
  let rowsLeft = 0
  for (const fragment of fragments) {
    const rows = liveRows(fragment)
    const parts = partsOf(fragment, dimension, chunkBytes)
    // A fragment begun in one commit and ended in another would have its column written twice.
    if (parts > 1 || (chunk.length + rows) * rowBytes(dimension) > chunkBytes) await flush(pass)
    const most = parts === 1 ? Number.POSITIVE_INFINITY : Math.ceil(rows / parts)
    const end = offset + rows
    while (offset < end) {
      pass.signal.throwIfAborted()
      const window = { offset, limit: Math.min(WINDOW_ROWS, end - offset) }
      for (const row of await readWindow(pass, window)) {
        const verdict = judge(row, pass.embeds)
        if (verdict === 'empty' || (verdict === 'clear' && !hasText(row.text))) rowsEmpty++
        else if (verdict === 'left' || verdict === 'clear') rowsLeft++
        await take(chunk, row, verdict)
        if (chunk.isFull || chunk.length >= most) await flush(pass)
      }
      offset += window.limit
      pass.onRows(offset, total)
    }
  }
  await flush(pass)
  return { rowsEmpty, rowsLeft }
}

/** What is to be done with a row. */
export function judge({ text, key, hash, hasVector }: TextRow, embeds: boolean): Verdict {
  if (!hasText(text)) return hash === undefined || key === undefined ? 'empty' : 'clear'
  if (hasVector && (hash === undefined || hash === hashText(text).short)) return 'done'
  if (key === undefined) return 'left'
  if (embeds) return 'embed'
  return hasVector ? 'clear' : 'left'
}

async function take(chunk: Chunk, { key, text }: TextRow, verdict: Verdict): Promise<void> {
  if (key === undefined) return
  if (verdict === 'clear') chunk.addEmpty(key)
  else if (verdict === 'embed' && text !== null) await chunk.addText(key, text)
}

/** Read whole before any text goes out: an embedder may take longer than a read may last. */
async function readWindow(
  { view, source, vector, signal }: Pass,
  window: { readonly offset: number; readonly limit: number },
): Promise<readonly TextRow[]> {
  const limits = { timeoutMs: WINDOW_TIMEOUT_MS, batchRows: WINDOW_ROWS, signal }
  const rows: TextRow[] = []
  for await (const some of readTexts(view.table, { source, vector }, window, limits)) rows.push(...some)
  return rows
}

async function flush(pass: Pass): Promise<void> {
  if (pass.chunk.length === 0) return
  await pass.chunk.settle()
  await pass.commit()
}
