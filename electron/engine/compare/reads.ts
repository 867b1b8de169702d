import type { ManifestFragment } from '../format/types.ts'
import type { ComparedColumn } from './columns.ts'
import { liveRows, pairFragments, type FragmentPair } from './fragment-steps.ts'
import { isSameDataset, type Side } from './side.ts'

/** What has to be read of one fragment. */
export type FragmentRead =
  | { readonly kind: 'whole'; readonly start: number; readonly rows: number }
  /** The rows that are deleted on the other side. */
  | {
      readonly kind: 'deleted-there'
      readonly start: number
      readonly fragment: ManifestFragment
      readonly other: ManifestFragment
      /** What the two counts of deleted rows let expect. */
      readonly rows: number
    }

/** What has to be read of one side, in storage order. `start` is the number of a fragment's first live row. */
export interface SideReads {
  readonly reads: readonly FragmentRead[]
  readonly rows: number
  readonly fragments: number
}

/**
 * Plans what to read of both sides. Within a dataset a row in the same place of the same files is the same row: of
 * fragments both sides have, only rows deleted on one of them are read, unless a compared column lies in other files.
 */
export function planReads(
  from: Side,
  to: Side,
  columns: readonly ComparedColumn[],
): { readonly from: SideReads; readonly to: SideReads } {
  if (!isSameDataset(from, to)) return { from: readAll(from), to: readAll(to) }
  const { pairs } = pairFragments(from.manifest, to.manifest)
  const kept = new Map(pairs.filter((pair) => holdsSameValues(pair, columns)).map((pair) => [pair.to.id, pair]))
  return {
    from: planSide(from, (fragment) => toRead(kept.get(fragment.id), 'from')),
    to: planSide(to, (fragment) => toRead(kept.get(fragment.id), 'to')),
  }
}

type Decision = 'whole' | 'nothing' | { readonly other: ManifestFragment }

function toRead(pair: FragmentPair | undefined, side: 'from' | 'to'): Decision {
  if (pair === undefined) return 'whole'
  if (pair.hasSameDeletions) return 'nothing'
  const [mine, other] = side === 'from' ? [pair.from, pair.to] : [pair.to, pair.from]
  return other.deletion === undefined || liveRows(mine) === 0 ? 'nothing' : { other }
}

function readAll(side: Side): SideReads {
  return planSide(side, () => 'whole')
}

function planSide({ manifest }: Side, decide: (fragment: ManifestFragment) => Decision): SideReads {
  const reads: FragmentRead[] = []
  let start = 0
  let fragments = 0
  for (const fragment of manifest.fragments) {
    const rows = liveRows(fragment)
    const decision = decide(fragment)
    if (decision !== 'nothing' && rows > 0) fragments++
    const last = reads.at(-1)
    if (decision === 'whole') {
      if (last?.kind === 'whole' && last.start + last.rows === start) {
        reads[reads.length - 1] = { kind: 'whole', start: last.start, rows: last.rows + rows }
      } else if (rows > 0) reads.push({ kind: 'whole', start, rows })
    } else if (decision !== 'nothing') {
      const { other } = decision
      const gone = (other.deletion?.deletedRows ?? 0) - (fragment.deletion?.deletedRows ?? 0)
      reads.push({ kind: 'deleted-there', start, fragment, other, rows: Math.max(0, gone) })
    }
    start += rows
  }
  return { reads, rows: reads.reduce((sum, read) => sum + read.rows, 0), fragments }
}

/** True when every compared column of a fragment lies in the same files on both sides. */
function holdsSameValues({ from, to, hasSameFiles }: FragmentPair, columns: readonly ComparedColumn[]): boolean {
  if (hasSameFiles) return columns.every((column) => column.from.id === column.to.id)
  return columns.every(
    (column) => column.from.id === column.to.id && filesOf(from, column.from) === filesOf(to, column.to),
  )
}

function filesOf(fragment: ManifestFragment, field: ComparedColumn['from']): string {
  const ids = new Set(fieldIds(field))
  return fragment.files
    .filter((file) => file.fields.some((id) => ids.has(id)))
    .map(({ path }) => path)
    .join('\n')
}

function fieldIds(field: ComparedColumn['from']): readonly number[] {
  return [field.id, ...field.children.flatMap(fieldIds)]
}
