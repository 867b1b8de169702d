import { activeTab, type Command, getWorkspace, showView } from '#renderer/features/workspace/index.ts'
import { showTokens } from '#renderer/features/data/index.ts'
import { findSimilar } from './query/store.ts'

/** Row id of the row in the inspector of the tab in front. */
function inspectedRow(): string | undefined {
  const tab = activeTab()
  const target = tab === undefined ? undefined : getWorkspace().inspected[tab.dataset]
  return target?.kind === 'row' ? target.rowId : undefined
}

export function searchCommands(): readonly Command[] {
  return [
    {
      id: 'search.open',
      title: 'Search this dataset',
      group: 'Search',
      isAvailable: () => activeTab() !== undefined,
      run: () => {
        const tab = activeTab()
        if (tab !== undefined) showView(tab.dataset, 'search')
      },
    },
    {
      id: 'search.tokens',
      title: 'Show tokens of a text…',
      group: 'Search',
      isAvailable: () => activeTab() !== undefined,
      run: () => {
        const tab = activeTab()
        if (tab !== undefined) showTokens({ dataset: tab.dataset })
      },
    },
    {
      id: 'search.similar',
      title: 'Find rows similar to the selected row',
      group: 'Search',
      isAvailable: () => inspectedRow() !== undefined,
      run: () => {
        const [tab, rowId] = [activeTab(), inspectedRow()]
        if (tab !== undefined && rowId !== undefined) findSimilar(tab.dataset, rowId)
      },
    },
  ]
}
