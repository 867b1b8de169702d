import { setImmediate } from 'node:timers/promises'
import { decodeManifestInSteps } from '../format/manifest.ts'
import type { Manifest } from '../format/types.ts'
import { completeCounts } from './complete-counts.ts'
import type { ObjectStore } from '../store/object-store.ts'

/** A manifest repeats every fragment: some 80 bytes each. More than this is no manifest. */
export const MAX_MANIFEST_BYTES = 512 * 1024 * 1024

/** Decoded manifests of all open datasets. */
export interface ManifestCache {
  /** Reads and decodes a manifest file, or answers from memory while the file is the same by time and size. */
  load(store: ObjectStore, path: string): Promise<Manifest>
}

interface Slot {
  readonly bytes: number
  readonly manifest: Promise<Manifest>
}

/**
 * Keeps the manifests used last, up to `maxBytes` of manifest files (the last one always). Manifests never change, but a
 * dataset dropped and made anew uses the same names again, so time and size are part of the key.
 */
export function createManifestCache(maxBytes = 64 * 1024 * 1024): ManifestCache {
  const slots = new Map<string, Slot>()
  let totalBytes = 0

  const forget = (key: string): void => {
    totalBytes -= slots.get(key)?.bytes ?? 0
    slots.delete(key)
  }
  const evict = (): void => {
    for (const key of slots.keys()) {
      if (totalBytes <= maxBytes || slots.size <= 1) return
      forget(key)
    }
  }

  return {
    async load(store, path) {
      const { bytes, modifiedMs } = await store.info(path)
      const key = [store.root, path, modifiedMs, bytes].join('\0')
      const known = slots.get(key)
      if (known !== undefined) {
        slots.delete(key)
        slots.set(key, known)
        return known.manifest
      }
      const manifest = readManifest(store, path)
      slots.set(key, { bytes, manifest })
      totalBytes += bytes
      evict()
      manifest.catch(() => forget(key))
      return manifest
    },
  }
}

async function readManifest(store: ObjectStore, path: string): Promise<Manifest> {
  const manifest = await decodeInTurns(await store.read(path, MAX_MANIFEST_BYTES))
  return completeCounts(store, path.split('/').slice(0, -2).join('/'), manifest)
}

async function decodeInTurns(file: Uint8Array): Promise<Manifest> {
  const steps = decodeManifestInSteps(file)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await setImmediate()
  }
}
