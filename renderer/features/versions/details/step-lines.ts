import { formatBytes, formatBytesDelta, formatCount, formatDelta } from '#shared/model/format.ts'
import type { FileStep, VersionDetails } from '#shared/model/version-details.ts'

/** How many came or went and, of files, how large they are together. */
export interface StepAmount {
  readonly count: string
  /** Absent of what has no size, or when it is not known. */
  readonly size?: string
}

/** One line of what a step added and took away; null = nothing. */
export interface StepLine {
  readonly name: string
  /** Empty where there is no total. */
  readonly now: string
  readonly added: StepAmount | null
  readonly removed: StepAmount | null
}

/** What a version added and removed, against the version before it; only totals where there is none. */
export function stepLines({ entry, files, fragments }: VersionDetails): readonly StepLine[] {
  const rows = entry.rowsDelta
  return [
    {
      name: 'Rows',
      now: entry.rowsPartial ? 'unknown' : formatCount(entry.rows),
      added: rows !== null && rows > 0 ? { count: formatDelta(rows) } : null,
      removed: rows !== null && rows < 0 ? { count: formatDelta(rows) } : null,
    },
    {
      name: 'Fragments',
      now: formatCount(entry.fragments),
      added: toCount(fragments?.added.length ?? 0, 1),
      removed: toCount(fragments?.removed.length ?? 0, -1),
    },
    {
      name: 'Data files',
      now: entry.dataBytesPartial ? 'unknown' : formatBytes(entry.dataBytes),
      ...fileAmounts(files?.data),
    },
    { name: 'Deletion files', now: '', ...fileAmounts(files?.deletions) },
    { name: 'Index segments', now: '', ...fileAmounts(files?.indexSegments) },
  ].filter((line) => line.now !== '' || line.added !== null || line.removed !== null)
}

function fileAmounts(step: FileStep | undefined): Pick<StepLine, 'added' | 'removed'> {
  if (step === undefined) return { added: null, removed: null }
  return {
    added: toFileAmount(step.added, step.addedBytes, 1),
    removed: toFileAmount(step.removed, step.removedBytes, -1),
  }
}

function toFileAmount(count: number, bytes: number | null, sign: 1 | -1): StepAmount | null {
  const amount = toCount(count, sign)
  return amount === null || bytes === null ? amount : { ...amount, size: formatBytesDelta(bytes).replace(/^\+/, '') }
}

function toCount(count: number, sign: 1 | -1): StepAmount | null {
  return count === 0 ? null : { count: formatDelta(sign * count) }
}
