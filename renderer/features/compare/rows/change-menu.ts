import type { MenuItem } from '#renderer/ui/menu-items.ts'
import type { RowChangeKind } from '#shared/model/compare.ts'
import type { ChangeCopyFormat, ChangeCopySide } from './use-change-copy.ts'

export interface ChangeMenuActions {
  inspect(): void
  /** Absent for rows of a dataset the tab does not show. */
  readonly showHistory?: () => void
  copy(format: ChangeCopyFormat, side: ChangeCopySide): void
}

/** Lines for a cell of a differing row. */
export function changeMenu(kind: RowChangeKind, actions: ChangeMenuActions): readonly MenuItem[] {
  return [
    { id: 'inspect', label: 'Open in inspector', shortcut: 'Enter', run: actions.inspect },
    ...(actions.showHistory === undefined
      ? []
      : [{ id: 'history', label: 'History of this row', run: actions.showHistory }]),
    { kind: 'separator', id: 'before-copy' },
    {
      id: 'copy',
      label: kind === 'changed' ? 'Copy the new values' : 'Copy',
      note: 'TSV',
      shortcut: 'Mod+C',
      run: () => actions.copy('tsv', 'now'),
    },
    ...(kind === 'changed'
      ? [{ id: 'copy-before', label: 'Copy the values before', note: 'TSV', run: () => actions.copy('tsv', 'before') }]
      : []),
    { id: 'copy-csv', label: 'Copy as CSV', run: () => actions.copy('csv', 'now') },
    { id: 'copy-json', label: 'Copy as JSON', run: () => actions.copy('json', 'now') },
  ]
}
