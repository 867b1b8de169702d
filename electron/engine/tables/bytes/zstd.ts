import { closeSync, openSync, readSync } from 'node:fs'
import { ZSTDDecoder } from 'zstddec/stream'
import { unreadable } from '../errors.ts'

const CHUNK_BYTES = 256 * 1024
/** Answers without a byte, and without a byte taken, after which the decoder is stuck on damage. */
const MAX_EMPTY = 100

/** Unpacks a file of Zstandard frames. The decoder pulls its input at once, so the file is read synchronously. */
export async function* decodeZstd(path: string, name: string, counter: { bytes: number }): AsyncGenerator<Uint8Array> {
  const decoder = new ZSTDDecoder()
  await decoder.init()
  const file = openSync(path, 'r')
  try {
    let isNew = false
    const input = (function* (): Generator<Uint8Array> {
      const buffer = new Uint8Array(CHUNK_BYTES)
      for (;;) {
        const length = readSync(file, buffer, 0, CHUNK_BYTES, null)
        if (length === 0) return
        counter.bytes += length
        isNew = true
        yield buffer.subarray(0, length)
      }
    })()
    let empty = 0
    for (const chunk of decoder.decodeStreaming(input)) {
      if (chunk.length > 0) yield chunk
      empty = chunk.length > 0 || isNew ? 0 : empty + 1
      isNew = false
      if (empty > MAX_EMPTY) throw new Error('damaged')
    }
  } catch (cause) {
    const isShort = cause instanceof Error && cause.message.startsWith('Incomplete')
    throw unreadable(
      name,
      isShort ? 'its zstd data ends too early. The file is not complete.' : 'its zstd data is damaged.',
    )
  } finally {
    closeSync(file)
  }
}
