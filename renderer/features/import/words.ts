import type { ColumnMatch, ImportEstimate, UpdatePlan } from '#shared/model/import/preview.ts'
import type { ImportRecord, ImportResult, ImportState } from '#shared/model/import/result.ts'
import type { ImportProblem, SourceFamily, SourceItem } from '#shared/model/import/source.ts'
import type { WriteMode } from '#shared/model/import/spec.ts'
import { formatBytes, formatCount, formatDuration, formatNoun } from '#shared/model/format.ts'

export const FAMILY_TITLES: Readonly<Record<SourceFamily, string>> = {
  documents: 'Documents',
  tables: 'Tables',
  media: 'Media',
}

export const MODE_WORDS: Readonly<Record<WriteMode, string>> = {
  append: 'Rows are added; those that are there stay as they are.',
  upsert: 'Rows of the same key are replaced, others are added.',
  overwrite: 'Everything in it is replaced. Older versions keep what was there, so it can be undone.',
  update: 'Only files that are new or changed since they were last imported are written.',
}

export const MATCH_WORDS: Readonly<Record<ColumnMatch['state'], string>> = {
  same: 'same type',
  cast: 'turned into the dataset’s type',
  null: 'left null',
  missing: 'missing: the dataset wants a value',
  extra: 'the dataset has no such column',
  conflict: 'does not fit',
}

export const STATE_WORDS: Readonly<Record<ImportState, string>> = {
  running: 'Running',
  paused: 'Paused',
  unfinished: 'Interrupted',
  failed: 'Failed',
  cancelled: 'Cancelled',
  done: 'Done',
}

/** How many of each family, in the order they are offered; families without any are left out. */
export function familyCounts(
  items: readonly Pick<SourceItem, 'family'>[],
): readonly { readonly family: SourceFamily; readonly count: number }[] {
  const count = { documents: 0, tables: 0, media: 0 }
  for (const { family } of items) count[family]++
  return (['documents', 'tables', 'media'] as const)
    .map((family) => ({ family, count: count[family] }))
    .filter(({ count: many }) => many > 0)
}

/** The worst first. */
export function worstOf(problems: readonly ImportProblem[]): ImportProblem | undefined {
  return (['error', 'warning', 'note'] as const)
    .map((severity) => problems.find((problem) => problem.severity === severity))
    .find((problem) => problem !== undefined)
}

export interface CountedProblem extends ImportProblem {
  /** How many times it came. */
  readonly count: number
}

/** The same sentence once, the worst first. */
export function gatherProblems(problems: readonly ImportProblem[]): readonly CountedProblem[] {
  const counted = new Map<string, CountedProblem>()
  for (const problem of problems) {
    const key = `${problem.severity}\n${problem.message}`
    const { file, ...known } = counted.get(key) ?? { ...problem, count: 0 }
    const isOfOne = file !== undefined && file === problem.file
    counted.set(key, { ...known, ...(isOfOne ? { file } : {}), count: known.count + 1 })
  }
  const place = { error: 0, warning: 1, note: 2 }
  return [...counted.values()].toSorted((a, b) => place[a.severity] - place[b.severity])
}

/** `about 1,200 rows · 3.4 MB · about 12 s · 19 requests to the embedder`. */
export function estimateText({ rows, rowsAreExact, bytes, seconds, embedder }: ImportEstimate): string {
  return [
    `${rowsAreExact ? '' : 'about '}${formatNoun(rows, 'row')}`,
    formatBytes(bytes),
    seconds === null ? 'time not known yet' : `about ${formatDuration(Math.max(1000, seconds * 1000))}`,
    embedder === undefined ? '' : embedderText(embedder),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function embedderText({ texts, requests, tokens, isRemote }: NonNullable<ImportEstimate['embedder']>): string {
  if (!isRemote) return `${formatNoun(texts, 'text')} embedded on this machine`
  return `${formatNoun(texts, 'text')} (${formatNoun(tokens, 'token')}) sent in ${formatNoun(requests, 'request')}`
}

/** What an import wrote, in one line. */
export function endingText(result: ImportResult): string {
  const { rowsWritten, rowsSkipped, rowsRejected, rowsDeleted, filesDone, filesFailed, elapsedMs } = result
  return [
    `${formatNoun(rowsWritten, 'row')} of ${formatNoun(filesDone, 'file')} written`,
    rowsDeleted > 0 ? `${formatCount(rowsDeleted)} deleted` : '',
    rowsSkipped > 0 ? `${formatCount(rowsSkipped)} skipped` : '',
    rowsRejected > 0 ? `${formatCount(rowsRejected)} rejected` : '',
    filesFailed.length > 0 ? `${formatNoun(filesFailed.length, 'file')} failed` : '',
    formatDuration(elapsedMs),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

/** How far an import is, in one line. */
export function recordText({ rowsWritten, filesDone, files, bytesRead }: ImportRecord): string {
  return `${formatNoun(rowsWritten, 'row')} · ${formatCount(filesDone)} of ${formatNoun(files, 'file')} · ${formatBytes(bytesRead)} read`
}

/** The engine names so many files of a plan at most. */
const MOST_NAMED = 1000

/** How many files a list of a plan stands for. */
export function namedCount(names: readonly string[]): string {
  return names.length < MOST_NAMED ? formatCount(names.length) : `${formatCount(MOST_NAMED)} or more`
}

export function updateText({ unchanged, new: added, changed, gone }: UpdatePlan): string {
  return `${namedCount(added)} new · ${namedCount(changed)} changed · ${namedCount(gone)} gone · ${formatCount(unchanged)} unchanged`
}
