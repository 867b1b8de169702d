import type { ErrorValue } from '#shared/errors.ts'
import type { EngineState } from '#renderer/bridge/host.ts'
import type { Command, DatasetTab, InspectorTarget } from './types.ts'

export type Theme = 'system' | 'dark' | 'light'
export type PanelId = 'sidebar' | 'inspector' | 'timeline'
/** Dialogs of the window; at most one is open. */
export type DialogId = 'open' | 'palette' | 'rebuild-sample' | 'remove-sample' | 'history' | 'files'

/** A location opened before. */
export interface Recent {
  readonly location: string
  readonly name: string
  /** RFC 3339. */
  readonly openedAt: string
}

/** A location taken off the recents. */
export interface Forgotten {
  readonly location: string
  /** RFC 3339. */
  readonly forgottenAt: string
}

/** A location that could not be opened; stays on screen until dismissed or opened. */
export interface OpenFailure {
  readonly location: string
  readonly error: ErrorValue
}

/** Asks the Data view to bring a row into sight. `nonce` makes the same request twice two requests. */
export interface RowRequest {
  readonly dataset: string
  /** 0-based row of the unfiltered, unsorted view. */
  readonly row: number
  readonly nonce: number
}

/** Everything the window knows that is not the engine's to know. */
export interface WorkspaceState {
  readonly tabs: readonly DatasetTab[]
  /** Handle of the tab in front; null when none is open. */
  readonly active: string | null
  /** Folders and datasets shown in the sidebar, in the order they were opened. */
  readonly roots: readonly string[]
  readonly recents: readonly Recent[]
  readonly forgotten: readonly Forgotten[]
  /** Locations being opened right now. */
  readonly opening: readonly string[]
  readonly failures: readonly OpenFailure[]
  readonly engine: EngineState
  /** Counts completed recoveries after an engine restart; views that failed meanwhile ask again when it grows. */
  readonly recoveries: number
  /** Why the engine restarted last, until dismissed. */
  readonly restartNotice: string | null
  /** By dataset handle. */
  readonly inspected: Readonly<Record<string, InspectorTarget>>
  readonly rowRequest: RowRequest | null
  /** Short facts for the status bar, by contributor. */
  readonly status: Readonly<Record<string, string>>
  /** Commands of mounted views, by contributor. */
  readonly commands: Readonly<Record<string, readonly Command[]>>
  readonly theme: Theme
  readonly panels: Readonly<Record<PanelId, boolean>>
  /** Panel sizes in percent, by group and panel id. */
  readonly layouts: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly dialog: DialogId | null
  /** Location whose check is in front as a dialog: what does not open has no tab. */
  readonly checking: string | null
}

export const INITIAL_STATE: WorkspaceState = {
  tabs: [],
  active: null,
  roots: [],
  recents: [],
  forgotten: [],
  opening: [],
  failures: [],
  engine: { kind: 'connecting' },
  recoveries: 0,
  restartNotice: null,
  inspected: {},
  rowRequest: null,
  status: {},
  commands: {},
  theme: 'system',
  panels: { sidebar: true, inspector: true, timeline: true },
  layouts: {},
  dialog: null,
  checking: null,
}
