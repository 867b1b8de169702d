import { formatBytes, formatCount, formatNoun, formatShare } from '#shared/model/format.ts'
import { fieldPaths } from '../../format/schema.ts'
import type { ManifestFragment } from '../../format/types.ts'
import { DELETED_SHARE, TARGET_ROWS } from '../compaction/plan-tasks.ts'
import type { Check } from './context.ts'

/** Merging fewer fragments than this is not worth a person's attention; more than the second slow every read down. */
const MANY_SMALL = 10
const TOO_MANY_SMALL = 100

/** Fragments compaction would merge into fewer. */
const findSmallFragments: Check = ({ state }) => {
  const tasks = (state?.compaction.tasks ?? []).filter(({ fragments }) => fragments.length > 1)
  const before = tasks.reduce((sum, { fragments }) => sum + fragments.length, 0)
  const after = tasks.reduce((sum, { fragmentsAdded }) => sum + fragmentsAdded, 0)
  if (before - after < MANY_SMALL) return []
  const rows = tasks.reduce((sum, task) => sum + task.rows, 0)
  const bytes = tasks.reduce((sum, task) => sum + task.bytes, 0)
  return [
    {
      kind: 'small-fragments',
      severity: before - after < TOO_MANY_SMALL ? 'note' : 'warning',
      title: `${formatNoun(before, 'small fragment')} could be ${formatCount(after)}.`,
      evidence: [
        `They hold ${formatNoun(rows, 'row')} in ${formatBytes(bytes)}, on average ${formatNoun(Math.round(rows / before), 'row')} a fragment; a fragment is full at ${formatCount(TARGET_ROWS)} rows.`,
        `Of ${formatNoun(state?.manifest.fragments.length ?? 0, 'fragment')} in all.`,
      ],
      remedy: 'Compact the dataset: every read opens every fragment, so fewer are faster.',
      action: 'compact',
      fragments: tasks.flatMap(({ fragments }) => fragments),
    },
  ]
}

/** Fragments with so many deleted rows that compaction would rewrite them. */
const findDeletedRows: Check = ({ state }) => {
  const fragments = state?.manifest.fragments ?? []
  const heavy = fragments.filter((it) => deletedRows(it) > it.physicalRows * DELETED_SHARE)
  if (heavy.length === 0) return []
  const [deleted, physical] = [sum(fragments, deletedRows), sum(fragments, (it) => it.physicalRows)]
  const bytes = Math.round(sum(heavy, (it) => (fragmentBytes(it) * deletedRows(it)) / it.physicalRows))
  return [
    {
      kind: 'deleted-rows',
      severity: deleted > physical * DELETED_SHARE ? 'warning' : 'note',
      title: `${formatNoun(deleted, 'deleted row')} (${formatShare(deleted, physical)}) still take${deleted === 1 ? 's' : ''} space.`,
      evidence: [
        `${formatNoun(heavy.length, 'fragment')} of ${formatCount(fragments.length)} ${heavy.length === 1 ? 'has' : 'have'} more than ${formatShare(DELETED_SHARE, 1)} of ${heavy.length === 1 ? 'its' : 'their'} rows deleted.`,
        `Their share of the data files is about ${formatBytes(bytes)}.`,
      ],
      remedy: 'Compact the dataset, then clean up the versions before: only then the bytes are free.',
      action: 'compact',
      bytes,
      fragments: heavy.map(({ id }) => id),
    },
  ]
}

/** Four times the rows a fragment should have, or more than one read or upload should have to deal with. */
const OVERSIZE_ROWS = 4 * TARGET_ROWS
const OVERSIZE_BYTES = 50_000_000_000

