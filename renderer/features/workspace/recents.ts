import { mergeRecents, parseRecents, type RecentsLog } from './recents-log.ts'
import { readSetting, type SettingValue, writeSetting } from './settings.ts'
import { updateWorkspace, workspaceStore } from './store.ts'

/** Under a key of its own: several windows share it, and it is merged, while of the workspace the last writer wins. */
const SETTING = 'recents'

let running: Promise<void> | undefined
let isWanted = false

/** Brings the recents of this window and the saved ones together, both ways. Never throws. */
export function syncRecents(): Promise<void> {
  isWanted = true
  running ??= sync()
  return running
}

/** Saves every change at once, and takes in those of other windows when this one comes to the front. */
export function followRecents(): void {
  workspaceStore.subscribe((state, before) => {
    if (state.recents !== before.recents || state.forgotten !== before.forgotten) void syncRecents()
  })
  globalThis.addEventListener?.('focus', () => void syncRecents())
}

async function sync(): Promise<void> {
  while (isWanted) {
    isWanted = false
    const value = await readSetting(SETTING)
    const saved = parseRecents(value)
    const { recents, forgotten } = workspaceStore.getState()
    const merged = mergeRecents(saved, { recents, forgotten })
    if (!isSame(merged, { recents, forgotten })) updateWorkspace(() => merged)
    if (!isSame(merged, saved)) await writeSetting(SETTING, toSetting(merged))
  }
  // Within the same step as the last look at `isWanted`: a wish that comes now starts a new run.
  running = undefined
}

function isSame(one: RecentsLog, other: RecentsLog): boolean {
  return JSON.stringify(toSetting(one)) === JSON.stringify(toSetting(other))
}

function toSetting({ recents, forgotten }: RecentsLog): SettingValue {
  return {
    recents: recents.map(({ location, name, openedAt }) => ({ location, name, openedAt })),
    forgotten: forgotten.map(({ location, forgottenAt }) => ({ location, forgottenAt })),
  }
}
