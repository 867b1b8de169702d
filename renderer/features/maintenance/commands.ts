import { activeTab, type Command } from '#renderer/features/workspace/index.ts'
import { OPERATIONS } from './operations.ts'
import { placeRefusal } from './refusal.ts'
import { openOperation } from './store.ts'

/** Every operation from anywhere in the window; each shows its forecast first. */
export function maintenanceCommands(): readonly Command[] {
  const isAvailable = (): boolean => {
    const tab = activeTab()
    return tab !== undefined && placeRefusal(tab) === undefined
  }
  return OPERATIONS.map(({ kind, title }) => ({
    id: `maintenance.${kind}`,
    title: `${title}…`,
    group: 'Maintenance',
    isAvailable,
    run: () => {
      const tab = activeTab()
      if (tab !== undefined) openOperation(tab.dataset, kind)
    },
  }))
}
