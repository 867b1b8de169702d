import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import type { FragmentDetails, RowIdSummary } from '#shared/model/fragment-details.ts'
import type { VersionRange } from '#shared/model/metadata.ts'

/** `4`, `4 – 9`. */
function rangeText({ from, to }: VersionRange): string {
  return from === to ? formatCount(from) : `${formatCount(from)} – ${formatCount(to)}`
}

/** Versions by branch, main first: `versions 4 – 9, 12 · on dev: 12 – 14`. Null when none is known. */
export function versionsText(versions: readonly VersionRange[]): string | null {
  if (versions.length === 0) return null
  // The empty name is main.
  const branches = [...new Set(versions.map(({ branch }) => branch ?? ''))].toSorted((a, b) => a.localeCompare(b))
  return branches
    .map((branch) => {
      const ranges = versions.filter((range) => (range.branch ?? '') === branch).map(rangeText)
      return `${branch === '' ? '' : `on ${branch}: `}${ranges.join(', ')}`
    })
    .join(' · ')
}

const SEGMENT_WORDS: Readonly<Record<RowIdSummary['segments'][number]['kind'], string>> = {
  range: 'one after the other',
  'range-with-holes': 'a range with holes',
  'range-with-bitmap': 'a range with a bitmap',
  'sorted-array': 'a sorted list',
  array: 'a list in any order',
}

/** `0 – 59,999 · 60,000 ids · one after the other`. Ids are 64 bits wide and stay text. */
export function segmentText({ first, last, kind, rows }: RowIdSummary['segments'][number]): string {
  return `${groupDigits(first)} – ${groupDigits(last)} · ${formatNoun(rows, 'id')} · ${SEGMENT_WORDS[kind]}`
}

export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** What lies in the fragment and is read by nobody; null when nothing does. */
export function deadText({ deadBytes, files }: FragmentDetails): string | null {
  if (deadBytes === 0) return null
  const dead = files.flatMap(({ columns }) => columns.filter(({ isDead }) => isDead))
  return `${formatBytes(deadBytes)} of ${formatNoun(dead.length, 'column')} no longer in the schema: freed when compaction rewrites this fragment.`
}
