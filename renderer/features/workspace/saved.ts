import type { SettingValue } from './settings.ts'
import { INITIAL_STATE, type PanelId, type Theme, type WorkspaceState } from './state.ts'
import type { TabStart } from './tab-transitions.ts'

/** What outlives the window. Saved under one key, with a version, and parsed with suspicion when read. */
export interface SavedWorkspace {
  readonly tabs: readonly ({ readonly location: string } & TabStart)[]
  /** Location of the tab in front. */
  readonly active: string | null
  readonly roots: readonly string[]
  readonly theme: Theme
  readonly panels: Readonly<Record<PanelId, boolean>>
  readonly layouts: WorkspaceState['layouts']
}

const FORMAT = 1

/** The part of the state that is kept. */
export function toSaved(state: WorkspaceState): SavedWorkspace {
  return {
    tabs: state.tabs.map((tab) => ({
      location: tab.location,
      view: tab.view,
      ...(tab.branch === undefined ? {} : { branch: tab.branch }),
      ...(tab.timeTravel ? { version: tab.version } : {}),
    })),
    active: state.tabs.find((tab) => tab.dataset === state.active)?.location ?? null,
    roots: state.roots,
    theme: state.theme,
    panels: state.panels,
    layouts: state.layouts,
  }
}

export function formatSaved(saved: SavedWorkspace): SettingValue {
  return JSON.parse(JSON.stringify({ format: FORMAT, ...saved })) as SettingValue
}

/** Reads what {@link formatSaved} wrote; null when there is nothing usable (first start). Bad parts fall back alone. */
export function parseSaved(value: unknown): SavedWorkspace | null {
  if (!isRecord(value) || value['format'] !== FORMAT) return null
  return {
    tabs: list(value['tabs']).flatMap(parseTab),
    active: text(value['active']) ?? null,
    roots: list(value['roots']).flatMap((root) => text(root) ?? []),
    theme: value['theme'] === 'dark' || value['theme'] === 'light' ? value['theme'] : 'system',
    panels: parsePanels(value['panels']),
    layouts: parseLayouts(value['layouts']),
  }
}

function parseTab(value: unknown): readonly ({ readonly location: string } & TabStart)[] {
  if (!isRecord(value)) return []
  const location = text(value['location'])
  if (location === undefined) return []
  const view = text(value['view'])
  const branch = text(value['branch'])
  const version = value['version']
  return [
    {
      location,
      ...(view === undefined ? {} : { view }),
      ...(branch === undefined ? {} : { branch }),
      ...(Number.isSafeInteger(version) && (version as number) > 0 ? { version: version as number } : {}),
    },
  ]
}

function parsePanels(value: unknown): Readonly<Record<PanelId, boolean>> {
  const shown = (panel: PanelId): boolean => {
    const saved = isRecord(value) ? value[panel] : undefined
    return typeof saved === 'boolean' ? saved : INITIAL_STATE.panels[panel]
  }
  return { sidebar: shown('sidebar'), inspector: shown('inspector'), timeline: shown('timeline') }
}

function parseLayouts(value: unknown): WorkspaceState['layouts'] {
  if (!isRecord(value)) return {}
  const groups = Object.entries(value).filter(
    (entry): entry is [string, Record<string, number>] =>
      isRecord(entry[1]) &&
      Object.values(entry[1]).every((size) => typeof size === 'number' && size >= 0 && size <= 100),
  )
  return Object.fromEntries(groups)
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
