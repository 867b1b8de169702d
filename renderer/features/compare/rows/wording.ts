import type { KeyCandidate, RowChangeKind, RowIdentity, RowTotals } from '#shared/model/compare.ts'
import { formatBytes, formatCount, formatDuration, formatNoun } from '#shared/model/format.ts'

/** `by row id`, `by id, region`, `by content`. */
export function identityText(identity: RowIdentity): string {
  switch (identity.kind) {
    case 'row-id':
      return 'by stable row id'
    case 'key':
      return `by ${identity.columns.join(', ')}`
    case 'content':
      return 'by content'
  }
}

/** The figures of a result in one line, also for the status bar. */
export function resultText(totals: RowTotals, kind: RowChangeKind): string {
  const { identity, unchanged } = totals
  return `${formatNoun(totals[kind], 'row')} ${kind} · ${formatCount(unchanged)} unchanged · ${identityText(identity)}`
}

/** What the comparison took, in one line. */
export function costText({ cost }: RowTotals): string {
  const fragments = cost.fragmentsRead.from + cost.fragmentsRead.to
  return [
    fragments === 0 ? 'nothing had to be read' : `${formatNoun(fragments, 'fragment')} read`,
    ...(cost.rowsRead === 0 ? [] : [formatNoun(cost.rowsRead, 'row')]),
    ...(cost.bytesRead === 0 ? [] : [formatBytes(cost.bytesRead)]),
    ...(cost.spilledBytes === 0 ? [] : [`${formatBytes(cost.spilledBytes)} kept on disk meanwhile`]),
    formatDuration(cost.elapsedMs),
  ].join(' · ')
}

/** Something to know when reading the figures. */
export interface Note {
  readonly text: string
  /** True when figures mean something else than they seem to. */
  readonly isWarning: boolean
}

/** What a person must know to read the figures right. Empty when there is nothing to add. */
export function honestNotes(totals: RowTotals): readonly Note[] {
  const { identity, duplicateKeys, nullKeys, notCompared } = totals
  const notes: Note[] = []
  const duplicates = duplicateKeys.from + duplicateKeys.to
  if (duplicates > 0) {
    const examples = duplicateKeys.examples.slice(0, 3).join('; ')
    notes.push({
      isWarning: true,
      text:
        `${duplicates === 1 ? '1 row shares its' : `${formatCount(duplicates)} rows share their`} key with another row (${sides(duplicateKeys)}` +
        `${examples === '' ? '' : `; such as ${examples}`}). ` +
        'Equal ones are paired first, then in storage order; the rest count as added or removed.',
    })
  }
  const nulls = nullKeys.from + nullKeys.to
  if (nulls > 0) {
    notes.push({
      isWarning: true,
      text: `${nulls === 1 ? '1 row has' : `${formatCount(nulls)} rows have`} a null in the key (${sides(nullKeys)}); these are matched by their whole content.`,
    })
  }
  const unread = unreadRows(totals)
  if (identity.kind === 'key' && unread > 0) {
    notes.push({
      isWarning: false,
      text: `Repeated keys are looked for among the rows read; ${formatNoun(unread, 'row')} in the same place on both sides ${unread === 1 ? 'was' : 'were'} not.`,
    })
  }
  if (identity.kind === 'content')
    notes.push({ isWarning: false, text: 'Without a key a changed row counts as one removed and one added.' })
  if (notCompared.length > 0) {
    const left = notCompared.map(({ column, why }) => `${column} (${why})`).join(', ')
    notes.push({ isWarning: false, text: `Not compared: ${left}.` })
  }
  return notes
}

/** Rows of both sides that nothing was read of, because fragments and deletions prove them the same. */
function unreadRows({ added, removed, changed, unchanged, cost }: RowTotals): number {
  return Math.max(0, added + removed + 2 * (changed + unchanged) - cost.rowsRead)
}

function sides({ from, to }: { readonly from: number; readonly to: number }): string {
  return `${formatCount(from)} before, ${formatCount(to)} after`
}

/** Why a key is proposed and what speaks against it. */
export function candidateText(candidate: KeyCandidate): string {
  const { duplicates, nulls, rowsChecked, isComplete, isUnique, why } = candidate
  const checked = isComplete
    ? `all ${formatNoun(rowsChecked, 'row')}`
    : `the first ${formatNoun(rowsChecked, 'row')} looked at`
  const found = [
    ...(duplicates > 0 ? [formatNoun(duplicates, 'repeated value')] : []),
    ...(nulls > 0 ? [formatNoun(nulls, 'null')] : []),
  ].join(' and ')
  // Found to be unique is all there is to say of it.
  const reason = why.startsWith('unique') ? '' : `${why} · `
  return `${reason}${isUnique ? `unique in ${checked}` : found === '' ? `checked in ${checked}` : `${found} in ${checked}`}`
}

/** Said in place of rows when a comparison found none that differs. */
export function sameRowsText({ cost, notCompared }: RowTotals): string {
  return cost.rowsRead === 0
    ? provenSameText(notCompared.length === 0)
    : `${sameText(notCompared.length === 0)}: proven by reading ${formatNoun(cost.rowsRead, 'row')}`
}

/** Said in place of rows the manifests prove to be the same, whole or in the columns both sides have. */
export function provenSameText(isWholeRow: boolean): string {
  return `${sameText(isWholeRow)}: proven from the manifests, without reading a row`
}

function sameText(isWholeRow: boolean): string {
  return isWholeRow ? 'the same' : 'the same in every column both sides have'
}
