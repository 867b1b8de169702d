export { syncRecents } from './recents.ts'
export { datasetName, queuePlace } from './dataset-name.ts'
export { getApi, getHost, setHost, useApi, useHost } from './host.ts'
export { useActiveTab, useCommands, useInspectorTarget, useNow, useRowRequest, useStatus, useTab } from './hooks.ts'
export { baseName, contains, parentName } from './location-transitions.ts'
export { dismissFailure, openLocation, removeRecent, removeRoot } from './open.ts'
export { queryClient, refOf, useKnownSummary, useSummary, versionKey } from './queries.ts'
export { openSample, startSession } from './session.ts'
export { readSetting, writeSetting } from './settings.ts'
export { SplitPane } from './split-pane.tsx'
export type { OpenFailure, PanelId, Theme } from './state.ts'
export { getWorkspace, onRecovered, useWorkspace } from './store.ts'
export {
  activateNextTab,
  activateTab,
  activeTab,
  backToLatest,
  closeTab,
  findTab,
  onTabClosed,
  refreshTab,
  showCommit,
  showView,
  switchBranch,
  travelTo,
} from './tab-actions.ts'
export { newVersions } from './tab-transitions.ts'
export type {
  Command,
  DatasetTab,
  Feature,
  InspectorTarget,
  RowAt,
  RowHistoryTarget,
  RowOwner,
  ViewProps,
} from './types.ts'
export {
  checkLocation,
  closeCheck,
  closeDialog,
  dismissRestartNotice,
  inspect,
  openDialog,
  requestRow,
  saveLayout,
  setTheme,
  togglePanel,
} from './window-actions.ts'
