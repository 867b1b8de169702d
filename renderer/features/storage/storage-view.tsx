import { RefreshCw } from 'lucide-react'
import { cx } from '#renderer/ui/cx.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import frame from '#renderer/ui/view.module.css'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { AnatomyView } from './anatomy/anatomy-view.tsx'
import { CleanupView } from './cleanup/cleanup-view.tsx'
import { DiskView } from './disk/disk-view.tsx'
import { useFileLog } from './file-log.ts'
import { countPressing } from './findings/findings.ts'
import { FindingsView } from './findings/findings-view.tsx'
import { refreshStorage, useFindings, useIsWalking, useUsage } from './queries.ts'
import styles from './storage-view.module.css'
import { showSubView, SUB_VIEW_TITLES, SUB_VIEWS, useSubView } from './sub-views.ts'

/** Where every byte of the dataset's directory is, why, and what would free it. */
export function StorageView({ tab }: ViewProps) {
  const subView = useSubView()
  const log = useFileLog(tab)
  const usage = useUsage(tab)
  const findings = useFindings(tab)
  const pressing = countPressing(findings.data ?? [])
  const isWalking = useIsWalking(tab.dataset)
  const isReading = isWalking || log.status === 'loading' || usage.isFetching || findings.isFetching
  const items = SUB_VIEWS.map((id) => ({
    id,
    label: SUB_VIEW_TITLES[id],
    ...(id === 'findings' && pressing.count > 0
      ? {
          badge: (
            <span className={cx(styles.badge, pressing.hasProblem && styles.problem)} title={pressing.sentence}>
              {pressing.count}
            </span>
          ),
        }
      : {}),
  }))
  return (
    <div className={frame.view}>
      <div className={frame.bar}>
        <Segmented label="Part of the storage view" options={items} value={subView} onChange={showSubView} />
        <span className={styles.about}>
          {tab.timeTravel
            ? `All of this is about the directory as it is now, at version ${tab.latestVersion}, not about version ${tab.version}.`
            : ''}
        </span>
        <IconButton label="Read the directory again" onClick={() => void refreshStorage(tab.dataset)}>
          <RefreshCw aria-hidden />
        </IconButton>
      </div>
      <div className={styles.progress}>{isReading && <ProgressBar label="Reading the directory" />}</div>
      {subView === 'disk' && <DiskView tab={tab} usage={usage} log={log} />}
      {subView === 'anatomy' && <AnatomyView tab={tab} log={log} />}
      {subView === 'cleanup' && <CleanupView tab={tab} />}
      {subView === 'findings' && <FindingsView tab={tab} findings={findings} />}
    </div>
  )
}
