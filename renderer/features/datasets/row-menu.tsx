import { copyText } from '#renderer/ui/clipboard.ts'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { checkLocation, openLocation, removeRoot } from '#renderer/features/workspace/index.ts'
import { folderOf } from './files/file-actions.ts'
import { askFiles } from './files/requests.ts'
import { startFind } from './find-store.ts'
import type { TreeRow } from './tree.ts'

/** What can be done with a line of the sidebar. What moves files asks first. */
export function rowMenu(row: TreeRow): readonly MenuItem[] {
  const again: MenuItem = { id: 'refresh', label: 'Search again', run: () => void startFind(row.root) }
  if (row.kind === 'note') return [again]
  const { location } = row
  const open: readonly MenuItem[] =
    row.kind === 'folder'
      ? []
      : [
          { id: 'open', label: 'Open', run: () => void openLocation(location) },
          { id: 'check', label: 'Check it…', run: () => checkLocation(location) },
        ]
  const remove: readonly MenuItem[] = row.isRoot
    ? [
        { kind: 'separator', id: 'line' },
        { id: 'remove', label: 'Remove from this list', note: 'Del', run: () => removeRoot(row.root) },
      ]
    : []
  return [
    ...open,
    { id: 'copy', label: 'Copy path', run: () => void copyText(location, 'Path') },
    again,
    { kind: 'separator', id: 'files' },
    ...(row.kind === 'folder' ? folderItems(location) : datasetItems(location, row.item.name)),
    ...remove,
  ]
}

function folderItems(folder: string): readonly MenuItem[] {
  return [
    { id: 'points', label: 'Restore points…', run: () => askFiles({ kind: 'points', folder }) },
    { id: 'trash', label: 'Trash…', run: () => askFiles({ kind: 'trash', folder }) },
  ]
}

function datasetItems(location: string, name: string): readonly MenuItem[] {
  const dataset = { location, name }
  return [
    { id: 'rename', label: 'Rename…', run: () => askFiles({ kind: 'rename', dataset }) },
    { id: 'drop', label: 'Move to trash…', danger: true, run: () => askFiles({ kind: 'drop', dataset }) },
    {
      id: 'trash',
      label: 'Trash of its folder…',
      run: () => askFiles({ kind: 'trash', folder: folderOf(location) }),
    },
  ]
}
