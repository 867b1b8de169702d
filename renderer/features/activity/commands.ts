import { askUndo } from '#renderer/features/history/index.ts'
import { activeTab, type Command } from '#renderer/features/workspace/index.ts'

/** Undo from anywhere. Without a key of its own: Mod+Z belongs to text being typed. */
export function activityCommands(): readonly Command[] {
  const tab = activeTab()
  return [
    {
      id: 'activity.undo-last',
      title: 'Undo last write…',
      group: 'Activity',
      isAvailable: () => tab !== undefined,
      run: () => {
        if (tab !== undefined) askUndo({ dataset: tab.dataset })
      },
    },
  ]
}
