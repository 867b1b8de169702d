import { useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import type { VersionStorage } from '#shared/model/storage.ts'
import { type DatasetTab, SplitPane } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { useVersionStorage } from '../queries.ts'
import { CleanupCard } from './cleanup-card.tsx'
import styles from './cleanup-view.module.css'
import { CompactionCard } from './compaction-card.tsx'
import { CutoffBar } from './cutoff-bar.tsx'
import { useCleanup } from './use-cleanup.ts'
import { VersionSizes } from './version-sizes.tsx'

/** What each version alone costs, and what cleaning up or compacting would do. Does neither. */
export function CleanupView({ tab }: { readonly tab: DatasetTab }) {
  const versions = useVersionStorage(tab)
  if (versions.isError) {
    return (
      <ErrorNotice
        title="The versions could not be measured"
        error={toErrorValue(versions.error)}
        onRetry={() => void versions.refetch()}
      />
    )
  }
  if (versions.data === undefined) return <LoadingState label="Measuring the versions" />
  if (versions.data.length === 0) return <EmptyState title="No versions" />
  return <Measured key={tab.branch ?? ''} tab={tab} versions={versions.data} />
}

function Measured({ tab, versions }: { readonly tab: DatasetTab; readonly versions: readonly VersionStorage[] }) {
  // Fixed while the view is open, or the seven days would creep and ask again and again.
  const [openedAt] = useState(() => Date.now())
  const cleanup = useCleanup(tab, versions, openedAt)
  return (
    <div className={styles.view}>
      <CutoffBar cleanup={cleanup} versions={versions} nowMs={openedAt} />
      <SplitPane
        id="storage-cleanup"
        orientation="horizontal"
        label="Width of the previews"
        first={<VersionSizes cleanup={cleanup} versions={versions} />}
        second={
          <div className={styles.cards}>
            <CleanupCard tab={tab} cleanup={cleanup} />
            <CompactionCard tab={tab} />
          </div>
        }
        secondSize={44}
      />
    </div>
  )
}
