import { activeTab, type Command } from '#renderer/features/workspace/index.ts'
import { openImport } from './state/begin.ts'
import { openFollow } from './streams/streams.ts'

/** Importing, from anywhere. */
export function importCommands(): readonly Command[] {
  const tab = activeTab()
  return [
    { id: 'import.open', title: 'Import…', shortcut: 'Alt+I', group: 'Import', run: () => openImport() },
    {
      id: 'import.into',
      title: 'Import into this dataset…',
      group: 'Import',
      isAvailable: () => tab !== undefined,
      run: () => openImport(tab?.location),
    },
    { id: 'import.follow', title: 'Follow a file…', group: 'Import', run: () => openFollow() },
  ]
}
