import { activeTab, type Command, showView } from '#renderer/features/workspace/index.ts'
import { refreshStorage } from './queries.ts'
import { showSubView, SUB_VIEW_TITLES, SUB_VIEWS } from './sub-views.ts'

/** The parts of the Storage view, reachable by name. */
export function storageCommands(): readonly Command[] {
  const isAvailable = (): boolean => activeTab() !== undefined
  const onTab = (act: (dataset: string) => void) => () => {
    const tab = activeTab()
    if (tab !== undefined) act(tab.dataset)
  }
  return [
    ...SUB_VIEWS.map((id) => ({
      id: `storage.${id}`,
      title: `Storage: ${SUB_VIEW_TITLES[id]}`,
      group: 'Storage',
      isAvailable,
      run: onTab((dataset) => {
        showSubView(id)
        showView(dataset, 'storage')
      }),
    })),
    {
      id: 'storage.refresh',
      title: 'Storage: read the directory again',
      group: 'Storage',
      isAvailable,
      run: onTab((dataset) => void refreshStorage(dataset)),
    },
  ]
}
