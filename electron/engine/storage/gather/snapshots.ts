import type { OpenDataset } from '../../context.ts'
import { joinPath } from '../../format/names.ts'
import type { ObjectStore } from '../../store/object-store.ts'
import { startShared, type SharedTask } from './shared-task.ts'
import { takeSnapshot, type Snapshot } from './snapshot.ts'

/** Answers with what is known of a dataset's directory, gathering it when it is not known or may have changed. */
export type Snapshots = (dataset: OpenDataset, signal: AbortSignal, options?: SnapshotOptions) => Promise<Snapshot>

export interface SnapshotOptions {
  /** Gather it now, whatever is known or being gathered. */
  readonly fresh?: boolean | undefined
}

/** A snapshot is used again for this long, or for ten times what taking it took, while no version or ref is new. */
const MIN_AGE_MS = 5000
const MAX_AGE_MS = 60_000
const AGE_PER_COST = 10
/** Snapshots nobody asked for in this time are forgotten. */
const IDLE_MS = 120_000
/** A folder's time stamp may stand still over two changes this close. */
const COARSEST_CLOCK_MS = 2500

interface Slot {
  running: SharedTask<Snapshot> | undefined
  /** Walks begun so far: they may begin in one millisecond and end in another order. */
  begun: number
  last: { readonly snapshot: Snapshot; readonly stamp: Stamp; readonly turn: number } | undefined
  forget: NodeJS.Timeout | undefined
}

/**
 * Keeps the last snapshot of each open dataset. Questions asked at once share one walk. Files written without a new
 * version (abandoned writes) may be missed while a snapshot is reused, at most a minute for the largest directories; new
 * versions, tags and branches never are.
 */
export function createSnapshots(): Snapshots {
  const slots = new WeakMap<OpenDataset, Slot>()
  const take: Snapshots = async (dataset, signal, { fresh = false } = {}) => {
    const slot = slots.get(dataset) ?? { running: undefined, begun: 0, last: undefined, forget: undefined }
    slots.set(dataset, slot)
    clearTimeout(slot.forget)
    slot.forget = setTimeout(() => (slot.last = undefined), IDLE_MS)
    slot.forget.unref()
    const known = fresh ? undefined : await reusable(dataset.store, slot.last)
    signal.throwIfAborted()
    if (known !== undefined) return known
    const isLate = !fresh && slot.running?.isAbandoned === false
    if (fresh || slot.running === undefined || slot.running.isAbandoned) {
      const turn = ++slot.begun
      const task = startShared(async (taskSignal) => {
        const folders = slot.last?.stamp.folders ?? ['_versions']
        const stamp = await readStamp(dataset.store, folders)
        const snapshot = await takeSnapshot(dataset, slot.last?.snapshot, taskSignal)
        const complete = await completeStamp(dataset.store, stamp, snapshot)
        // A fresh walk may have overtaken this one.
        if (slot.last === undefined || slot.last.turn < turn) slot.last = { snapshot, stamp: complete, turn }
        return snapshot
      })
      slot.running = task
    }
    const task = slot.running
    try {
      const snapshot = await task.join(signal)
      if (!isLate || (await isCurrent(dataset.store, slot.last?.stamp))) return snapshot
    } finally {
      if (slot.running === task) slot.running = undefined
    }
    // Something was committed between the start of that walk and this question.
    return take(dataset, signal)
  }
  return take
}

async function isCurrent(store: ObjectStore, stamp: Stamp | undefined): Promise<boolean> {
  return stamp !== undefined && (await readStamp(store, stamp.folders)).text === stamp.text
}

async function reusable(store: ObjectStore, last: Slot['last']): Promise<Snapshot | undefined> {
  if (last === undefined) return undefined
  const { snapshot, stamp } = last
  const maxAgeMs = Math.min(MAX_AGE_MS, Math.max(MIN_AGE_MS, snapshot.read.elapsedMs * AGE_PER_COST))
  if (!stamp.isSettled || Date.now() - snapshot.takenMs > maxAgeMs) return undefined
  return (await isCurrent(store, stamp)) ? snapshot : undefined
}

/** What tells cheaply whether there are new versions, tags or branches. */
interface Stamp {
  /** `_versions` of main and of every branch. */
  readonly folders: readonly string[]
  readonly text: string
  /** False when a folder changed so shortly before that its time stamp proves nothing. */
  readonly isSettled: boolean
}

async function readStamp(store: ObjectStore, folders: readonly string[]): Promise<Stamp> {
  const nowMs = Date.now()
  const [tags, branches, ...times] = await Promise.all([
    store.list('_refs/tags').catch(() => []),
    store.list('_refs/branches').catch(() => []),
    ...folders.map((folder) =>
      store.info(folder).then(
        ({ modifiedMs }) => modifiedMs,
        () => 0,
      ),
    ),
  ])
  const refs = [...tags, ...branches].map(({ path, bytes, modifiedMs }) => `${path} ${bytes} ${modifiedMs}`).toSorted()
  const changes = [...times, ...tags.map((it) => it.modifiedMs), ...branches.map((it) => it.modifiedMs)]
  return {
    folders,
    text: JSON.stringify([refs, times]),
    isSettled: changes.every((changedMs) => nowMs - changedMs > COARSEST_CLOCK_MS),
  }
}

/** The stamp from before the walk; when the walk met other branches than before, one that will not match. */
async function completeStamp(store: ObjectStore, before: Stamp, { references }: Snapshot): Promise<Stamp> {
  const folders = references.lines.map(({ folder }) => joinPath(folder, '_versions'))
  if (folders.join('\n') === before.folders.join('\n')) return before
  return { ...(await readStamp(store, folders)), isSettled: false }
}
