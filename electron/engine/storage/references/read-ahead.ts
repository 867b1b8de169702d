import { MAX_MANIFEST_BYTES } from '../../datasets/index.ts'
import type { ObjectStore } from '../../store/object-store.ts'

/** A manifest as the listing of the directory shows it. */
export interface FoundManifest {
  readonly version: number
  readonly path: string
  readonly bytes: number
}

export type ReadResult =
  { readonly bytes: Uint8Array; readonly error?: undefined } | { readonly bytes?: undefined; readonly error: unknown }

/** Manifests read ahead of the one that is walked, by number and by size. */
const MAX_AHEAD = 16
const MAX_AHEAD_BYTES = 16 * 1024 * 1024

/** Reads manifests in order, some ahead but never many large ones. A failure is a result like any other. */
export async function* readAhead(
  store: ObjectStore,
  manifests: readonly FoundManifest[],
  signal: AbortSignal,
): AsyncGenerator<{ readonly manifest: FoundManifest; readonly read: ReadResult }> {
  const running: { readonly manifest: FoundManifest; readonly read: Promise<ReadResult> }[] = []
  let bytesAhead = 0
  let next = 0
  const start = (): void => {
    for (let manifest = manifests[next]; manifest !== undefined; manifest = manifests[next]) {
      const isFull = running.length >= MAX_AHEAD || bytesAhead + manifest.bytes > MAX_AHEAD_BYTES
      if (isFull && running.length > 0) return
      running.push({ manifest, read: readOne(store, manifest.path) })
      bytesAhead += manifest.bytes
      next++
    }
  }
  start()
  for (let first = running.shift(); first !== undefined; first = running.shift()) {
    signal.throwIfAborted()
    const { manifest } = first
    const read = await first.read
    bytesAhead -= manifest.bytes
    start()
    yield { manifest, read }
  }
}

async function readOne(store: ObjectStore, path: string): Promise<ReadResult> {
  try {
    return { bytes: await store.read(path, MAX_MANIFEST_BYTES) }
  } catch (error) {
    return { error }
  }
}
