import type { FragmentEntry } from '#shared/model/fragment.ts'

/** A fragment of 100 rows in one file; live rows follow from the others unless given. */
export function fragment(id: number, more: Partial<FragmentEntry> = {}): FragmentEntry {
  const physicalRows = more.physicalRows ?? 100
  return {
    id,
    physicalRows,
    deletedRows: 0,
    liveRows: physicalRows - (more.deletedRows ?? 0),
    rowStart: id * 100,
    bytes: 1000,
    files: [{ path: `data/${id}.lance`, bytes: 1000, formatVersion: '2.1', columns: ['a'] }],
    indices: [],
    ...more,
  }
}
