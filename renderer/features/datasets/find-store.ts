import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { FoundItem } from '#shared/model/dataset.ts'
import { getApi } from '#renderer/features/workspace/index.ts'

/** One line of the sidebar's find result; the closing summary is kept apart. */
export type FoundEntry = Exclude<FoundItem, { readonly kind: 'end' }>

/** What is known about one root. Items of an earlier search stay until the new one has brought its own. */
export interface FindState {
  readonly status: 'searching' | 'done' | 'cancelled' | 'failed'
  readonly items: readonly FoundEntry[]
  /** True when the search stopped at its bound. */
  readonly truncated: boolean
  readonly error?: ErrorValue
}

type Finds = Readonly<Record<string, FindState>>

const FLUSH_MS = 80
/** Long lists are shown less often: drawing them must not take the time the search needs. */
const flushAfterMs = (items: number): number => Math.max(FLUSH_MS, items / 40)

const store = createStore<{ readonly finds: Finds }>(() => ({ finds: {} }))
const running = new Map<string, AbortController>()

export function useFinds(): Finds {
  return useStore(store, (state) => state.finds)
}

/** True for an opened location that is a folder of datasets, not a dataset itself, as far as it was searched. */
export function isFolderRoot(root: string): boolean {
  const find = store.getState().finds[root]
  return find !== undefined && !find.items.some((item) => item.relativePath === '.')
}

/** Searches the roots that were not searched yet and forgets those that are gone. */
export function syncFinds(roots: readonly string[]): void {
  const { finds } = store.getState()
  for (const root of roots) if (finds[root] === undefined) void startFind(root)
  const gone = Object.keys(finds).filter((root) => !roots.includes(root))
  if (gone.length === 0) return
  for (const root of gone) cancelFind(root)
  store.setState((state) => ({
    finds: Object.fromEntries(Object.entries(state.finds).filter(([root]) => !gone.includes(root))),
  }))
}

export function cancelFind(root: string): void {
  running.get(root)?.abort()
}

/** Searches a root anew; an earlier search of it ends. */
export async function startFind(root: string): Promise<void> {
  cancelFind(root)
  const controller = new AbortController()
  running.set(root, controller)
  const before = store.getState().finds[root]?.items ?? []
  const items: FoundEntry[] = []
  let truncated = false
  const show = (status: FindState['status'], error?: ErrorValue): void => {
    // A newer search of the same root owns the place.
    if (running.get(root) !== controller) return
    const kept = status === 'searching' && items.length < before.length ? before : [...items]
    set(root, { status, items: kept, truncated, ...(error === undefined ? {} : { error }) })
  }
  show('searching')
  let shownAt = performance.now()
  try {
    for await (const item of getApi().stream('datasets.find', { location: root }, { signal: controller.signal })) {
      if (item.kind === 'end') truncated = item.truncated
      else items.push(item)
      if (performance.now() - shownAt < flushAfterMs(items.length)) continue
      shownAt = performance.now()
      show('searching')
    }
    show('done')
  } catch (error) {
    if (isCancelled(error)) show('cancelled')
    else show('failed', toErrorValue(error))
  } finally {
    if (running.get(root) === controller) running.delete(root)
  }
}

/** Reads one dataset's line anew, in every root that shows it; a dataset that cannot be read now keeps its old line. */
export async function refreshEntry(location: string): Promise<void> {
  try {
    for await (const item of getApi().stream('datasets.find', { location, maxDepth: 0 })) {
      if (item.kind === 'end' || item.location !== location) continue
      store.setState((state) => ({
        finds: Object.fromEntries(
          Object.entries(state.finds).map(([root, find]) => [root, { ...find, items: replaceEntry(find.items, item) }]),
        ),
      }))
    }
  } catch {
    // The sidebar's figures are a convenience: the next search tells what is wrong.
  }
}

/** The same items with one of them read anew; its place in the tree stays. */
function replaceEntry(items: readonly FoundEntry[], fresh: FoundEntry): readonly FoundEntry[] {
  return items.map((item) => (item.location === fresh.location ? { ...fresh, relativePath: item.relativePath } : item))
}

function set(root: string, find: FindState): void {
  store.setState((state) => ({ finds: { ...state.finds, [root]: find } }))
}
