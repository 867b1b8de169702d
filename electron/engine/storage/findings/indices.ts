import { formatBytes, formatCount, formatNoun, formatShare } from '#shared/model/format.ts'
import type { Finding } from '#shared/model/storage.ts'
import { isSystemIndex } from '../../format/index-section.ts'
import type { Manifest, ManifestIndex } from '../../format/types.ts'
import { liveRows } from '../compaction/plan-tasks.ts'
import type { Check, FoundState } from './context.ts'

/** More rows than this outside an index make searches with it noticeably slower. */
const LARGE_SHARE = 0.1

/** Indices that leave rows out: those rows are searched without an index. */
const findUncovered: Check = ({ state }) => {
  if (state === undefined) return []
  return [...groupByName(state.manifest)].flatMap(([name, segments]) => judgeIndex(state, name, segments))
}

function judgeIndex(
  { manifest, coverage }: FoundState,
  name: string,
  segments: readonly PlacedSegment[],
): readonly Finding[] {
  const positions = new Set(segments.map(({ position }) => position))
  const outside = manifest.fragments.filter(({ id }) => !coverage.indicesOf(id).some((it) => positions.has(it)))
  const rows = manifest.fragments.reduce((sum, it) => sum + liveRows(it), 0)
  const left = outside.reduce((sum, it) => sum + liveRows(it), 0)
  if (left === 0) return []
  const bytes = segments.reduce((sum, { index }) => sum + (index.bytes ?? 0), 0)
  const made = segments.map(({ index }) => `A segment was made for version ${index.datasetVersion}.`)
  const fragments = outside.map(({ id }) => id)
  if (left === rows) {
    return [
      {
        kind: 'index-covers-nothing',
        severity: 'warning',
        title: `Index ${name} covers none of the ${formatNoun(rows, 'row')}.`,
        evidence: [...made.slice(0, 5), `It keeps ${formatBytes(bytes)} on disk.`],
        remedy: 'Rebuild the index, or drop it: no search can use it.',
        action: 'rebuild-index',
        bytes,
        indices: [name],
      },
    ]
  }
  return [
    {
      kind: 'index-not-covering',
      severity: left > rows * LARGE_SHARE ? 'warning' : 'note',
      title: `Index ${name} leaves out ${formatCount(left)} of ${formatNoun(rows, 'row')} (${formatShare(left, rows)}).`,
      evidence: [`They lie in ${formatNoun(outside.length, 'fragment')} written since.`, ...made.slice(0, 5)],
      remedy: 'Optimize the indices: until then those rows are searched one by one.',
      action: 'optimize-indices',
      fragments,
      indices: [name],
    },
  ]
}

interface PlacedSegment {
  readonly index: ManifestIndex
  /** Among the segments that are not Lance's own, as coverage counts them. */
  readonly position: number
}

function groupByName({ indices }: Manifest): ReadonlyMap<string, readonly PlacedSegment[]> {
  const groups = new Map<string, PlacedSegment[]>()
  const own = indices.filter(({ name }) => !isSystemIndex(name))
  own.forEach((index, position) => {
    const group = groups.get(index.name) ?? []
    groups.set(index.name, group)
    group.push({ index, position })
  })
  return groups
}

export const INDEX_CHECKS: readonly Check[] = [findUncovered]
