import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { StorageFile } from '#shared/model/storage.ts'
import { type DatasetTab, getApi, onRecovered, onTabClosed } from '#renderer/features/workspace/index.ts'

/** The files of one dataset's directory, as far as they were read. */
export interface FileLog {
  /** In the order they were told. While a directory is read again these are still those of before. */
  readonly files: readonly StorageFile[]
  /** Files read so far. */
  readonly count: number
  readonly status: 'loading' | 'done' | 'failed'
  readonly error?: ErrorValue
  /** Branch on screen and its newest version when reading began. */
  readonly stamp: string
}

const EMPTY: FileLog = { files: [], count: 0, status: 'loading', stamp: '' }
/** The first screen at once, later ones rarely enough not to sort and draw tens of thousands of lines for nothing. */
const FIRST_FLUSH_MS = 30
const FLUSH_MS = 300

const store = createStore<{ readonly logs: Readonly<Record<string, FileLog>> }>(() => ({ logs: {} }))
const running = new Map<string, AbortController>()
/** Directories that changed while nobody looked at their files. */
const stale = new Set<string>()

/** Every file of the directory. Read once, shared by every part of the view, read again when a newer version appears. */
export function useFileLog(tab: Pick<DatasetTab, 'dataset' | 'branch' | 'latestVersion'>): FileLog {
  const { dataset } = tab
  const stamp = `${tab.branch ?? ''}@${tab.latestVersion}`
  const log = useStore(store, (state) => state.logs[dataset])
  const isMissing = log === undefined
  useEffect(() => {
    const isBehind = store.getState().logs[dataset]?.stamp !== stamp
    if (isMissing || isBehind || stale.has(dataset)) void load(dataset, stamp)
  }, [dataset, stamp, isMissing])
  return log ?? EMPTY
}

/** The directory is no longer as it was read: it is read again, now if somebody looks at it, else when somebody does. */
export function invalidateFiles(dataset: string, isShown: boolean): void {
  const log = store.getState().logs[dataset]
  if (log === undefined) return
  if (isShown) void load(dataset, log.stamp)
  else stale.add(dataset)
}

onTabClosed((dataset) => {
  running.get(dataset)?.abort()
  running.delete(dataset)
  stale.delete(dataset)
  drop((other) => other === dataset)
})

// Whoever shows a log that failed when the engine went away asks for it again.
onRecovered(() => drop((_dataset, log) => log.status === 'failed'))

async function load(dataset: string, stamp: string): Promise<void> {
  running.get(dataset)?.abort()
  const controller = new AbortController()
  running.set(dataset, controller)
  stale.delete(dataset)
  const before = store.getState().logs[dataset]?.files ?? []
  const files: StorageFile[] = []
  const show = (status: FileLog['status'], error?: ErrorValue): void => {
    if (running.get(dataset) !== controller) return
    // A directory read again is shown whole, or the list would shrink and grow under the reader's eyes.
    const shown = status === 'loading' && files.length < before.length ? before : files.slice()
    set(dataset, { files: shown, count: files.length, status, stamp, ...(error === undefined ? {} : { error }) })
  }
  show('loading')
  let nextFlush = performance.now() + FIRST_FLUSH_MS
  try {
    for await (const file of getApi().stream('storage.files', { dataset }, { signal: controller.signal })) {
      files.push(file)
      if (performance.now() < nextFlush) continue
      nextFlush = performance.now() + FLUSH_MS
      show('loading')
    }
    show('done')
  } catch (error) {
    // A cancelled log was dropped or replaced by whoever cancelled it.
    if (!isCancelled(error)) show('failed', toErrorValue(error))
  } finally {
    if (running.get(dataset) === controller) running.delete(dataset)
  }
}

function drop(isDropped: (dataset: string, log: FileLog) => boolean): void {
  store.setState((state) => ({
    logs: Object.fromEntries(Object.entries(state.logs).filter(([dataset, log]) => !isDropped(dataset, log))),
  }))
}

function set(dataset: string, log: FileLog): void {
  store.setState((state) => ({ logs: { ...state.logs, [dataset]: log } }))
}
