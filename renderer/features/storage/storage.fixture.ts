import type { StorageFile } from '#shared/model/storage.ts'

/** A live data file unless said otherwise. */
export function storageFile(path: string, bytes: number, more: Partial<StorageFile> = {}): StorageFile {
  return {
    path,
    bytes,
    modifiedAt: '2026-01-01T00:00:00Z',
    kind: 'data',
    class: 'live-data',
    writtenBy: { version: 1, operation: 'append' },
    usedBy: { versions: [{ from: 1, to: 3 }], tags: [], branches: [] },
    ...more,
  }
}
