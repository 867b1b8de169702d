import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/** Vectors that were paid for and are not in the dataset yet, by the digest of their text: what a kill would lose. */
export interface Stage {
  /** Takes over those of an earlier run. Each is handed out once at most. */
  find(digest: string): Float32Array | undefined
  /** On disk when this resolves. */
  keep(made: readonly { readonly digest: string; readonly vector: Float32Array }[]): Promise<void>
  /** They are in the dataset now. */
  forget(): Promise<void>
  /** `remove` when the job is done. */
  close(how: 'keep' | 'remove'): Promise<void>
}

const DIGEST_BYTES = 16
const SUFFIX = '.vectors'
/** A run nobody went on with. */
const STALE_MS = 30 * 24 * 60 * 60 * 1000

/** For embedders that cost nothing to ask again. */
export const NO_STAGE: Stage = {
  find: () => undefined,
  keep: () => Promise.resolve(),
  forget: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

/** A file in a folder of the app's own, named by what makes its vectors the wanted ones: model, column, dimension. */
export async function openStage(folder: string, identity: readonly unknown[], dimension: number): Promise<Stage> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeStale(folder)
  const name = createHash('sha256')
    .update(JSON.stringify([...identity, dimension]))
    .digest('hex')
    .slice(0, 32)
  const path = join(folder, name + SUFFIX)
  const file = await open(path, 'a+', 0o600)
  const recordBytes = DIGEST_BYTES + dimension * 4
  const places = await readPlaces(file, recordBytes)
  const vectors = await readVectors(file, places.size === 0 ? 0 : (await file.stat()).size)
  // What was written half when the process ended would shift all that follows.
  await file.truncate(Math.floor(vectors.byteLength / recordBytes) * recordBytes)
  return {
    find: (digest) => {
      const place = places.get(digest)
      if (place === undefined) return undefined
      const start = place * recordBytes + DIGEST_BYTES
      return new Float32Array(vectors.buffer.slice(start, start + dimension * 4))
    },
    keep: async (made) => {
      const parts = made.flatMap(({ digest, vector }) => [
        Buffer.from(digest, 'latin1'),
        Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
      ])
      await file.appendFile(Buffer.concat(parts))
    },
    forget: async () => {
      places.clear()
      await file.truncate(0)
    },
    close: async (how) => {
      await file.close()
      if (how === 'remove') await rm(path, { force: true })
    },
  }
}

async function readPlaces(file: FileHandle, recordBytes: number): Promise<Map<string, number>> {
  const { size } = await file.stat()
  const count = Math.floor(size / recordBytes)
  const places = new Map<string, number>()
  const digest = Buffer.alloc(DIGEST_BYTES)
  for (let place = 0; place < count; place++) {
    await file.read(digest, 0, DIGEST_BYTES, place * recordBytes)
    places.set(digest.toString('latin1'), place)
  }
  return places
}

/** A chunk at most, so it fits. In a buffer of its own. */
async function readVectors(file: FileHandle, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(new ArrayBuffer(size))
  let at = 0
  while (at < size) {
    const { bytesRead } = await file.read(bytes, at, size - at, at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return bytes
}

async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (name.endsWith(SUFFIX) && Date.now() - mtimeMs > STALE_MS) await rm(path, { force: true })
  }
}
