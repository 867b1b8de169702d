import { toErrorValue } from '#shared/errors.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { getApi } from './host.ts'
import { queryClient } from './queries.ts'
import { getWorkspace, updateWorkspace } from './store.ts'
import {
  atCommit,
  inspectedAfterMove,
  mapTab,
  onBranch,
  travelled,
  withNextTab,
  withoutTab,
} from './tab-transitions.ts'
import type { DatasetTab } from './types.ts'
import { stopWatching, watchTab } from './watch.ts'

export function activateTab(dataset: string): void {
  updateWorkspace(() => ({ active: dataset }))
}

export function activateNextTab(step: 1 | -1): void {
  updateWorkspace((state) => withNextTab(state, step))
}

type CloseListener = (dataset: string) => void
const closeListeners = new Set<CloseListener>()

/** Tells features to forget what they keep by dataset handle: a dataset opened there again may be another one. */
export function onTabClosed(listener: CloseListener): () => void {
  closeListeners.add(listener)
  return () => closeListeners.delete(listener)
}

/** Closes a tab and lets the engine forget the dataset. */
export function closeTab(dataset: string): void {
  stopWatching(dataset)
  updateWorkspace((state) => withoutTab(state, dataset))
  queryClient.removeQueries({ predicate: (query) => query.queryKey[1] === dataset })
  for (const listener of closeListeners) listener(dataset)
  // Closing is tidying up: an engine that is gone has forgotten the dataset anyway.
  getApi()
    .call('datasets.close', { dataset })
    .catch(() => undefined)
}

/** Brings a view of a tab to the front. */
export function showView(dataset: string, view: string): void {
  updateWorkspace((state) => ({ tabs: mapTab(state.tabs, dataset, (tab) => ({ ...tab, view })) }))
}

/** Shows the whole app at a version of the tab's branch. */
export function travelTo(dataset: string, version: number): void {
  moveTab(dataset, (tab) => travelled(tab, version))
}

/** Shows the newest version known; also how a tab takes in the commits of others. */
export function backToLatest(dataset: string): void {
  moveTab(dataset, (tab) => travelled(tab, tab.latestVersion))
}

/** Shows a version this window committed itself, without waiting until the watch notices it. */
export function showCommit(dataset: string, branch: string | undefined, version: number): void {
  moveTab(dataset, (tab) => atCommit(tab, branch, version))
}

/** Same step, named for the person who is not looking back but behind. */
export const refreshTab = backToLatest

/** Shows the newest version of another branch; undefined = main. A failure is said and changes nothing. */
export async function switchBranch(dataset: string, branch: string | undefined): Promise<void> {
  try {
    const summary = await getApi().call('datasets.summary', {
      dataset,
      ...(branch === undefined ? {} : { ref: { branch } }),
    })
    moveTab(dataset, (tab) => onBranch(tab, branch, summary.version))
    const tab = findTab(dataset)
    if (tab !== undefined) watchTab(tab)
  } catch (error) {
    const { message } = toErrorValue(error)
    showToast({ kind: 'bad', title: `Branch ${branch ?? 'main'} could not be opened`, text: message })
  }
}

export function findTab(dataset: string): DatasetTab | undefined {
  return getWorkspace().tabs.find((tab) => tab.dataset === dataset)
}

/** The tab in front, if any. */
export function activeTab(): DatasetTab | undefined {
  const { active } = getWorkspace()
  return active === null ? undefined : findTab(active)
}

function moveTab(dataset: string, change: (tab: DatasetTab) => DatasetTab): void {
  updateWorkspace((state) => {
    const tabs = mapTab(state.tabs, dataset, change)
    const version = tabs.find((tab) => tab.dataset === dataset)?.version
    return { tabs, inspected: inspectedAfterMove(state.inspected, dataset, version) }
  })
}
