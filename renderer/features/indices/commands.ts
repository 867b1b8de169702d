import { activeTab, type Command, type DatasetTab } from '#renderer/features/workspace/index.ts'
import { openIndices, request } from './state/store.ts'
import { placeRefusal } from './write/refusal.ts'

/** Steps on indices, from anywhere in the window. */
export function indexCommands(): readonly Command[] {
  const canWrite = (): boolean => {
    const tab = activeTab()
    return tab !== undefined && placeRefusal(tab) === undefined
  }
  const onTab = (act: (tab: DatasetTab) => void) => () => {
    const tab = activeTab()
    if (tab !== undefined) act(tab)
  }
  return [
    {
      id: 'indices.create',
      title: 'New index…',
      group: 'Indices',
      isAvailable: canWrite,
      run: onTab(({ dataset }) => {
        openIndices(dataset)
        request({ kind: 'create', dataset })
      }),
    },
    {
      id: 'indices.fold-in',
      title: 'Fold in unindexed rows…',
      group: 'Indices',
      isAvailable: canWrite,
      run: onTab(startFoldIn),
    },
  ]
}

/** Asks, over the view in front, whether rows outside the indices of a tab's dataset shall be folded in now. */
export function startFoldIn({ dataset }: Pick<DatasetTab, 'dataset'>): void {
  request({ kind: 'fold-in', dataset })
}
