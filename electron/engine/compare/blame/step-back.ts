import type { BlameEvent } from '#shared/model/compare.ts'
import type { ResolvedRef } from '../../context.ts'
import type { Operation } from '../../format/operation.ts'
import { createDeletionReader } from '../deletions.ts'
import { pairFragments, liveRows } from '../fragment-steps.ts'
import type { Side } from '../side.ts'
import { findFragment, type FirstSeen } from './find-first.ts'
import { placeBeforeRewrite } from './places.ts'
import { compareRow, findAddress, findByKey, readTexts, type BlameCell, type RowAt } from './read-row.ts'
import type { Trace } from './trace.ts'

/** One step back in a row's life: an event, and where the row was before, or the end of the story. */
export type Step =
  | { readonly kind: 'on'; readonly event?: BlameEvent; readonly at: ResolvedRef; readonly id: bigint }
  | { readonly kind: 'end'; readonly event?: BlameEvent; readonly problem?: string }

/** What happened in the version that put the row where it lies. */
export async function stepBack(trace: Trace, first: FirstSeen): Promise<Step> {
  const { history } = trace
  const operation = await history.operation(first.at)
  if (operation?.kind === 'restore') return stepOverRestore(trace, first, operation.version)
  if (operation?.kind === 'clone') return stepToOrigin(trace, first, operation)
  if (operation?.kind === 'append' || operation?.kind === 'overwrite') return ifFresh(trace, first, operation)
  if (first.before === undefined) return cleanedUp(first)
  const older = await history.side(first.before)
  const kept = older.manifest.fragments.find(({ id }) => id === first.place.fragment.id)
  if (kept !== undefined && sharesFile(older, first)) return stepOverColumns(trace, first, older)
  if (first.row.side.hasStableRowIds && older.hasStableRowIds) return stepById(trace, first, older)
  if (operation?.kind === 'rewrite') return stepOverRewrite(trace, first, older)
  return stepByKey(trace, first, older)
}

function sharesFile(older: Side, first: FirstSeen): boolean {
  return pairFragments(older.manifest, first.row.side.manifest).pairs.some(
    ({ to }) => to.id === first.place.fragment.id,
  )
}

/** An append or overwrite writes new rows, unless the fragment was there before and only the older versions are gone. */
async function ifFresh(
  trace: Trace,
  first: FirstSeen,
  operation: Extract<Operation, { kind: 'append' | 'overwrite' }>,
): Promise<Step> {
  const { fragments } = first.row.side.manifest
  const isNew = operation.kind === 'overwrite' || first.before !== undefined
  const newest = fragments.slice(-operation.fragments)
  if (isNew || newest.some(({ id }) => id === first.place.fragment.id)) return inserted(trace, first)
  return cleanedUp(first)
}

async function inserted(trace: Trace, first: FirstSeen): Promise<Step> {
  const names = shownColumns(trace, first.row.side)
  const texts = await readTexts(trace.context, first.row, names, trace.cost, trace.signal)
  const cells = [...texts].map(([column, after]) => ({ column, before: null, after }))
  return { kind: 'end', event: await toEvent(trace, first, 'inserted', undefined, cells) }
}

const MAX_SHOWN = 64

function shownColumns({ columnId }: Trace, { manifest }: Side): readonly string[] {
  const fields = columnId === undefined ? manifest.schema : manifest.schema.filter(({ id }) => id === columnId)
  return fields.slice(0, MAX_SHOWN).map(({ name }) => name)
}

function cleanedUp({ at }: FirstSeen): Step {
  return { kind: 'end', problem: `The versions before ${at.version} have been cleaned up.` }
}

/** A restore is part of the row's life only where the row was not there, or not the same, just before. */
async function stepOverRestore(trace: Trace, first: FirstSeen, version: number): Promise<Step> {
  const { branch } = first.at
  const { id } = first.row
  if (first.before !== undefined) {
    const before = await trace.history.side(first.before)
    const isSame = findFragment(before.manifest, first.place.fragment) !== undefined
    if (isSame && (await exists(trace, { side: before, id }))) return { kind: 'on', at: first.before, id }
  }
  const event = await toEvent(trace, first, 'restored', id, [])
  const versions = await trace.history.versions(branch)
  if (!versions.includes(version)) {
    return { kind: 'end', event, problem: `Version ${version}, which was restored, has been cleaned up.` }
  }
  return { kind: 'on', event, at: { branch, version }, id }
}

async function exists({ context, cost, signal }: Trace, row: RowAt): Promise<boolean> {
  return (await findAddress(context, row, cost, signal)) !== undefined
}

async function stepToOrigin(
  trace: Trace,
  first: FirstSeen,
  clone: Extract<Operation, { kind: 'clone' }>,
): Promise<Step> {
  const { branch } = first.at
  const origin = branch === undefined ? undefined : await trace.history.origin(branch)
  if (origin !== undefined) return { kind: 'on', at: { ...origin, version: clone.sourceVersion }, id: first.row.id }
  const problem =
    branch === undefined
      ? `The row came with a clone of ${clone.sourcePath}; its life before is told by that dataset.`
      : `There is no record of where the branch "${branch}" comes from.`
  return { kind: 'end', problem }
}

