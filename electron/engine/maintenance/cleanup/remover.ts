import { lstat, open, realpath, rmdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errnoOf } from '../../store/errno.ts'
import type { ObjectInfo } from '../../store/object-store.ts'

/** What became of a file that was to go. */
export type Removal =
  /** Its bytes are free. */
  | { readonly kind: 'removed'; readonly bytes: number }
  /** Somebody else was faster. */
  | { readonly kind: 'gone' }
  /** It is not what it was when it was found to be of no use, or no longer lies where it did. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'failed'; readonly reason: string }

export interface Remover {
  /** Removes a file if it is still the one that was listed: same size and time, a plain file, in a folder that is none of a link. */
  remove(file: Pick<ObjectInfo, 'path' | 'bytes' | 'modifiedMs'>): Promise<Removal>
  /** Makes sure what was removed from a folder is so even after a power cut. */
  settle(folder: string): Promise<void>
  /** Removes folders that are empty now, of those files were removed from and that are deeper than Lance's own. */
  removeEmptyFolders(): Promise<void>
}

/** How long a folder that was found to be itself is trusted. */
const TRUST_MS = 1000

/** Removes files of a dataset one by one. */
export function createRemover(location: string): Remover {
  const emptied = new Set<string>()
  const trusted = new Map<string, number>()

  const isItself = async (folder: string): Promise<boolean> => {
    if (performance.now() - (trusted.get(folder) ?? -Infinity) < TRUST_MS) return true
    const path = folder === '.' ? location : join(location, folder)
    if ((await realpath(path)) !== path) return false
    trusted.set(folder, performance.now())
    return true
  }

  return {
    async remove({ path, bytes, modifiedMs }) {
      const absolute = join(location, path)
      try {
        if (!(await isItself(dirname(path)))) return { kind: 'changed' }
        const found = await lstat(absolute)
        if (!found.isFile() || found.size !== bytes || found.mtimeMs !== modifiedMs) return { kind: 'changed' }
        await unlink(absolute)
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return { kind: 'gone' }
        return { kind: 'failed', reason: errnoOf(error) ?? String(error) }
      }
      emptied.add(dirname(path))
      return { kind: 'removed', bytes }
    },
    async settle(folder) {
      try {
        const handle = await open(join(location, folder), 'r')
        try {
          await handle.sync()
        } finally {
          await handle.close()
        }
      } catch {
        // Windows opens no folders; there the file system orders these by itself.
      }
    },
    async removeEmptyFolders() {
      for (const folder of [...emptied].toSorted((a, b) => b.length - a.length)) {
        if (folder.split('/').length < 2 || !(await isItself(folder).catch(() => false))) continue
        // Fails when something is in it, as it should.
        await rmdir(join(location, folder)).catch(() => undefined)
      }
    },
  }
}
