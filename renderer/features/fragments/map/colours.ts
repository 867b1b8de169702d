import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import type { MapColour } from '../choices.ts'
import { REWRITE_SHARE, SMALL_ROWS, TARGET_ROWS } from '../lance-sizes.ts'
import { deletedShare } from '../sorting.ts'
import { formatVersionsOf } from '../totals.ts'

/** One line of the legend. */
export interface ColourClass {
  readonly label: string
  /** Design token, such as `--warm-3`. */
  readonly token: string
  readonly count: number
}

export interface ColourScale {
  readonly classes: readonly ColourClass[]
  /** Class of each fragment. */
  readonly classOf: Uint8Array
}

type Step = Omit<ColourClass, 'count'>

/** What the colours of a map say. `indexCount`: indices the dataset has at this version. */
export function toColourScale(fragments: readonly FragmentEntry[], colour: MapColour, indexCount: number): ColourScale {
  switch (colour) {
    case 'deleted':
      return classify(fragments, DELETED, (fragment) => stepOf(DELETED_BOUNDS, deletedShare(fragment)))
    case 'size':
      return classify(
        fragments,
        SIZES,
        ({ physicalRows }) => SIZE_BOUNDS.filter((bound) => physicalRows >= bound).length,
      )
    case 'age':
      return byAge(fragments)
    case 'format':
      return byFormat(fragments)
    case 'coverage':
      return byCoverage(fragments, indexCount)
    default:
      return byIndex(fragments, colour.slice('index:'.length))
  }
}

const DELETED_BOUNDS: readonly number[] = [0, 0.01, REWRITE_SHARE, 0.3, 0.6]
const DELETED: readonly Step[] = [
  { label: 'nothing deleted', token: '--warm-0' },
  { label: 'up to 1%', token: '--warm-1' },
  { label: 'up to 10%', token: '--warm-2' },
  { label: '10 to 30%', token: '--warm-3' },
  { label: '30 to 60%', token: '--warm-4' },
  { label: 'over 60%', token: '--warm-5' },
]

/** Number of bounds a value lies above. */
function stepOf(bounds: readonly number[], value: number): number {
  return bounds.filter((bound) => value > bound).length
}

const SIZE_BOUNDS: readonly number[] = [1000, 10_000, SMALL_ROWS, TARGET_ROWS, 2 * TARGET_ROWS]
const SIZES: readonly Step[] = [
  { label: 'under 1,000 rows', token: '--warm-5' },
  { label: 'under 10,000', token: '--warm-4' },
  { label: 'under 100,000', token: '--warm-3' },
  { label: 'under 1,048,576', token: '--cool-2' },
  { label: 'under 2,097,152', token: '--cool-4' },
  { label: '2,097,152 and more', token: '--cool-5' },
]

const AGE_STEPS = 6

/** Ids are given in the order of writing, so their rank is an age; sixths of equally many fragments. */
function byAge(fragments: readonly FragmentEntry[]): ColourScale {
  const steps = Math.min(AGE_STEPS, fragments.length)
  const ids = Uint32Array.from(fragments, ({ id }) => id).sort()
  const startOf = (step: number): number => Math.ceil((step * ids.length) / steps)
  const starts = Array.from({ length: steps }, (_, step) => ids[startOf(step)] ?? 0)
  const classes = starts.map((start, step): Step => {
    const last = ids[startOf(step + 1) - 1] ?? start
    const range = start === last ? formatCount(start) : `${formatCount(start)} – ${formatCount(last)}`
    const note = step === 0 ? ' (oldest)' : step === steps - 1 ? ' (newest)' : ''
    return { label: `ids ${range}${note}`, token: `--cool-${step + AGE_STEPS - steps}` }
  })
  return classify(fragments, classes, ({ id }) => stepOf(starts.slice(1), id + 0.5))
}

const CATEGORIES = 6

function byFormat(fragments: readonly FragmentEntry[]): ColourScale {
  const nameOf = (fragment: FragmentEntry): string => {
    const versions = formatVersionsOf(fragment)
    return versions.length === 1 ? (versions[0] ?? '') : versions.length === 0 ? 'no files' : 'several in one fragment'
  }
  const names = [...new Set(fragments.map(nameOf))].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const classes = names.slice(0, CATEGORIES).map((name, index): Step => ({ label: name, token: `--cat-${index}` }))
  const others = names.length > CATEGORIES ? [{ label: 'others', token: '--fg3' }] : []
  return classify(fragments, [...classes, ...others], (fragment) =>
    Math.min(CATEGORIES, names.indexOf(nameOf(fragment))),
  )
}

function byCoverage(fragments: readonly FragmentEntry[], indexCount: number): ColourScale {
  if (indexCount === 0) return classify(fragments, [{ label: 'no index exists', token: '--cool-0' }], () => 0)
  const steps = Math.min(indexCount, 5)
  const none: Step = { label: 'no index', token: '--warm-3' }
  const some = Array.from({ length: steps }, (_, step): Step => {
    const from = Math.floor((step * indexCount) / steps) + 1
    const to = Math.floor(((step + 1) * indexCount) / steps)
    const range = from === to ? formatCount(from) : `${from} – ${to}`
    const label =
      to === indexCount && from === to
        ? `all (${formatNoun(indexCount, 'index', 'indices')})`
        : `${range} of ${indexCount}`
    return { label, token: `--cool-${Math.round(((step + 1) / steps) * 4) + 1}` }
  })
  return classify(fragments, [none, ...some], ({ indices }) =>
    indices.length === 0 ? 0 : Math.min(steps, Math.ceil((indices.length / indexCount) * steps)),
  )
}

function byIndex(fragments: readonly FragmentEntry[], name: string): ColourScale {
  const classes: readonly Step[] = [
    { label: `covered by ${name}`, token: '--cool-4' },
    { label: 'not covered', token: '--warm-3' },
  ]
  return classify(fragments, classes, ({ indices }) => (indices.includes(name) ? 0 : 1))
}

function classify(
  fragments: readonly FragmentEntry[],
  steps: readonly Step[],
  stepOfFragment: (fragment: FragmentEntry) => number,
): ColourScale {
  const classOf = Uint8Array.from(fragments, stepOfFragment)
  const counts = steps.map(() => 0)
  for (const step of classOf) counts[step] = (counts[step] ?? 0) + 1
  return { classOf, classes: steps.map((step, index) => ({ ...step, count: counts[index] ?? 0 })) }
}
