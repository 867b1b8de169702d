import { requestEmbed } from '#renderer/features/data/index.ts'
import { activeTab, type Command } from '#renderer/features/workspace/index.ts'
import { placeRefusal } from './refusal.ts'

/** Embedding from anywhere in the window. */
export function embedCommands(): readonly Command[] {
  return [
    {
      id: 'embed.column',
      title: 'Embed a text column…',
      group: 'Data',
      isAvailable: () => {
        const tab = activeTab()
        return tab !== undefined && placeRefusal(tab) === undefined
      },
      run: () => {
        const tab = activeTab()
        if (tab !== undefined) requestEmbed({ kind: 'embed', dataset: tab.dataset })
      },
    },
  ]
}
