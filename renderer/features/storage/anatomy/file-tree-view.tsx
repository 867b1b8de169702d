import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import { chooseFile } from '../sub-views.ts'
import { flattenTree, type FolderNode, foldersOf, type TreeSort } from './file-tree.ts'
import { FileTreeLine } from './file-tree-line.tsx'
import styles from './file-tree.module.css'
import { moveForKey } from './tree-keys.ts'

export interface FileTreeViewProps {
  readonly tab: DatasetTab
  readonly root: FolderNode
  readonly sort: TreeSort
  /** Path of the file whose contents are shown. */
  readonly chosen: string | undefined
  /** True opens every folder, for what matched lies in them. */
  readonly isFiltered: boolean
}

const ROW_HEIGHT = 24
const rowHeight = (): number => ROW_HEIGHT

/** Folders and files with their sizes. Moving onto a file shows it. */
export function FileTreeView({ tab, root, sort, chosen, isFiltered }: FileTreeViewProps) {
  // What differs from how a folder is by itself: closed, or open while filtering.
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(() => openedFor(chosen))
  const [revealed, setRevealed] = useState(chosen)
  const [focusedPath, setFocusedPath] = useState(chosen ?? '')
  const scroller = useRef<HTMLDivElement>(null)
  if (revealed !== chosen) {
    setRevealed(chosen)
    if (chosen !== undefined && chosen !== focusedPath) {
      setOpened((before) => new Map([...before, ...openedFor(chosen)]))
      setFocusedPath(chosen)
    }
  }
  const rows = useMemo(
    () => flattenTree(root, (path) => opened.get(path) ?? (isFiltered || path === ''), sort),
    [root, opened, isFiltered, sort],
  )
  const focused = Math.max(
    0,
    rows.findIndex(({ node }) => node.path === focusedPath),
  )
  const virtual = useVirtualRows({ count: rows.length, scroller, rowHeight })
  useEffect(() => {
    virtual.scrollToIndex(focused)
  }, [virtual, focused])

  const fold = (path: string, open: boolean): void => setOpened((before) => new Map(before).set(path, open))
  const focus = (index: number): void => {
    const node = rows[index]?.node
    if (node === undefined) return
    setFocusedPath(node.path)
    if (node.kind === 'file') chooseFile(tab.dataset, node.path)
  }
  const handleKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
    const move = moveForKey(event.key, rows, focused, page)
    if (move === undefined) return
    event.preventDefault()
    if (move.kind === 'move') focus(move.index)
    else fold(move.path, move.open)
  }
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Files of the dataset"
      tabIndex={0}
      aria-activedescendant={`storage-node-${focused}`}
      className={styles.tree}
      onKeyDown={handleKey}
    >
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <FileTreeLine
              key={row.node.path}
              row={row}
              index={index}
              top={start}
              isChosen={row.node.kind === 'file' && row.node.path === chosen}
              isFocused={index === focused}
              onAct={() => {
                focus(index)
                if (row.node.kind === 'folder') fold(row.node.path, !row.isOpen)
              }}
            />
          )
        })}
      </div>
    </div>
  )
}

function openedFor(path: string | undefined): ReadonlyMap<string, boolean> {
  return new Map((path === undefined ? [''] : foldersOf(path)).map((folder) => [folder, true]))
}
