import { getWorkspace, updateWorkspace } from './store.ts'
import type { DialogId, PanelId, Theme } from './state.ts'
import { omitKey } from './tab-transitions.ts'
import type { Command, InspectorTarget } from './types.ts'

/** Shows something in the inspector of a dataset; null empties it. */
export function inspect(dataset: string, target: InspectorTarget | null): void {
  updateWorkspace((state) => ({
    inspected: target === null ? omitKey(state.inspected, dataset) : { ...state.inspected, [dataset]: target },
  }))
}

/** Brings the Data view to the front and a row into sight. `row` is 0-based in the unfiltered, unsorted view. */
export function requestRow(dataset: string, row: number): void {
  updateWorkspace((state) => ({
    active: dataset,
    tabs: state.tabs.map((tab) => (tab.dataset === dataset ? { ...tab, view: 'data' } : tab)),
    rowRequest: { dataset, row, nonce: (state.rowRequest?.nonce ?? 0) + 1 },
  }))
}

/** Called by the Data view once it has taken the request. */
export function settleRowRequest(nonce: number): void {
  updateWorkspace((state) => (state.rowRequest?.nonce === nonce ? { rowRequest: null } : {}))
}

/** Puts a short fact into the status bar; null takes it away. */
export function setStatus(contributor: string, text: string | null): void {
  updateWorkspace((state) => ({
    status: text === null ? omitKey(state.status, contributor) : { ...state.status, [contributor]: text },
  }))
}

/** Offers commands while a view is mounted; returns the function that takes them back. */
export function offerCommands(contributor: string, commands: readonly Command[]): () => void {
  updateWorkspace((state) => ({ commands: { ...state.commands, [contributor]: commands } }))
  return () => updateWorkspace((state) => ({ commands: omitKey(state.commands, contributor) }))
}

export function setTheme(theme: Theme): void {
  updateWorkspace(() => ({ theme }))
}

export function togglePanel(panel: PanelId): void {
  updateWorkspace((state) => ({ panels: { ...state.panels, [panel]: !state.panels[panel] } }))
}

export function saveLayout(group: string, layout: Readonly<Record<string, number>>): void {
  // Groups whose panels come and go report the rest only; sizes of hidden panels are kept for their return.
  updateWorkspace((state) => ({ layouts: { ...state.layouts, [group]: { ...state.layouts[group], ...layout } } }))
}

export function openDialog(dialog: DialogId): void {
  updateWorkspace(() => ({ dialog }))
}

export function closeDialog(): void {
  if (getWorkspace().dialog !== null) updateWorkspace(() => ({ dialog: null }))
}

/** Shows the doctor for a dataset that may not open. */
export function checkLocation(location: string): void {
  updateWorkspace(() => ({ checking: location, dialog: null }))
}

export function closeCheck(): void {
  updateWorkspace(() => ({ checking: null }))
}

export function dismissRestartNotice(): void {
  updateWorkspace(() => ({ restartNotice: null }))
}
