import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { getApi } from './host.ts'
import { baseName, withFailure, withRoot } from './location-transitions.ts'
import { withoutRecent, withRecent } from './recents-log.ts'
import { getWorkspace, updateWorkspace } from './store.ts'
import { type TabStart, toTab, withTab } from './tab-transitions.ts'
import type { DatasetTab } from './types.ts'
import { watchTab } from './watch.ts'

export type OpenResult =
  | { readonly kind: 'tab'; readonly dataset: string }
  /** A folder with datasets below it; it is a root of the sidebar now. */
  | { readonly kind: 'folder'; readonly location: string }
  | { readonly kind: 'failed'; readonly error: ErrorValue }

export interface OpenOptions {
  readonly start?: TabStart
  /** Opens main at this version, for a dataset whose newest manifest cannot be read. */
  readonly version?: number
  /** False opens in the background. Asked when it is open, if it is a question. */
  readonly activate?: boolean | (() => boolean)
  /** False leaves telling about a failure to the caller. */
  readonly showFailure?: boolean
  /** False leaves the sidebar and the recents as they are (restoring a session). */
  readonly remember?: boolean
}

/** Opens what is at a location: a dataset in a tab, or a folder of datasets in the sidebar. Never throws. */
export async function openLocation(location: string, options: OpenOptions = {}): Promise<OpenResult> {
  const open = getWorkspace().tabs.find((tab) => tab.location === location)
  if (open !== undefined) {
    const { activate = true } = options
    if (takesOver(activate)) updateWorkspace(() => ({ active: open.dataset }))
    if (options.remember !== false) updateWorkspace(() => remembered(open.location, open.name))
    return { kind: 'tab', dataset: open.dataset }
  }
  updateWorkspace((state) => ({
    opening: [...state.opening, location],
    failures: state.failures.filter((failure) => failure.location !== location),
  }))
  try {
    return await openDataset(location, options)
  } catch (thrown) {
    const error = toErrorValue(thrown)
    if (error.code === 'not-a-dataset' && (await hasDatasets(location))) return openFolder(location)
    if (options.showFailure !== false && !isCancelled(thrown)) {
      updateWorkspace((state) => ({ failures: withFailure(state.failures, { location, error }) }))
    }
    return { kind: 'failed', error }
  } finally {
    updateWorkspace((state) => ({ opening: withoutFirst(state.opening, location) }))
  }
}

function takesOver(activate: boolean | (() => boolean)): boolean {
  return typeof activate === 'function' ? activate() : activate
}

export function dismissFailure(location: string): void {
  updateWorkspace((state) => ({ failures: state.failures.filter((failure) => failure.location !== location) }))
}

export function removeRoot(location: string): void {
  updateWorkspace((state) => ({ roots: state.roots.filter((root) => root !== location) }))
}

export function removeRecent(location: string): void {
  updateWorkspace((state) => withoutRecent(state, location, new Date().toISOString()))
}

async function openDataset(location: string, options: OpenOptions): Promise<OpenResult> {
  const { version, start = version === undefined ? undefined : { version }, activate = true, remember = true } = options
  const { dataset, ...summary } = await getApi().call('datasets.open', {
    location,
    ...(version === undefined ? {} : { ref: { version } }),
  })
  const tab = await startTab(dataset, summary, start)
  updateWorkspace((state) => ({
    ...withTab(state, tab, takesOver(activate)),
    ...(remember ? remembered(summary.location, tab.name) : {}),
  }))
  watchTab(tab)
  return { kind: 'tab', dataset }
}

/** A tab saved on a branch counts versions there; when the branch is gone it starts on main. */
async function startTab(dataset: string, summary: DatasetSummary, start: TabStart | undefined): Promise<DatasetTab> {
  if (start?.branch === undefined) return toTab(dataset, summary, start)
  try {
    return toTab(dataset, await getApi().call('datasets.summary', { dataset, ref: { branch: start.branch } }), start)
  } catch {
    return toTab(dataset, summary, start.view === undefined ? {} : { view: start.view })
  }
}

function openFolder(location: string): OpenResult {
  updateWorkspace(() => ({
    ...remembered(location, baseName(location)),
    panels: { ...getWorkspace().panels, sidebar: true },
  }))
  return { kind: 'folder', location }
}

function remembered(location: string, name: string) {
  const { roots, recents } = getWorkspace()
  return {
    roots: withRoot(roots, location),
    recents: withRecent(recents, { location, name, openedAt: new Date().toISOString() }),
  }
}

/** True as soon as one dataset, readable or broken, lies in the folder. */
async function hasDatasets(location: string): Promise<boolean> {
  try {
    for await (const item of getApi().stream('datasets.find', { location })) {
      if (item.kind !== 'end') return true
    }
  } catch {
    // The first failure already says why the location cannot be opened.
  }
  return false
}

function withoutFirst(locations: readonly string[], location: string): readonly string[] {
  const index = locations.indexOf(location)
  return locations.filter((_, position) => position !== index)
}
