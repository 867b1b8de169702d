import { formatBytes, formatCount, formatNoun, formatShare } from '#shared/model/format.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import type { MapArea } from '../choices.ts'
import { formatVersionsOf } from '../totals.ts'

/** Weight of each fragment's cell, above 0. Fragments whose bytes no manifest tells are drawn as the smallest known. */
export function toWeights(fragments: readonly FragmentEntry[], area: MapArea): Float64Array {
  switch (area) {
    case 'equal':
      return new Float64Array(fragments.length).fill(1)
    case 'rows':
      return Float64Array.from(fragments, ({ physicalRows }) => Math.max(1, physicalRows))
    case 'bytes': {
      const smallest = fragments.reduce((least, { bytes }) => Math.min(least, bytes ?? least), Number.POSITIVE_INFINITY)
      const unknown = Number.isFinite(smallest) ? Math.max(1, smallest) : 1
      return Float64Array.from(fragments, ({ bytes }) => (bytes === null ? unknown : Math.max(1, bytes)))
    }
  }
}

/** Fragments with a data or deletion file that is known to be gone. Undefined when none is. */
export function brokenFragments(
  fragments: readonly FragmentEntry[],
  missingFiles: readonly string[] | undefined,
): Uint8Array | undefined {
  if (missingFiles === undefined || missingFiles.length === 0) return undefined
  const missing = new Set(missingFiles)
  const broken = Uint8Array.from(fragments, ({ files, deletionFile }) =>
    Number(
      files.some(({ path }) => missing.has(path)) || (deletionFile !== undefined && missing.has(deletionFile.path)),
    ),
  )
  return broken.includes(1) ? broken : undefined
}

/** A fragment in one sentence: what is seen when pointing at it, and what is read out when it is chosen. */
export function fragmentSentence(fragment: FragmentEntry, indexCount: number, isBroken: boolean): string {
  const { id, liveRows, deletedRows, physicalRows, bytes, files, indices } = fragment
  const deleted =
    deletedRows === 0 ? '' : `, ${formatCount(deletedRows)} deleted (${formatShare(deletedRows, physicalRows)})`
  const size = bytes === null ? 'size unknown' : formatBytes(bytes)
  const coverage =
    indexCount === 0
      ? ''
      : indices.length === 0
        ? ' · no index covers it'
        : ` · in ${indices.length} of ${formatNoun(indexCount, 'index', 'indices')}`
  return `Fragment ${id}: ${formatNoun(liveRows, 'live row')}${deleted} · ${size} in ${formatNoun(files.length, 'data file')} · format ${formatVersionsOf(fragment).join(', ') || 'unknown'}${coverage}${isBroken ? ' · a file of it is missing' : ''}`
}

/** Second line on a cell that has room. */
export function cellDetail({ bytes, physicalRows }: FragmentEntry, area: MapArea): string {
  if (area === 'bytes') return bytes === null ? 'size unknown' : formatBytes(bytes)
  return formatNoun(physicalRows, 'row')
}
