import type { TableSource } from '../../parsing/index.ts'
import { Block, MAX_ROW_BYTES } from '../bytes/block.ts'
import { detectEncoding, toUtf8 } from '../bytes/encoding.ts'
import { openBytes } from '../bytes/open.ts'
import { rowTooLarge } from '../errors.ts'
import type { Keys } from './keys.ts'
import { findRecords } from './records.ts'
import { skipSpace, skipValue } from './scan.ts'
import { LineSplitter, ListSplitter, type JsonSplitter, type RecordVisitor } from './split.ts'

export interface OpenJson {
  readonly block: Block
  readonly splitter: JsonSplitter
  /** Path of the list of records; undefined when every line is one. */
  readonly records: string | undefined
  readonly encoding: string
  bytesRead(): number
  fill(): Promise<number>
  close(): Promise<void>
}

/** Opens a JSON or JSON Lines file at its first record. `close` it. Fails with `unreadable-source`. */
export async function openJson(source: TableSource, keys: Keys, visit?: RecordVisitor): Promise<OpenJson> {
  const bytes = openBytes(source)
  try {
    const { chunks, head } = await peek(bytes.chunks)
    const encoding = source.reading.encoding ?? detectEncoding(head).name
    const block = new Block(toUtf8(chunks, encoding, source.name))
    await block.fill()
    const target = { keys, ...(visit === undefined ? {} : { visit }) }
    const isLines = source.kind === 'jsonl' || (source.reading.records === undefined && looksLikeLines(block))
    const records = isLines ? undefined : (await findRecords(block, source.reading.records, source.name)).path
    const splitter = isLines ? new LineSplitter(target) : new ListSplitter(target, source.name, records === '')
    const fill = async (): Promise<number> => {
      if (block.end - block.start > MAX_ROW_BYTES) throw rowTooLarge(source.name, splitter.line, MAX_ROW_BYTES)
      await block.fill()
      return 0
    }
    const close = async (): Promise<void> => void (await bytes.chunks.return(undefined))
    return { block, splitter, records, encoding, fill, close, bytesRead: bytes.bytesRead }
  } catch (error) {
    await bytes.chunks.return(undefined)
    throw error
  }
}

/** The first chunk, and the chunks with it. */
async function peek(
  chunks: AsyncGenerator<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly chunks: AsyncGenerator<Uint8Array> }> {
  const { done, value } = await chunks.next()
  const head = done === true ? new Uint8Array(0) : Buffer.from(value)
  async function* all(): AsyncGenerator<Uint8Array> {
    yield head
    yield* chunks
  }
  return { head, chunks: all() }
}

/** Whether a file called .json has one object a line: one ends on the first line and another begins behind it. */
function looksLikeLines({ bytes, start, end }: Block): boolean {
  const first = skipSpace(bytes, start, end)
  if (bytes[first] !== 123 || first >= end) return false
  const firstEnd = skipValue(bytes, first, end)
  if (firstEnd < 0) return false
  const next = skipSpace(bytes, firstEnd, end)
  return next < end && bytes[next] === 123
}
