import { activeTab, type Command, showView } from '#renderer/features/workspace/index.ts'
import { choose, type FragmentsPlace } from './choices.ts'

/** The ways to look at fragments, from anywhere in the window. */
export function fragmentCommands(): readonly Command[] {
  return [place('map', 'Fragment map'), place('table', 'Fragment table'), place('columns', 'Bytes of each column')]
}

function place(id: FragmentsPlace, title: string): Command {
  return {
    id: `fragments.${id}`,
    title,
    group: 'Fragments',
    isAvailable: () => activeTab() !== undefined,
    run: () => {
      const tab = activeTab()
      if (tab === undefined) return
      choose({ place: id })
      showView(tab.dataset, 'fragments')
    },
  }
}
