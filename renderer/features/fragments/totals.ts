import type { FragmentEntry } from '#shared/model/fragment.ts'

/** Sums over fragments. Bytes are null when a manifest does not say them all (old writers). */
export interface FragmentTotals {
  readonly fragments: number
  readonly physicalRows: number
  readonly liveRows: number
  readonly deletedRows: number
  readonly files: number
  readonly deletionFiles: number
  readonly bytes: number | null
  /** File format versions in use, oldest first. */
  readonly formatVersions: readonly string[]
}

export function toTotals(fragments: readonly FragmentEntry[]): FragmentTotals {
  const sum = (of: (fragment: FragmentEntry) => number): number =>
    fragments.reduce((total, fragment) => total + of(fragment), 0)
  const formats = new Set(fragments.flatMap((fragment) => fragment.files.map((file) => file.formatVersion)))
  return {
    fragments: fragments.length,
    physicalRows: sum((fragment) => fragment.physicalRows),
    liveRows: sum((fragment) => fragment.liveRows),
    deletedRows: sum((fragment) => fragment.deletedRows),
    files: sum((fragment) => fragment.files.length),
    deletionFiles: sum((fragment) => (fragment.deletionFile === undefined ? 0 : 1)),
    bytes: fragments.some((fragment) => fragment.bytes === null) ? null : sum((fragment) => fragment.bytes ?? 0),
    formatVersions: [...formats].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })),
  }
}

/** Format versions of one fragment's files, each once. */
export function formatVersionsOf(fragment: FragmentEntry): readonly string[] {
  return [...new Set(fragment.files.map((file) => file.formatVersion))]
}