/** The fragment was there with other files: columns were added, replaced or dropped. */
async function stepOverColumns(trace: Trace, first: FirstSeen, older: Side): Promise<Step> {
  const { side, id } = first.row
  const before: RowAt = { side: older, id }
  const at = older.at
  const changed = await compareRow(trace.context, before, first.row, trace.cost, trace.signal)
  const known = new Set(older.manifest.schema.map((field) => field.id))
  const added = side.manifest.schema.filter((field) => !known.has(field.id)).map(({ name }) => name)
  const now = await readTexts(trace.context, first.row, added, trace.cost, trace.signal)
  const former = await readTexts(trace.context, before, added, trace.cost, trace.signal)
  const cells = [
    ...changed,
    ...added.map((column) => ({ column, before: former.get(column) ?? null, after: now.get(column) ?? null })),
  ]
  const shown = filterCells(trace, side, cells)
  if (shown.length === 0) return { kind: 'on', at, id }
  const kind = changed.length > 0 ? 'changed' : 'columns-added'
  return { kind: 'on', at, id, event: await toEvent(trace, first, kind, id, shown) }
}

async function stepById(trace: Trace, first: FirstSeen, older: Side): Promise<Step> {
  const { id } = first.row
  if (!(await exists(trace, { side: older, id }))) return inserted(trace, first)
  return stepTo(trace, first, { side: older, id })
}

async function stepOverRewrite(trace: Trace, first: FirstSeen, older: Side): Promise<Step> {
  const groups = await trace.history.rewriteGroups(first.at)
  const former = new Map(older.manifest.fragments.map((fragment) => [fragment.id, fragment]))
  const address =
    groups === undefined
      ? undefined
      : await placeBeforeRewrite(groups, first.place, former, createDeletionReader(older))
  if (address === undefined) return stepByKey(trace, first, older)
  const before: RowAt = { side: older, id: address }
  if (!(await exists(trace, before))) return stepByKey(trace, first, older)
  const cells = await compareRow(trace.context, before, first.row, trace.cost, trace.signal)
  // A compaction changes no value; if one differs, the record does not tell where the row was.
  if (cells.length > 0) return stepByKey(trace, first, older)
  return stepTo(trace, first, before)
}

/** An update or upsert: the row is among those that are gone since, if it was there at all. */
async function stepByKey(trace: Trace, first: FirstSeen, older: Side): Promise<Step> {
  const { context, keyIds, cost, signal } = trace
  if (!loses(older, first.row.side)) return inserted(trace, first)
  if (keyIds.length === 0) {
    const problem = `Version ${first.at.version} wrote the row anew, and without stable row ids nothing tells which row it was before. Choose a key.`
    return { kind: 'end', problem }
  }
  const found = await findByKey(context, older, first.row, keyIds, cost, signal)
  if (found === 'null-key') return { kind: 'end', problem: 'The key of the row is null, which recognises no row.' }
  if (found === 'no-column') {
    return {
      kind: 'end',
      problem: `In version ${older.at.version} a column of the key is missing or has another type.`,
    }
  }
  if (found === undefined) return inserted(trace, first)
  return stepTo(trace, first, { side: older, id: found })
}

/** True when some row of the older state is gone in the newer one. */
function loses(older: Side, newer: Side): boolean {
  const { pairs, removed } = pairFragments(older.manifest, newer.manifest)
  return (
    removed.some((fragment) => liveRows(fragment) > 0) || pairs.some(({ from, to }) => liveRows(from) > liveRows(to))
  )
}

async function stepTo(trace: Trace, first: FirstSeen, before: RowAt): Promise<Step> {
  const changed = await compareRow(trace.context, before, first.row, trace.cost, trace.signal)
  const cells = filterCells(trace, first.row.side, changed)
  const on = { kind: 'on' as const, at: before.side.at, id: before.id }
  if (cells.length > 0) return { ...on, event: await toEvent(trace, first, 'changed', before.id, cells) }
  if (trace.columnId !== undefined || changed.length > 0) return on
  return { ...on, event: await toEvent(trace, first, 'moved', before.id, []) }
}

function filterCells({ columnId }: Trace, { manifest }: Side, cells: readonly BlameCell[]): readonly BlameCell[] {
  if (columnId === undefined) return cells
  const name = manifest.schema.find(({ id }) => id === columnId)?.name
  return cells.filter(({ column }) => column === name)
}

async function toEvent(
  { history }: Trace,
  { at, row }: FirstSeen,
  kind: BlameEvent['kind'],
  before: bigint | undefined,
  cells: readonly BlameCell[],
): Promise<BlameEvent> {
  const { timestamp, sentence } = await history.describe(at)
  return {
    ...(at.branch === undefined ? {} : { branch: at.branch }),
    version: at.version,
    timestamp,
    sentence,
    kind,
    ...(before === undefined ? {} : { rowIdBefore: String(before) }),
    rowIdAfter: String(row.id),
    cells,
  }
}
