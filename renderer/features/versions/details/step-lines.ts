import { formatBytes, formatBytesDelta, formatCount, formatDelta } from '#shared/model/format.ts'
import type { FileStep, VersionDetails } from '#shared/model/version-details.ts'

/** One line of what a step added and took away. Empty texts mean nothing. */
export interface StepLine {
  readonly name: string
  readonly now: string
  readonly added: string
  readonly removed: string
}

/** What a version added and removed, against the version before it; only totals where there is none. */
export function stepLines({ entry, files, fragments }: VersionDetails): readonly StepLine[] {
  const rows = entry.rowsDelta
  return [
    {
      name: 'Rows',
      now: entry.rowsPartial ? 'unknown' : formatCount(entry.rows),
      added: rows !== null && rows > 0 ? formatDelta(rows) : '',
      removed: rows !== null && rows < 0 ? formatDelta(rows) : '',
    },
    {
      name: 'Fragments',
      now: formatCount(entry.fragments),
      added: countText(fragments?.added.length ?? 0, 1),
      removed: countText(fragments?.removed.length ?? 0, -1),
    },
    {
      name: 'Data files',
      now: entry.dataBytesPartial ? 'unknown' : formatBytes(entry.dataBytes),
      ...fileTexts(files?.data),
    },
    { name: 'Deletion files', now: '', ...fileTexts(files?.deletions) },
    { name: 'Index segments', now: '', ...fileTexts(files?.indexSegments) },
  ].filter((line) => line.now !== '' || line.added !== '' || line.removed !== '')
}

function fileTexts(step: FileStep | undefined): Pick<StepLine, 'added' | 'removed'> {
  if (step === undefined) return { added: '', removed: '' }
  return {
    added: fileText(step.added, step.addedBytes, 1),
    removed: fileText(step.removed, step.removedBytes, -1),
  }
}

function fileText(count: number, bytes: number | null, sign: 1 | -1): string {
  if (count === 0) return ''
  const size = bytes === null ? '' : ` · ${formatBytesDelta(sign * bytes).replace(/^[+\u2212]/, '')}`
  return `${formatDelta(sign * count)}${size}`
}

function countText(count: number, sign: 1 | -1): string {
  return count === 0 ? '' : formatDelta(sign * count)
}
