import { type CSSProperties, type KeyboardEvent, type MouseEvent, useMemo, useState } from 'react'
import { type DatasetTab, inspect, travelTo, useNow } from '#renderer/features/workspace/index.ts'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { type TableColumn, TableHeader } from '#renderer/ui/table/table-header.tsx'
import type { VersionEntry } from '#shared/model/version.ts'
import { pairPick, togglePick } from '../state/picks.ts'
import { setPicks, useHistoryView } from '../state/view-store.ts'
import { useRefusal } from '../write/refusal.ts'
import { figureWidths } from './column-widths.ts'
import { VersionLine } from './version-line.tsx'
import { type MenuContext, runVersionKey, versionMenu } from './version-menu.tsx'
import { neighbourVersion, type VersionRow } from './version-rows.ts'
import styles from './version-list.module.css'

export interface VersionListProps {
  readonly tab: DatasetTab
  readonly rows: readonly VersionRow[]
  /** Every version known, newest first. */
  readonly entries: readonly VersionEntry[]
}

const COLUMNS: readonly TableColumn<string>[] = [
  { id: 'version', title: 'Version' },
  { id: 'operation', title: 'Operation' },
  { id: 'sentence', title: 'What happened' },
  { id: 'rows', title: 'Rows', isNumber: true },
  { id: 'rows-delta', title: '± rows', isNumber: true },
  { id: 'fragments-delta', title: '± fragments', isNumber: true },
  { id: 'bytes-delta', title: '± bytes', isNumber: true },
  { id: 'committed', title: 'Committed' },
]

/**
 * Keys besides those that move: Enter shows the dataset at the version; Space picks, Shift+Space pairs with
 * the one on screen; C compares, D opens details, T tags, B branches, R restores; Escape lets the picks go.
 */
export function VersionList({ rows, entries, tab }: VersionListProps) {
  const widths = useMemo(() => figureWidths(entries), [entries])
  const now = useNow()
  const { picks } = useHistoryView(tab)
  const refusal = useRefusal(tab)
  const currentIndex = rows.findIndex((row) => row.kind === 'version' && row.entry.version === tab.version)
  const [focused, setFocused] = useState(Math.max(0, currentIndex))
  const [menu, setMenu] = useState<MenuContext | null>(null)

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
  const handleKey = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (key === 'Enter') choose(focused)
    else if (key === 'Escape' && picks.length > 0) setPicks(tab, [])
    else {
      const context = contextOf(focused)
      return context !== null && runVersionKey(key, shiftKey, context)
    }
    return true
  }
  const handleMenu = (index: number): void => {
    setFocused(index)
    setMenu(contextOf(index))
  }
  return (
    <div className={styles.list}>
      <ListTable
        label="Versions"
        className={styles.table}
        style={widths as CSSProperties}
        header={<TableHeader columns={COLUMNS} />}
        rows={rows}
        rowHeight={26}
        keyOf={(row) => (row.kind === 'version' ? row.entry.version : `until ${row.newest}`)}
        active={focused}
        onMove={setFocused}
        // Travelling by timeline or shortcut brings the version into sight here, too.
        followed={currentIndex}
        onKey={handleKey}
        menu={{ items: menu === null ? [] : versionMenu(menu), onOpen: handleMenu }}
      >
        {(row, place) => (
          <VersionLine
            row={row}
            place={place}
            now={now}
            isCurrent={place.index === currentIndex}
            isPicked={row.kind === 'version' && picks.includes(row.entry.version)}
            onChoose={(event) => handleClick(place.index, event)}
          />
        )}
      </ListTable>
    </div>
  )
}
