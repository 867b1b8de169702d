import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import { fileError } from '../store/errno.ts'

/** Largest file that is kept as a blob: it has to be held whole, several times over. */
export const MAX_BLOB_BYTES = 512 * 1024 * 1024

/** SHA-256 of a file, in hex. */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const part of createReadStream(path, { signal, highWaterMark: 1024 * 1024 })) {
      hash.update(part as Buffer)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw fileError(error, path)
  }
  return hash.digest('hex')
}

/** All bytes of a file that is to become a blob; `too-large`. */
export async function readBlob(path: string, name: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size > MAX_BLOB_BYTES) throw tooLarge(name, size)
    return await readFile(path)
  } catch (error) {
    throw fileError(error, path)
  }
}

/** Namespace of the ids of imported records. */
const NAMESPACE = Buffer.from('5f0d3c1e7a9b4c62a8e04b7d91c6f235', 'hex')

/** The id of a record, the same whenever it is imported: RFC 4122 version 5. */
export function recordId(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function tooLarge(name: string, bytes: number): AppError {
  return new AppError({
    code: 'too-large',
    message: `"${name}" has ${formatCount(Math.round(bytes / 1e6))} MB; files of more than ${MAX_BLOB_BYTES / 1024 / 1024} MB are not kept as blobs.`,
    hint: 'Leave it out, or keep its path in a column.',
    detail: { name, bytes },
  })
}
