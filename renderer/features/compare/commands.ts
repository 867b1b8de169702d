import { activeTab, type Command, type DatasetTab, refOf } from '#renderer/features/workspace/index.ts'
import { openCompare } from './compare-store.ts'

/** What the palette can do with two states. */
export function compareCommands(): readonly Command[] {
  return [
    {
      id: 'compare.open',
      title: 'Compare versions…',
      group: 'Versions',
      isAvailable: () => activeTab() !== undefined,
      run: () => {
        const tab = activeTab()
        if (tab !== undefined) compareFrom(tab)
      },
    },
  ]
}

/** Looking back, the version on screen against the newest; else the newest against the one before it. */
function compareFrom(tab: DatasetTab): void {
  const { dataset, version, latestVersion } = tab
  const older = version < latestVersion ? version : Math.max(1, version - 1)
  openCompare(dataset, refOf({ ...tab, version: older }), refOf({ ...tab, version: latestVersion }))
}
