import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { TagEntry, VersionEntry } from '#shared/model/version.ts'
import { type DatasetTab, getApi, onRecovered, onTabClosed } from '#renderer/features/workspace/index.ts'
import { mergeNewest } from './merge.ts'
import { withTags } from './with-tags.ts'

/** The versions of one branch of one dataset, as far as they were read. */
export interface VersionLog {
  /** Newest first. */
  readonly entries: readonly VersionEntry[]
  readonly status: 'loading' | 'done' | 'failed'
  readonly error?: ErrorValue
}

const EMPTY: VersionLog = { entries: [], status: 'loading' }
/** The first screen is shown at once, later batches rarely enough not to redraw for nothing. */
const FIRST_FLUSH_MS = 16
const FLUSH_MS = 150

const store = createStore<{ readonly logs: Readonly<Record<string, VersionLog>> }>(() => ({ logs: {} }))
const running = new Map<string, AbortController>()

/** The version log of a tab's branch. Read once, shared by every view, continued when newer versions appear. */
export function useVersionLog(tab: DatasetTab): VersionLog {
  const { dataset, branch, latestVersion } = tab
  const key = keyOf(dataset, branch)
  const log = useStore(store, (state) => state.logs[key])
  const isMissing = log === undefined
  useEffect(() => {
    const newest = store.getState().logs[key]?.entries[0]?.version ?? 0
    if (isMissing || newest < latestVersion) void load(dataset, branch)
  }, [key, dataset, branch, latestVersion, isMissing])
  return log ?? EMPTY
}

/** What is known of a log now, for commands. */
export function getVersionLog(dataset: string, branch: string | undefined): VersionLog {
  return store.getState().logs[keyOf(dataset, branch)] ?? EMPTY
}

/** Reads the log again from the start, for tags that moved and versions that were cleaned up. */
export function reloadVersionLog(dataset: string, branch: string | undefined): void {
  const key = keyOf(dataset, branch)
  running.get(key)?.abort()
  running.delete(key)
  drop((other) => other === key)
}

/** Gives every log of a dataset the tags it has now. Logs still being read get theirs from the engine. */
export function tagVersionLogs(dataset: string, tags: readonly TagEntry[]): void {
  for (const [key, log] of Object.entries(store.getState().logs)) {
    if (!key.startsWith(`${dataset}/`) || log.status === 'loading') continue
    const branch = key.slice(dataset.length + 1)
    const entries = withTags(log.entries, tags, branch === '' ? undefined : branch)
    if (entries !== log.entries) set(key, { ...log, entries })
  }
}

onTabClosed((dataset) => {
  const isOf = (key: string): boolean => key.startsWith(`${dataset}/`)
  for (const [key, controller] of running) if (isOf(key)) controller.abort()
  drop(isOf)
})

// Whoever shows a log that failed when the engine went away asks for it again.
onRecovered(() => drop((_key, log) => log.status === 'failed'))

async function load(dataset: string, branch: string | undefined): Promise<void> {
  const key = keyOf(dataset, branch)
  if (running.has(key)) return
  const controller = new AbortController()
  running.set(key, controller)
  const before = store.getState().logs[key]
  // A log that was read to its end needs only what is newer.
  const known = before?.status === 'done' ? before.entries : []
  const stopAt = known[0]?.version ?? 0
  const fresh: VersionEntry[] = []
  const show = (status: VersionLog['status'], error?: ErrorValue): void => {
    if (running.get(key) !== controller) return
    set(key, { entries: mergeNewest(fresh, known), status, ...(error === undefined ? {} : { error }) })
  }
  let nextFlush = performance.now() + FIRST_FLUSH_MS
  try {
    const input = { dataset, ...(branch === undefined ? {} : { branch }) }
    for await (const entry of getApi().stream('versions.list', input, { signal: controller.signal })) {
      if (entry.version <= stopAt) break
      fresh.push(entry)
      if (performance.now() < nextFlush) continue
      nextFlush = performance.now() + FLUSH_MS
      show('loading')
    }
    show('done')
  } catch (error) {
    // A cancelled log was dropped or replaced by whoever cancelled it.
    if (!isCancelled(error)) show('failed', toErrorValue(error))
  } finally {
    if (running.get(key) === controller) running.delete(key)
  }
}

function keyOf(dataset: string, branch: string | undefined): string {
  return `${dataset}/${branch ?? ''}`
}

function drop(isDropped: (key: string, log: VersionLog) => boolean): void {
  store.setState((state) => ({
    logs: Object.fromEntries(Object.entries(state.logs).filter(([key, log]) => !isDropped(key, log))),
  }))
}

function set(key: string, log: VersionLog): void {
  store.setState((state) => ({ logs: { ...state.logs, [key]: log } }))
}
