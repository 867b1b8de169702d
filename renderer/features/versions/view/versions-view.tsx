import { RefreshCw, Search } from 'lucide-react'
import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { formatNoun } from '#shared/model/format.ts'
import { inspect, travelTo, useNow, type ViewProps } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { LoadingState, ProgressBar } from '#renderer/ui/spinner.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import { BranchMenu } from '../refs/branch-menu.tsx'
import { figureWidths } from '../list/column-widths.ts'
import { reloadVersionLog, useVersionLog, type VersionLog } from '#renderer/features/history/index.ts'
import { VersionHeader, VersionLine } from '../list/version-line.tsx'
import { toVersionRows, type VersionRow } from '../list/version-rows.ts'
import styles from './versions-view.module.css'

/** Every version of the branch, newest first. Choosing one shows the whole app at it. */
export function VersionsView({ tab }: ViewProps) {
  const log = useVersionLog(tab)
  const [filter, setFilter] = useState('')
  const isComplete = log.status === 'done'
  const rows = useMemo(
    () => toVersionRows(log.entries, { filter, isComplete, isMain: tab.branch === undefined }),
    [log.entries, filter, isComplete, tab.branch],
  )
  const reload = (): void => reloadVersionLog(tab.dataset, tab.branch)
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <TextField
          label="Filter versions"
          placeholder="Filter by operation, text, tag or number"
          icon={<Search aria-hidden />}
          className={styles.filter}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <BranchMenu tab={tab} />
        <span className={styles.count}>
          {filter === '' ? '' : `${formatNoun(rows.length, 'match', 'matches')} in `}
          {formatNoun(log.entries.length, 'version')}
          {log.status === 'loading' ? ' so far' : ''}
        </span>
        <IconButton label="Read versions and tags again" onClick={reload}>
          <RefreshCw aria-hidden />
        </IconButton>
      </div>
      {log.status === 'loading' && <ProgressBar label="Reading versions" />}
      {log.error !== undefined && log.entries.length > 0 && (
        <ErrorNotice layout="line" title="Older versions could not be read" error={log.error} onRetry={reload} />
      )}
      <Body key={filter} rows={rows} log={log} filter={filter} tab={tab} onRetry={reload} />
    </div>
  )
}

interface BodyProps extends Pick<ViewProps, 'tab'> {
  readonly rows: readonly VersionRow[]
  readonly log: ReturnType<typeof useVersionLog>
  readonly filter: string
  readonly onRetry: () => void
}

function Body({ rows, log, filter, tab, onRetry }: BodyProps) {
  if (rows.length > 0) return <VersionList rows={rows} entries={log.entries} tab={tab} />
  if (log.error !== undefined) {
    return <ErrorNotice title="The versions could not be read" error={log.error} onRetry={onRetry} />
  }
  if (log.status === 'loading') return <LoadingState label="Reading versions" />
  return <EmptyState title={filter === '' ? 'No versions' : `No version matches “${filter}”`} />
}

const ROW_HEIGHT = 26
const rowHeight = (): number => ROW_HEIGHT

function VersionList({ rows, entries, tab }: Pick<BodyProps, 'rows' | 'tab'> & Pick<VersionLog, 'entries'>) {
  const widths = useMemo(() => figureWidths(entries), [entries])
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const currentIndex = rows.findIndex((row) => row.kind === 'version' && row.entry.version === tab.version)
  const [focused, setFocused] = useState(Math.max(0, currentIndex))
  const virtual = useVirtualRows({ count: rows.length, scroller, rowHeight })
  useEffect(() => {
    // Travelling by timeline or shortcut brings the version into sight here, too.
    if (currentIndex >= 0) virtual.scrollToIndex(currentIndex)
  }, [virtual, currentIndex])

  const choose = (index: number): void => {
    const row = rows[index]
    setFocused(index)
    if (row?.kind !== 'version') return
    inspect(tab.dataset, { kind: 'version', version: row.entry.version })
    travelTo(tab.dataset, row.entry.version)
  }
  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter') choose(focused)
    else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
      const next = indexForKey(event.key, focused, rows.length - 1, page)
      if (next === undefined) return
      setFocused(next)
      virtual.scrollToIndex(next)
    }
    event.preventDefault()
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
                onChoose={() => choose(index)}
              />
            )
          })}
        </div>
      </div>
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