/** Fragments much larger than Lance makes them. */
const findOversizeFragments: Check = ({ state }) => {
  const large = (state?.manifest.fragments ?? []).filter(
    (it) => it.physicalRows > OVERSIZE_ROWS || fragmentBytes(it) > OVERSIZE_BYTES,
  )
  const largest = large.toSorted((a, b) => b.physicalRows - a.physicalRows)[0]
  if (largest === undefined) return []
  return [
    {
      kind: 'oversize-fragments',
      severity: 'note',
      title: `${formatNoun(large.length, 'fragment')} ${large.length === 1 ? 'is' : 'are'} much larger than Lance makes them.`,
      evidence: [
        `Fragment ${largest.id} has ${formatNoun(largest.physicalRows, 'row')} in ${formatBytes(fragmentBytes(largest))}; more than ${formatCount(OVERSIZE_ROWS)} rows or ${formatBytes(OVERSIZE_BYTES)} is large.`,
      ],
      remedy:
        'Compaction does not split fragments; write the rows anew in smaller batches if updates of them are slow.',
      action: null,
      fragments: large.map(({ id }) => id),
    },
  ]
}

/** Fragments that would be compacted were they covered by the same index segments. */
const findCompactionBlocked: Check = ({ state }) => {
  if (state === undefined) return []
  const blocked = state.compaction.blocked.filter(({ why }) => why === 'index-segments').flatMap((it) => it.fragments)
  if (blocked.length < 2) return []
  const segments = new Map<string, number>()
  for (const { name } of state.manifest.indices) segments.set(name, (segments.get(name) ?? 0) + 1)
  const split = [...segments].filter(([, count]) => count > 1)
  const evidence = split.map(([name, count]) => `Index ${name} has ${formatNoun(count, 'segment')}.`)
  const isSplit = split.length > 0
  return [
    {
      kind: 'compaction-blocked',
      severity: 'warning',
      title: `${formatNoun(blocked.length, 'fragment')} cannot be compacted because different index segments cover them.`,
      evidence: isSplit ? evidence : ['Some fragments are covered by an index and their neighbours are not.'],
      remedy: isSplit
        ? 'Rebuild the index: one segment then covers all of them. Optimizing alone only adds segments.'
        : 'Optimize the indices: once all fragments are covered alike, they can be compacted.',
      action: isSplit ? 'rebuild-index' : 'optimize-indices',
      fragments: blocked,
      ...(isSplit ? { indices: split.map(([name]) => name) } : {}),
    },
  ]
}

/** Columns that are dropped or replaced and still lie in data files. */
const findDeadColumns: Check = ({ state }) => {
  if (state === undefined) return []
  const live = fieldPaths(state.manifest.schema)
  const dead = state.manifest.fragments.filter(({ files }) =>
    files.some(({ fields }) => fields.some((field) => !live.has(field))),
  )
  if (dead.length === 0) return []
  const files = dead.flatMap((it) => it.files).filter(({ fields }) => fields.some((field) => !live.has(field)))
  const ids = new Set(files.flatMap(({ fields }) => fields.filter((field) => field >= 0 && !live.has(field))))
  return [
    {
      kind: 'dead-columns',
      severity: 'note',
      title: `${formatNoun(ids.size, 'dropped column')} still lie${ids.size === 1 ? 's' : ''} in ${formatNoun(files.length, 'data file')}.`,
      evidence: [
        `Field ${ids.size === 1 ? 'id' : 'ids'} ${[...ids].slice(0, 20).join(', ')}${ids.size > 20 ? ', …' : ''}, no longer in the schema.`,
        `The files have ${formatBytes(sum(files, ({ bytes }) => bytes ?? 0))} in all, with the columns that are still read.`,
      ],
      remedy: 'The bytes go when these fragments are compacted next; a dropped column alone does not make that happen.',
      action: 'compact',
      fragments: dead.map(({ id }) => id),
    },
  ]
}

function deletedRows({ deletion }: ManifestFragment): number {
  return deletion?.deletedRows ?? 0
}

function fragmentBytes({ files }: ManifestFragment): number {
  return sum(files, ({ bytes }) => bytes ?? 0)
}

function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0)
}

export const FRAGMENT_CHECKS: readonly Check[] = [
  findSmallFragments,
  findDeletedRows,
  findOversizeFragments,
  findCompactionBlocked,
  findDeadColumns,
]
