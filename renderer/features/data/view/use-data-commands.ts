import { type RefObject, useMemo } from 'react'
import { type Command, useCommands } from '#renderer/features/workspace/index.ts'
import { copyText } from '#renderer/ui/clipboard.ts'
import type { Deletion } from '../delete/use-deletion.ts'
import type { FilterBarHandle } from '../filter/filter-bar.tsx'
import { chooseQuery } from '../rows/query-store.ts'
import { toPython } from '../snippet/python.ts'
import type { ViewQuery } from '../snippet/query.ts'
import { toTypeScript } from '../snippet/typescript.ts'

export interface DataCommandsOptions {
  readonly dataset: string
  readonly snippet: ViewQuery
  readonly deletion: Deletion
  readonly filterBar: RefObject<FilterBarHandle | null>
  readonly jumpBox: RefObject<HTMLInputElement | null>
}

/** What the Data view adds to palette and keys. */
export function useDataCommands({ dataset, snippet, deletion, filterBar, jumpBox }: DataCommandsOptions): void {
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'data.filter',
        title: 'Filter rows',
        shortcut: 'Mod+F',
        group: 'Data',
        run: () => filterBar.current?.focus(),
      },
      { id: 'data.jump', title: 'Go to row', shortcut: 'Mod+G', group: 'Data', run: () => jumpBox.current?.focus() },
      {
        id: 'data.clear',
        title: 'Clear filter and sort',
        group: 'Data',
        run: () => chooseQuery(dataset, { filter: '', sort: [] }),
      },
      {
        id: 'data.python',
        title: 'Copy view as Python',
        group: 'Data',
        run: () => void copyText(toPython(snippet), 'Python'),
      },
      {
        id: 'data.typescript',
        title: 'Copy view as TypeScript',
        group: 'Data',
        run: () => void copyText(toTypeScript(snippet), 'TypeScript'),
      },
      {
        id: 'data.delete',
        title: 'Delete selected rows…',
        group: 'Data',
        isAvailable: () => deletion.refusal === undefined,
        run: deletion.deleteSelected,
      },
      {
        id: 'data.delete-matching',
        title: 'Delete all rows that match the filter…',
        group: 'Data',
        isAvailable: () => deletion.refusal === undefined && deletion.matching !== undefined,
        run: deletion.deleteMatching,
      },
    ],
    [dataset, snippet, deletion, filterBar, jumpBox],
  )
  useCommands(commands)
}
