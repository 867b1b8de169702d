import { type CSSProperties, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type DatasetTab, inspect, travelTo, useNow } from '#renderer/features/workspace/index.ts'
import { ContextMenu } from '#renderer/ui/menu.tsx'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { pairPick, togglePick } from '../state/picks.ts'
import { setPicks, useHistoryView } from '../state/view-store.ts'
import { useRefusal } from '../write/refusal.ts'
import { figureWidths } from './column-widths.ts'
import { VersionHeader, VersionLine } from './version-line.tsx'
import { type MenuContext, runVersionKey, versionMenu } from './version-menu.tsx'
import { neighbourVersion, type VersionRow } from './version-rows.ts'
import styles from './version-list.module.css'

export interface VersionListProps {
  readonly tab: DatasetTab
  readonly rows: readonly VersionRow[]
  /** Every version known, newest first. */
  readonly entries: readonly VersionEntry[]
}

const ROW_HEIGHT = 26
const rowHeight = (): number => ROW_HEIGHT

/**
 * Keys: arrows, Page keys, Home and End move; Enter shows the dataset at the version; Space picks, Shift+Space pairs with
 * the one on screen; C compares, D opens details, T tags, B branches, R restores; Escape lets the picks go.
 */
export function VersionList({ rows, entries, tab }: VersionListProps) {
  const widths = useMemo(() => figureWidths(entries), [entries])
  const now = useNow()
  const { picks } = useHistoryView(tab)
  const refusal = useRefusal(tab)
  const scroller = useRef<HTMLDivElement>(null)
  const currentIndex = rows.findIndex((row) => row.kind === 'version' && row.entry.version === tab.version)
  const [focused, setFocused] = useState(Math.max(0, currentIndex))
  const [menu, setMenu] = useState<MenuContext | null>(null)
  const virtual = useVirtualRows({ count: rows.length, scroller, rowHeight })
  useEffect(() => {
    // Travelling by timeline or shortcut brings the version into sight here, too.
    if (currentIndex >= 0) virtual.scrollToIndex(currentIndex)
  }, [virtual, currentIndex])

  const contextOf = (index: number): MenuContext | null => {
    const row = rows[index]
    if (row?.kind !== 'version') return null
    const { entry } = row
    const newest = entries[0]?.version ?? entry.version
    return { tab, entry, previous: neighbourVersion(entries, entry.version, 'older'), newest, refusal }
  }
  const choose = (index: number): void => {
    const row = rows[index]
    if (row?.kind !== 'version') return
    inspect(tab.dataset, { kind: 'version', version: row.entry.version })
    travelTo(tab.dataset, row.entry.version)
  }
  const handleClick = (index: number, event: MouseEvent): void => {
    setFocused(index)
    const row = rows[index]
    if (row?.kind !== 'version') return
    const { version } = row.entry
    if (event.shiftKey) setPicks(tab, pairPick(picks, version, tab.version))
    else if (event.ctrlKey || event.metaKey) setPicks(tab, togglePick(picks, version))
    else choose(index)
  }
  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const context = contextOf(focused)
    if (event.key === 'Enter') choose(focused)
    else if (event.key === 'Escape' && picks.length > 0) setPicks(tab, [])
    else if (context === null || !runVersionKey(event.key, event.shiftKey, context)) {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
      const next = indexForKey(event.key, focused, rows.length - 1, page)
      if (next === undefined) return
      setFocused(next)
      virtual.scrollToIndex(next)
    }
    event.preventDefault()
  }
  const handleMenu = (event: Event): void => {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
    const index = line === null ? focused : Number(line.dataset['index'])
    setFocused(index)
    setMenu(contextOf(index))
  }
  return (
    <div
      className={styles.table}
      role="grid"
      aria-label="Versions"
      aria-rowcount={rows.length + 1}
      style={widths as CSSProperties}
    >
      <VersionHeader />
      <ContextMenu items={menu === null ? [] : versionMenu(menu)} onOpen={handleMenu}>
        <div
          ref={scroller}
          role="rowgroup"
          tabIndex={0}
          className={styles.scroller}
          aria-activedescendant={`version-row-${focused}`}
          onKeyDown={handleKey}
        >
          <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index]
              if (row === undefined) return null
              return (
                <VersionLine
                  key={index}
                  row={row}
                  index={index}
                  top={start}
                  now={now}
                  isCurrent={index === currentIndex}
                  isFocused={index === focused}
                  isPicked={row.kind === 'version' && picks.includes(row.entry.version)}
                  onChoose={(event) => handleClick(index, event)}
                />
              )
            })}
          </div>
        </div>
      </ContextMenu>
    </div>
  )
}

/** Where a key leads in a list of rows 0 to `last`; undefined for other keys. */
function indexForKey(key: string, index: number, last: number, page: number): number | undefined {
  const clamp = (to: number): number => Math.min(last, Math.max(0, to))
  switch (key) {
    case 'ArrowDown':
      return clamp(index + 1)
    case 'ArrowUp':
      return clamp(index - 1)
    case 'PageDown':
      return clamp(index + page)
    case 'PageUp':
      return clamp(index - page)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
