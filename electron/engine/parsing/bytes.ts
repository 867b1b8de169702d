import { open, stat } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { constants, createGunzip, gunzipSync } from 'node:zlib'
import { formatCount } from '#shared/model/format.ts'
import type { SourceFile } from './contract.ts'
import { tooLarge, unreadable } from './failures.ts'
import { unpackZstdStream } from './zstd.ts'

export type Compression = 'gzip' | 'zstd'

/** Up to `byteLength` bytes from `position`; fewer at the end of the file. Throws as `node:fs` does. */
export async function readRange(path: string, position: number, byteLength: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(byteLength)
    let filled = 0
    while (filled < byteLength) {
      const { bytesRead } = await file.read(buffer, filled, byteLength - filled, position + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  } finally {
    await file.close()
  }
}

/** The unpacked bytes of a file, piece by piece. Throws `unreadable-source` where the compression is broken. */
export async function* streamBytes(
  file: SourceFile & { readonly compression?: Compression | undefined },
): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file.path)
  try {
    if (file.compression === undefined) yield* raw as AsyncIterable<Buffer>
    else if (file.compression === 'zstd') yield* unpackZstdStream(raw as AsyncIterable<Buffer>)
    else {
      const unpacked = createGunzip()
      raw.once('error', (error) => unpacked.destroy(error))
      yield* raw.pipe(unpacked) as AsyncIterable<Buffer>
    }
  } catch (error) {
    if (file.compression === undefined || isFileError(error)) throw error
    throw unreadable(
      file.name,
      `cannot be unpacked: its ${file.compression} data is damaged or cut off`,
      undefined,
      error,
    )
  } finally {
    raw.destroy()
  }
}

/** All unpacked bytes of a file, refused with `too-large` beyond `maxBytes`. */
export async function readBytes(
  file: SourceFile & { readonly compression?: Compression | undefined },
  maxBytes: number,
): Promise<Buffer> {
  const { size } = await stat(file.path)
  const refuse = (): never => {
    const unpacked = file.compression === undefined ? '' : ' unpacked'
    throw tooLarge(file.name, `is larger${unpacked} than the ${toMegabytes(maxBytes)} a file of this kind may have`)
  }
  if (size > maxBytes) refuse()
  if (file.compression === undefined) return readRange(file.path, 0, size)
  const parts: Uint8Array[] = []
  let byteLength = 0
  for await (const part of streamBytes(file)) {
    parts.push(part)
    byteLength += part.length
    if (byteLength > maxBytes) refuse()
  }
  return Buffer.concat(parts, byteLength)
}

/** What the beginning of a compressed file unpacks to; empty when it is not what it says. */
export async function unpackHead(head: Uint8Array, compression: Compression): Promise<Buffer> {
  try {
    // A sync flush answers with what there is instead of failing at the cut.
    if (compression === 'gzip') {
      return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 })
    }
    const parts: Uint8Array[] = []
    let byteLength = 0
    try {
      for await (const part of unpackZstdStream([head])) {
        parts.push(part)
        byteLength += part.length
        if (byteLength >= 1024 * 1024) break
      }
    } catch {
      // The head is cut off in the middle of a frame.
    }
    return Buffer.concat(parts)
  } catch {
    return Buffer.alloc(0)
  }
}

export function toMegabytes(bytes: number): string {
  return `${formatCount(Math.round(bytes / (1024 * 1024)))} MB`
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
