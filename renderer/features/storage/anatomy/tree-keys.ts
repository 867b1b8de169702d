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
  const move = (to: number): TreeMove => ({ kind: 'move', index: Math.min(last, Math.max(0, to)) })
  const isFolder = row.node.kind === 'folder'
  const fold = (open: boolean): TreeMove => ({ kind: 'fold', path: row.node.path, open })
  switch (key) {
    case 'ArrowDown':
      return move(index + 1)
    case 'ArrowUp':
      return move(index - 1)
    case 'PageDown':
      return move(index + pageRows)
    case 'PageUp':
      return move(index - pageRows)
    case 'Home':
      return move(0)
    case 'End':
      return move(last)
    case 'ArrowRight':
      if (!isFolder) return undefined
      return row.isOpen ? move(index + 1) : fold(true)
    case 'ArrowLeft':
      return row.isOpen ? fold(false) : move(parentIndex(rows, index))
    case 'Enter':
    case ' ':
      return isFolder ? fold(!row.isOpen) : move(index)
    default:
      return undefined
  }
}

function parentIndex(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 1
  return Math.max(
    0,
    rows.findLastIndex((row, at) => at < index && row.level < level),
  )
}
