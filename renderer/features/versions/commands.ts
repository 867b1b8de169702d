import { activeTab, type Command, travelTo } from '#renderer/features/workspace/index.ts'
import { getVersionLog } from '#renderer/features/history/index.ts'
import { neighbourVersion } from './list/version-rows.ts'

/** One step through time, from anywhere in the window. */
export function versionCommands(): readonly Command[] {
  return [
    step('older', 'Go to the version before', 'Alt+ArrowLeft'),
    step('newer', 'Go to the version after', 'Alt+ArrowRight'),
  ]
}

function step(direction: 'older' | 'newer', title: string, shortcut: string): Command {
  const target = (): { readonly dataset: string; readonly version: number } | undefined => {
    const tab = activeTab()
    if (tab === undefined) return undefined
    const version = neighbourVersion(getVersionLog(tab.dataset, tab.branch).entries, tab.version, direction)
    return version === undefined ? undefined : { dataset: tab.dataset, version }
  }
  return {
    id: `version.${direction}`,
    title,
    shortcut,
    group: 'Versions',
    isAvailable: () => target() !== undefined,
    run: () => {
      const found = target()
      if (found !== undefined) travelTo(found.dataset, found.version)
    },
  }
}
