import type { DatasetSummary } from '#shared/model/dataset.ts'
import { datasetName } from './dataset-name.ts'
import type { WorkspaceState } from './state.ts'
import type { DatasetTab, InspectorTarget } from './types.ts'

/** Pure steps of the open tabs: state in, changed part out. */
type Step = Pick<WorkspaceState, 'tabs' | 'active'>

/** Where a tab starts when it was saved looking at something else than the newest version of main. */
export interface TabStart {
  readonly view?: string
  readonly branch?: string
  /** Present when the person was looking back. */
  readonly version?: number
}

/** The tab of a freshly opened dataset. */
export function toTab(dataset: string, summary: DatasetSummary, start: TabStart = {}): DatasetTab {
  const version = start.version ?? summary.version
  return {
    dataset,
    location: summary.location,
    name: datasetName(summary.location),
    ...(start.branch === undefined ? {} : { branch: start.branch }),
    version,
    latestVersion: summary.latestVersion,
    timeTravel: version !== summary.latestVersion,
    view: start.view ?? 'data',
  }
}

/** Adds a tab at the end, or leaves an open one as it is. */
export function withTab(state: Step, tab: DatasetTab, activate: boolean): Step {
  const isOpen = state.tabs.some((open) => open.dataset === tab.dataset)
  return {
    tabs: isOpen ? state.tabs : [...state.tabs, tab],
    active: activate || state.active === null ? tab.dataset : state.active,
  }
}

/** Removes a tab; the neighbour that takes its place comes to the front. */
export function withoutTab(
  state: Step & Pick<WorkspaceState, 'inspected'>,
  dataset: string,
): Step & Pick<WorkspaceState, 'inspected'> {
  const index = state.tabs.findIndex((tab) => tab.dataset === dataset)
  if (index < 0) return state
  const tabs = state.tabs.filter((tab) => tab.dataset !== dataset)
  const neighbour = tabs[Math.min(index, tabs.length - 1)]
  return {
    tabs,
    active: state.active === dataset ? (neighbour?.dataset ?? null) : state.active,
    inspected: omitKey(state.inspected, dataset),
  }
}

/** The next or previous tab comes to the front, around the ends. */
export function withNextTab(state: Step, step: 1 | -1): Pick<WorkspaceState, 'active'> {
  const index = state.tabs.findIndex((tab) => tab.dataset === state.active)
  const next = state.tabs[(index + step + state.tabs.length) % state.tabs.length]
  return { active: next?.dataset ?? null }
}

/** Changes one tab; unknown handles change nothing. */
export function mapTab(
  tabs: readonly DatasetTab[],
  dataset: string,
  change: (tab: DatasetTab) => DatasetTab,
): readonly DatasetTab[] {
  return tabs.map((tab) => (tab.dataset === dataset ? change(tab) : tab))
}

/** The tab at another version; the newest one is not time travel. */
export function travelled(tab: DatasetTab, version: number): DatasetTab {
  return { ...tab, version, timeTravel: version !== tab.latestVersion }
}

/** The tab on another branch, at that branch's newest version. Undefined = main. */
export function onBranch(tab: DatasetTab, branch: string | undefined, latestVersion: number): DatasetTab {
  const { branch: _previous, ...rest } = tab
  return {
    ...rest,
    ...(branch === undefined ? {} : { branch }),
    version: latestVersion,
    latestVersion,
    timeTravel: false,
  }
}

/** Notes that a newer version exists; the tab stays on the version it shows. */
export function withLatest(tab: DatasetTab, branch: string | undefined, latestVersion: number): DatasetTab {
  return tab.branch === branch && tab.latestVersion !== latestVersion ? { ...tab, latestVersion } : tab
}

/** The tab at a version that was just committed to its branch: the newest one, as far as is known. */
export function atCommit(tab: DatasetTab, branch: string | undefined, version: number): DatasetTab {
  if (tab.branch !== branch) return tab
  const latestVersion = Math.max(tab.latestVersion, version)
  return { ...tab, version, latestVersion, timeTravel: version !== latestVersion }
}

/** Commits by others since this tab was opened or refreshed; 0 while looking back on purpose. */
export function newVersions(tab: DatasetTab): number {
  return tab.timeTravel ? 0 : Math.max(0, tab.latestVersion - tab.version)
}

/**
 * What the inspector shows after the tab's version changed: rows and fragments of another version mean nothing here,
 * an inspected version follows.
 */
export function inspectedAfterMove(
  inspected: Readonly<Record<string, InspectorTarget>>,
  dataset: string,
  version: number | undefined,
): Readonly<Record<string, InspectorTarget>> {
  if (inspected[dataset]?.kind !== 'version' || version === undefined) return omitKey(inspected, dataset)
  return { ...inspected, [dataset]: { kind: 'version', version } }
}

/** A record without one key. */
export function omitKey<Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  if (!(key in record)) return record
  const { [key]: _omitted, ...rest } = record
  return rest
}
