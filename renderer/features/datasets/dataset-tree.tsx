import { FolderOpen, Plus, RefreshCw, Square } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import {
  openDialog,
  openLocation,
  removeRoot,
  useActiveTab,
  useNow,
  useWorkspace,
} from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { ContextMenu } from '#renderer/ui/menu.tsx'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import styles from './dataset-tree.module.css'
import { cancelFind, refreshEntry, startFind, syncFinds, useFinds } from './find-store.ts'
import { rowMenu } from './row-menu.tsx'
import { moveForKey } from './tree-keys.ts'
import { TreeLine } from './tree-line.tsx'
import { flattenTree, type TreeRow } from './tree.ts'

const ROW_HEIGHT = 24
const TALL_ROW_HEIGHT = 38
/** A guess until it is on screen: reasons are shown whole, however many lines they take. */
const BROKEN_ROW_HEIGHT = 84
const PAGE_ROWS = 10

/** The sidebar: every opened location with the datasets found in it. */
export function DatasetTree() {
  const roots = useWorkspace((state) => state.roots)
  const finds = useFinds()
  useEffect(() => syncFinds(roots), [roots])
  useFreshEntries()
  const isSearching = Object.values(finds).some((find) => find.status === 'searching')
  return (
    <section className={styles.pane} aria-label="Datasets">
      <header className={styles.header}>
        <h2 className={styles.title}>Datasets</h2>
        {isSearching ? (
          <IconButton label="Stop searching" onClick={() => roots.forEach(cancelFind)}>
            <Square aria-hidden />
          </IconButton>
        ) : (
          <IconButton
            label="Search all folders again"
            disabled={roots.length === 0}
            onClick={() => roots.forEach((root) => void startFind(root))}
          >
            <RefreshCw aria-hidden />
          </IconButton>
        )}
        <IconButton label="Open a dataset or folder" shortcut="Mod+O" onClick={() => openDialog('open')}>
          <Plus aria-hidden />
        </IconButton>
      </header>
      {roots.length === 0 ? (
        <EmptyState
          icon={<FolderOpen aria-hidden />}
          title="Nothing opened yet"
          actions={<Button onClick={() => openDialog('open')}>Open…</Button>}
        />
      ) : (
        <Tree />
      )}
    </section>
  )
}

function Tree() {
  const roots = useWorkspace((state) => state.roots)
  const finds = useFinds()
  const activeLocation = useActiveTab()?.location
  const now = useNow()
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const [menuRow, setMenuRow] = useState<TreeRow | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => flattenTree(roots, finds, collapsed), [roots, finds, collapsed])
  const focused = Math.max(
    0,
    rows.findIndex((row) => row.id === focusedId),
  )
  const isActive = (row: TreeRow): boolean => row.kind === 'dataset' && row.location === activeLocation
  // Stable while the rows are: a new function makes the list measure all its rows again.
  const rowHeight = useCallback((index: number) => heightOf(rows[index]), [rows])
  const rowKey = useCallback((index: number) => rows[index]?.id ?? index, [rows])
  const virtual = useVirtualRows({ count: rows.length, scroller, rowHeight, rowKey })

  const toggle = (id: string): void => setCollapsed((before) => toggled(before, id))
  const act = (row: TreeRow): void => {
    setFocusedId(row.id)
    if (row.kind === 'folder') toggle(row.id)
    else if (row.kind !== 'note') void openLocation(row.location)
  }
  const handleKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const move = moveForKey(event.key, rows, focused, PAGE_ROWS)
    if (move === undefined) return
    event.preventDefault()
    if (move.kind === 'focus') {
      setFocusedId(rows[move.index]?.id ?? null)
      virtual.scrollToIndex(move.index)
    } else if (move.kind === 'toggle') toggle(move.id)
    else if (move.kind === 'open') act(move.row)
    else removeRoot(move.root)
  }
  return (
    <ContextMenu items={menuRow === null ? [] : rowMenu(menuRow)}>
      <div
        ref={scroller}
        role="tree"
        aria-label="Datasets"
        tabIndex={0}
        aria-activedescendant={rows[focused] === undefined ? undefined : `tree-row-${focused}`}
        className={styles.tree}
        onKeyDown={handleKey}
      >
        <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            return (
              <div
                key={row.id}
                ref={isWrapped(row) ? virtual.measureElement : undefined}
                data-index={index}
                className={styles.slot}
                style={{
                  transform: `translateY(${start}px)`,
                  ...(isWrapped(row) ? {} : { height: heightOf(row) }),
                }}
                role="presentation"
              >
                <TreeLine
                  row={row}
                  id={`tree-row-${index}`}
                  isActive={isActive(row)}
                  isFocused={index === focused}
                  now={now}
                  onAct={() => act(row)}
                  onMenu={() => setMenuRow(row)}
                />
              </div>
            )
          })}
        </div>
      </div>
    </ContextMenu>
  )
}

/** Keeps the lines of open datasets up to date with what the watch of their tabs reports. */
function useFreshEntries(): void {
  const tabs = useWorkspace((state) => state.tabs)
  const seen = useRef(new Map<string, number>())
  useEffect(() => {
    for (const { location, branch, latestVersion } of tabs) {
      const known = seen.current.get(location)
      if (known !== undefined && known !== latestVersion && branch === undefined) void refreshEntry(location)
      seen.current.set(location, latestVersion)
    }
  }, [tabs])
}

/** Rows whose text takes as many lines as it needs. */
function isWrapped(row: TreeRow): boolean {
  return row.kind === 'broken' || row.kind === 'note'
}

function heightOf(row: TreeRow | undefined): number {
  if (row?.kind === 'dataset') return TALL_ROW_HEIGHT
  return row?.kind === 'broken' || (row?.kind === 'note' && row.tone === 'bad') ? BROKEN_ROW_HEIGHT : ROW_HEIGHT
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(id)) next.add(id)
  return next
}
