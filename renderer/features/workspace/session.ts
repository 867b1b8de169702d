import { showToast } from '#renderer/ui/toasts.ts'
import { toErrorValue } from '#shared/errors.ts'
import { getApi, getHost } from './host.ts'
import { openLocation } from './open.ts'
import { followRecents, syncRecents } from './recents.ts'
import { formatSaved, parseSaved, type SavedWorkspace, toSaved } from './saved.ts'
import { readSetting, writeSetting } from './settings.ts'
import { workspaceStore, updateWorkspace } from './store.ts'
import { watchTab } from './watch.ts'

const SETTING = 'workspace'
/** Stands for the sample among the locations being opened while it is built. */
const SAMPLE = 'the sample dataset'
const SAVE_AFTER_MS = 400

/** Starts the window's workspace: what was open last time, what the host asks to open, and the sample on a first start. */
export async function startSession(): Promise<void> {
  followEngine()
  let isAsked = false
  getHost().onOpenRequest((locations) => {
    for (const location of locations) {
      void openLocation(location).then(({ kind }) => {
        isAsked ||= kind === 'tab'
      })
    }
  })
  const [value] = await Promise.all([readSetting(SETTING), syncRecents()])
  followRecents()
  const saved = parseSaved(value)
  if (saved === null) await openSample()
  else await restore(saved, () => isAsked)
  saveChanges()
}

/** Opens the bundled sample, building it when it is not there. */
export async function openSample(): Promise<void> {
  updateWorkspace((state) => ({ opening: [...state.opening, SAMPLE] }))
  try {
    const { location } = await getApi().call('sample.ensure', {})
    await openLocation(location, { activate: () => workspaceStore.getState().active === null })
  } catch (error) {
    const { message } = toErrorValue(error)
    showToast({ kind: 'bad', title: 'The sample dataset could not be built', text: message })
  } finally {
    updateWorkspace((state) => ({ opening: state.opening.filter((location) => location !== SAMPLE) }))
  }
}

/** `isOther`: another dataset was asked for meanwhile, and stays in front. */
async function restore(saved: SavedWorkspace, isOther: () => boolean): Promise<void> {
  const { roots, theme, panels, layouts } = saved
  // What the host asks to open may be there already.
  updateWorkspace((state) => ({ roots: [...new Set([...roots, ...state.roots])], theme, panels, layouts }))
  // Opened side by side, kept in the saved order: the tab strip must not depend on which disk answers first.
  await Promise.all(
    saved.tabs.map(({ location, ...start }) =>
      openLocation(location, { start, activate: () => location === saved.active && !isOther(), remember: false }),
    ),
  )
  const order = new Map(saved.tabs.map((tab, index) => [tab.location, index]))
  updateWorkspace((state) => ({
    tabs: state.tabs.toSorted((a, b) => (order.get(a.location) ?? Infinity) - (order.get(b.location) ?? Infinity)),
  }))
}

function saveChanges(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = ''
  const save = (): void => {
    const value = formatSaved(toSaved(workspaceStore.getState()))
    const text = JSON.stringify(value)
    if (text === last) return
    last = text
    void writeSetting(SETTING, value)
  }
  workspaceStore.subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_AFTER_MS)
  })
  // A window closed or reloaded in between must not forget the last step.
  globalThis.addEventListener?.('pagehide', save)
}

function followEngine(): void {
  const host = getHost()
  updateWorkspace(() => ({ engine: host.engine() }))
  host.onEngine((engine) => {
    const before = workspaceStore.getState().engine
    updateWorkspace((state) => ({
      engine,
      restartNotice: engine.kind === 'restarting' ? engine.reason : state.restartNotice,
    }))
    if (engine.kind === 'ready' && before.kind !== 'ready') void recover()
  })
}

/** A new engine knows no dataset. Handles stay the same for a location, so views go on where they were. */
async function recover(): Promise<void> {
  const { tabs } = workspaceStore.getState()
  await Promise.allSettled(tabs.map((tab) => getApi().call('datasets.open', { location: tab.location })))
  for (const tab of workspaceStore.getState().tabs) watchTab(tab)
  updateWorkspace((state) => ({ recoveries: state.recoveries + 1 }))
}
