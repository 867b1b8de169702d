import type { ObjectStore } from '../store/object-store.ts'
import type { DataFileMetadata } from '../format/data-file.ts'
import { readDataFile } from './read-data-file.ts'

/** Columns of data files kept in memory, some 200 bytes each. */
const MAX_KEPT_COLUMNS = 300_000

/** What is remembered of a data file. */
export type KeptFile = Pick<DataFileMetadata, 'columns' | 'rows'>

/** Remembers what data files hold: they never change, and their names are unique. */
export interface DataFileCache {
  /** As `readDataFile`; only files that could be read are remembered. */
  read(store: ObjectStore, path: string, knownBytes: number | null): Promise<KeptFile>
}

/** Bounded by the columns kept in all; those read first go first. */
export function createDataFileCache(maxColumns = MAX_KEPT_COLUMNS): DataFileCache {
  const kept = new Map<string, KeptFile>()
  let keptColumns = 0
  const weigh = ({ columns }: KeptFile): number => 1 + (columns?.length ?? 0)
  return {
    async read(store, path, knownBytes) {
      const key = [store.root, path, knownBytes ?? ''].join('\0')
      const known = kept.get(key)
      if (known !== undefined) return known
      const { metadata } = await readDataFile(store, path, knownBytes)
      const file = { columns: metadata.columns, rows: metadata.rows }
      if (kept.has(key)) return file
      kept.set(key, file)
      keptColumns += weigh(file)
      for (const [oldest, old] of kept) {
        if (keptColumns <= maxColumns || oldest === key) break
        kept.delete(oldest)
        keptColumns -= weigh(old)
      }
      return file
    },
  }
}
