import { indexForKey } from '#renderer/ui/table/row-keys.ts'
import { parentIndex } from '#renderer/ui/tree/parent-index.ts'
import type { TreeRow } from './file-tree.ts'

/** What a key does to the tree. */
export type TreeMove =
  | { readonly kind: 'move'; readonly index: number }
  | { readonly kind: 'fold'; readonly path: string; readonly open: boolean }

/** The WAI-ARIA tree keys, with Page keys for long folders; undefined for keys the tree leaves alone. */
export function moveForKey(
  key: string,
  rows: readonly TreeRow[],
  index: number,
  pageRows: number,
): TreeMove | undefined {
  const row = rows[index]
  const last = rows.length - 1
  if (row === undefined) return undefined
  const to = indexForKey(key, index, last, pageRows)
  if (to !== undefined) return { kind: 'move', index: to }
  const move = (target: number): TreeMove => ({ kind: 'move', index: target })
  const isFolder = row.node.kind === 'folder'
  const fold = (open: boolean): TreeMove => ({ kind: 'fold', path: row.node.path, open })
  switch (key) {
    case 'ArrowRight':
      if (!isFolder) return undefined
      return row.isOpen ? move(Math.min(last, index + 1)) : fold(true)
    case 'ArrowLeft':
      return row.isOpen ? fold(false) : move(parentIndex(rows, index))
    case 'Enter':
    case ' ':
      return isFolder ? fold(!row.isOpen) : move(index)
    default:
      return undefined
  }
}
