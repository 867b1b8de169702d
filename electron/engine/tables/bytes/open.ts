import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { unreadable } from '../errors.ts'
import { unpackZstd } from './zstd.ts'

const CHUNK_BYTES = 1024 ** 2

export interface ByteSource {
  /** Unpacked bytes; each chunk is only valid until the next is asked for. */
  readonly chunks: AsyncGenerator<Uint8Array>
  /** Bytes of the file read so far, as it lies there. */
  readonly bytesRead: () => number
}

export interface OpenOptions {
  readonly path: string
  readonly name: string
  readonly compression?: 'gzip' | 'zstd' | undefined
  /** First byte; only of files that are not compressed. */
  readonly start?: number
  /** Chunks end where those of a reading from the beginning of the file end. */
  readonly isAligned?: boolean
}

/** Reads a file from its start, unpacked. Leaving the iteration closes it. Fails with `unreadable-source` or `not-found`. */
export function openBytes(options: OpenOptions): ByteSource {
  const counter = { bytes: options.start ?? 0 }
  return { chunks: unpack(options, counter), bytesRead: () => counter.bytes }
}

function unpack(options: OpenOptions, counter: { bytes: number }): AsyncGenerator<Uint8Array> {
  const raw = readChunks(options, counter)
  if (options.compression === 'zstd') return unpackZstd(raw, options.name)
  return options.compression === 'gzip' ? gunzip(raw, options.name) : raw
}

async function* readChunks(
  { path, name, start = 0, isAligned = false, compression }: OpenOptions,
  counter: { bytes: number },
): AsyncGenerator<Uint8Array> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(
      name,
      cause instanceof Error ? cause.message : String(cause),
      'Check that it is still there and may be read.',
    )
  })
  // One chunk is read while the one before is worked on.
  let [buffer, other] = [Buffer.allocUnsafeSlow(CHUNK_BYTES), Buffer.allocUnsafeSlow(CHUNK_BYTES)]
  let reading = file.read(buffer, 0, isAligned ? CHUNK_BYTES - (start % CHUNK_BYTES) : CHUNK_BYTES, start)
  try {
    for (let position = start; ;) {
      const { bytesRead } = await reading
      if (bytesRead === 0) return
      position += bytesRead
      counter.bytes = position
      const chunk = buffer.subarray(0, bytesRead)
      // An unpacker may still hold what it was given before.
      if (compression !== undefined) other = Buffer.allocUnsafeSlow(CHUNK_BYTES)
      ;[buffer, other] = [other, buffer]
      reading = file.read(buffer, 0, CHUNK_BYTES, position)
      yield chunk
    }
  } finally {
    await reading.catch(() => undefined)
    await file.close()
  }
}

async function* gunzip(raw: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const source = Readable.from(raw, { objectMode: true, highWaterMark: 1 })
  const unpacker = createGunzip({ chunkSize: CHUNK_BYTES })
  source.once('error', (error) => unpacker.destroy(error))
  source.pipe(unpacker)
  try {
    for await (const chunk of unpacker) yield chunk as Buffer
  } catch (cause) {
    throw unreadable(name, gzipReason(cause))
  } finally {
    source.destroy()
    unpacker.destroy()
  }
}

function gzipReason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'Z_BUF_ERROR') return 'its gzip data ends too early. The file is not complete.'
  if (code === 'Z_DATA_ERROR') return 'its gzip data is damaged.'
  return cause instanceof Error ? cause.message : 'its gzip data cannot be unpacked.'
}
