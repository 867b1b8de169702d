import { formatBytes, formatBytesDelta, formatCount, formatDelta, formatNoun } from '#shared/model/format.ts'
import type { Forecast, MaintenanceResult, StateFigures } from '#shared/model/maintenance.ts'

/** A forecast in one line of the list: `63 fragments → at least 1 · reads at most 120 MB`. */
export function forecastLine(forecast: Forecast): string {
  if (forecast.nothingToDo) return 'Nothing to do'
  const { compaction, cleanup, rows, bytesReadAtMost } = forecast
  if (cleanup !== undefined) {
    const { versionsRemoved, bytesFreed, filesRemoved } = cleanup
    return versionsRemoved.length === 0
      ? `${formatNoun(filesRemoved, 'unused file')}, frees ${formatBytes(bytesFreed)}`
      : `${formatNoun(versionsRemoved.length, 'version')}, frees ${formatBytes(bytesFreed)}`
  }
  const parts = [
    compaction === undefined || compaction.fragmentsRemoved === 0
      ? ''
      : `${formatNoun(compaction.fragmentsRemoved, 'fragment')} → at least ${formatCount(compaction.fragmentsAddedAtLeast)}`,
    rows === undefined || rows === 0 || compaction !== undefined ? '' : formatNoun(rows, 'row'),
    bytesReadAtMost === undefined || bytesReadAtMost === 0 ? '' : `reads at most ${formatBytes(bytesReadAtMost)}`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'There is something to do' : parts.join(' · ')
}

/** One figure of a state before and after, with the change. */
export interface ProofRow {
  readonly name: string
  readonly before: string
  readonly after: string
  readonly change: string
}

const COUNTS: readonly (readonly [keyof StateFigures, string])[] = [
  ['version', 'Newest version'],
  ['versions', 'Versions'],
  ['rows', 'Rows'],
  ['deletedRows', 'Deleted rows'],
  ['fragments', 'Fragments'],
  ['totalFiles', 'Files in the directory'],
]

/** Figures of the dataset before and after, in the order of the table. */
export function proofRows({ before, after }: Pick<MaintenanceResult, 'before' | 'after'>): readonly ProofRow[] {
  const bytes = (name: string, from: number, to: number): ProofRow => ({
    name,
    before: formatBytes(from),
    after: formatBytes(to),
    change: formatBytesDelta(to - from),
  })
  return [
    ...COUNTS.map(([key, name]) => ({
      name,
      before: formatCount(before[key]),
      after: formatCount(after[key]),
      change: formatDelta(after[key] - before[key]),
    })),
    bytes('Bytes the newest version uses', before.liveBytes, after.liveBytes),
    bytes('Bytes in the directory', before.totalBytes, after.totalBytes),
  ]
}

/** What an operation did, in one line. */
export function resultLine(result: MaintenanceResult): string {
  const { before, after, bytesFreed, filesRemoved, rowsDeleted, to } = result
  if (to !== undefined) return `Copied ${formatNoun(after.rows, 'row')} to ${to}`
  if (rowsDeleted !== undefined) return `${formatNoun(rowsDeleted, 'row')} deleted`
  if (bytesFreed !== undefined) {
    const files = filesRemoved === undefined ? '' : ` in ${formatNoun(filesRemoved, 'file')}`
    return `${formatBytes(bytesFreed)} freed${files}`
  }
  if (before.fragments !== after.fragments) {
    return `${formatNoun(before.fragments, 'fragment')} → ${formatCount(after.fragments)}`
  }
  return before.version === after.version
    ? 'No new version was needed'
    : `Version ${formatCount(after.version)} written`
}
