import { indexForKey } from '#renderer/ui/table/row-keys.ts'
import { parentIndex } from '#renderer/ui/tree/parent-index.ts'
import type { TreeRow } from './tree.ts'

/** What a key does to the tree. */
export type TreeMove =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'toggle'; readonly id: string }
  | { readonly kind: 'open'; readonly row: TreeRow }
  | { readonly kind: 'remove'; readonly root: string }

/**
 * Keys of the sidebar: arrows move, Right opens or enters a folder, Left closes it or goes to its parent,
 * Home and End, Page keys, Enter opens, Delete removes a root from the list. Undefined for other keys.
 */
export function moveForKey(
  key: string,
  rows: readonly TreeRow[],
  index: number,
  pageRows: number,
): TreeMove | undefined {
  const row = rows[index]
  const last = rows.length - 1
  if (last < 0) return undefined
  const to = indexForKey(key, index, last, pageRows)
  if (to !== undefined) return { kind: 'focus', index: to }
  const focus = (target: number): TreeMove => ({ kind: 'focus', index: target })
  switch (key) {
    case 'ArrowRight':
      if (row?.kind !== 'folder') return undefined
      return row.isExpanded ? focus(Math.min(last, index + 1)) : { kind: 'toggle', id: row.id }
    case 'ArrowLeft':
      if (row?.kind === 'folder' && row.isExpanded) return { kind: 'toggle', id: row.id }
      return focus(parentIndex(rows, index))
    case 'Enter':
    case ' ':
      if (row === undefined || row.kind === 'note') return undefined
      return row.kind === 'folder' ? { kind: 'toggle', id: row.id } : { kind: 'open', row }
    case 'Delete':
      return row !== undefined && row.kind !== 'note' && row.isRoot ? { kind: 'remove', root: row.root } : undefined
    default:
      return undefined
  }
}
