import { RefreshCw, X } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import {
  invalidateHistory,
  reloadVersionLog,
  useVersionLog,
  type VersionLog,
} from '#renderer/features/history/index.ts'
import { type DatasetTab, SplitPane } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { FilterField } from '#renderer/ui/filter-field.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { LoadingState, ProgressBar } from '#renderer/ui/spinner.tsx'
import { BranchMenu } from '../branches/branch-menu.tsx'
import { DetailsPane } from '../details/details-pane.tsx'
import { VersionList } from '../list/version-list.tsx'
import { toVersionRows, type VersionRow } from '../list/version-rows.ts'
import { setStretch, type Stretch, useDetailsOpen, useHistoryView } from '../state/view-store.ts'
import styles from './versions-view.module.css'

export interface VersionsPageProps {
  readonly tab: DatasetTab
  /** Leads to the other pages. */
  readonly pages: ReactNode
  /** What is picked for comparison. */
  readonly picked: ReactNode
}

/** Every version of the branch, newest first. Choosing one shows the whole app at it. */
export function VersionsPage({ tab, pages, picked }: VersionsPageProps) {
  const log = useVersionLog(tab)
  const [filter, setFilter] = useState('')
  const { stretch } = useHistoryView(tab)
  const isComplete = log.status === 'done'
  const rows = useMemo(
    () => toVersionRows(log.entries, { filter, stretch, isComplete, isMain: tab.branch === undefined }),
    [log.entries, filter, stretch, isComplete, tab.branch],
  )
  const isDetailed = useDetailsOpen(tab.dataset)
  const reload = (): void => {
    reloadVersionLog(tab.dataset, tab.branch)
    void invalidateHistory(tab.dataset)
  }
  return (
    <>
      <div className={styles.bar}>
        {pages}
        <FilterField
          label="Filter versions"
          placeholder="Filter by operation, text, tag or number"
          className={styles.filter}
          value={filter}
          onChange={setFilter}
        />
        <BranchMenu tab={tab} />
        {stretch !== null && <StretchChip tab={tab} stretch={stretch} />}
        <span className={styles.count}>{countText(rows, log, filter !== '' || stretch !== null)}</span>
        <IconButton label="Read versions and tags again" onClick={reload}>
          <RefreshCw aria-hidden />
        </IconButton>
      </div>
      {picked}
      {log.status === 'loading' && <ProgressBar label="Reading versions" />}
      {log.error !== undefined && log.entries.length > 0 && (
        <ErrorNotice layout="line" title="Older versions could not be read" error={log.error} onRetry={reload} />
      )}
      <SplitPane
        id="versions"
        orientation="vertical"
        label="Height of version details"
        first={
          <Body
            key={`${filter}/${stretch?.oldest ?? ''}`}
            rows={rows}
            log={log}
            filter={filter}
            tab={tab}
            onRetry={reload}
          />
        }
        second={isDetailed ? <DetailsPane tab={tab} /> : null}
        secondSize={50}
      />
    </>
  )
}

function StretchChip({ tab, stretch }: { readonly tab: DatasetTab; readonly stretch: Stretch }) {
  const { oldest, newest } = stretch
  return (
    <span className={styles.stretch}>
      {oldest === newest ? `v${formatCount(oldest)}` : `v${formatCount(oldest)} – v${formatCount(newest)}`}
      <IconButton label="Show all versions again" onClick={() => setStretch(tab, null)}>
        <X aria-hidden />
      </IconButton>
    </span>
  )
}

function countText(rows: readonly VersionRow[], log: VersionLog, isNarrowed: boolean): string {
  const all = `${formatNoun(log.entries.length, 'version')}${log.status === 'loading' ? ' so far' : ''}`
  if (!isNarrowed) return all
  const found = rows.filter((row) => row.kind === 'version').length
  return `${formatNoun(found, 'match', 'matches')} in ${all}`
}

interface BodyProps extends Pick<VersionsPageProps, 'tab'> {
  readonly rows: readonly VersionRow[]
  readonly log: VersionLog
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
