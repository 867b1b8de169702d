import { activeTab, type Command } from '#renderer/features/workspace/index.ts'
import { openSearch, SUB_VIEW_TITLES, SUB_VIEWS } from './sub-views.ts'

/** The parts of the Search view, reachable by name. */
export function searchCommands(): readonly Command[] {
  return SUB_VIEWS.map((id) => ({
    id: `search.${id}`,
    title: `Search: ${SUB_VIEW_TITLES[id]}`,
    group: 'Search',
    isAvailable: () => activeTab() !== undefined,
    run: () => {
      const tab = activeTab()
      if (tab !== undefined) openSearch(tab.dataset, id)
    },
  }))
}
