import type { ComparedState } from '#shared/model/compare.ts'
import { formatBytes, formatBytesDelta, formatCount, formatDelta, formatExactBytes } from '#shared/model/format.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'

/** One fact of both sides. */
export interface FactPair {
  readonly name: string
  readonly from: string
  readonly to: string
  /** What `to` has more or less; absent for facts that are no figures, and when nothing differs. */
  readonly delta?: { readonly text: string; readonly isMore: boolean }
  /** Exact figures, where the texts are rounded. */
  readonly title?: string
}

/** Facts of the two states in the order people ask for them. */
export function factPairs(from: ComparedState, to: ComparedState): readonly FactPair[] {
  const isElsewhere = from.location !== to.location
  return [
    ...(isElsewhere ? [text('Dataset', from.name, to.name), text('Location', from.location, to.location)] : []),
    text('Version', versionOf(from), versionOf(to)),
    text('Committed', formatAbsoluteTime(from.timestamp), formatAbsoluteTime(to.timestamp)),
    count('Rows', from.rows, to.rows),
    count('Deleted rows', from.deletedRows, to.deletedRows),
    count('Columns', from.columns, to.columns),
    count('Fragments', from.fragments, to.fragments),
    {
      ...text('Data files', formatBytes(from.dataBytes), formatBytes(to.dataBytes)),
      ...deltaOf(from.dataBytes, to.dataBytes, formatBytesDelta),
      title: `${formatExactBytes(from.dataBytes)}, then ${formatExactBytes(to.dataBytes)}`,
    },
    text('File format', from.formatVersion, to.formatVersion),
    text('Written by', from.writer, to.writer),
  ]
}

function versionOf({ version, branch }: ComparedState): string {
  return branch === undefined ? `${formatCount(version)} of main` : `${formatCount(version)} of ${branch}`
}

function text(name: string, from: string, to: string): FactPair {
  return { name, from, to }
}

function count(name: string, from: number, to: number): FactPair {
  return { ...text(name, formatCount(from), formatCount(to)), ...deltaOf(from, to, formatDelta) }
}

function deltaOf(from: number, to: number, format: (delta: number) => string): Pick<FactPair, 'delta'> {
  return from === to ? {} : { delta: { text: format(to - from), isMore: to > from } }
}
