import { History } from 'lucide-react'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { formatCount } from '#shared/model/format.ts'
import { formatAbsoluteTime, formatRelativeTime } from '#shared/model/time.ts'
import { ask, compareVersions, useRefusal, WriteButton } from '#renderer/features/versions/index.ts'
import { backToLatest, type DatasetTab, useNow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Tip } from '#renderer/ui/tooltip.tsx'
import styles from './banner.module.css'

export interface TravelBannerProps {
  readonly tab: DatasetTab
  readonly summary: DatasetSummary | undefined
}

/** Says that an older version is on screen, how to leave it, and how to make it the newest. */
export function TravelBanner({ tab, summary }: TravelBannerProps) {
  const now = useNow()
  const refusal = useRefusal(tab)
  if (!tab.timeTravel) return null
  const isCurrent = summary?.version === tab.version
  const { dataset, version, latestVersion, branch } = tab
  const at = { version, ...(branch === undefined ? {} : { branch }) }
  return (
    <div className={styles.travel} role="status" aria-label="Looking at an older version">
      <History aria-hidden />
      <span className={styles.text}>
        <b>
          Version {formatCount(tab.version)} of {formatCount(tab.latestVersion)}
        </b>
        {isCurrent && (
          <>
            {' · '}
            <Tip label={formatAbsoluteTime(summary.timestamp)}>
              <span>{formatRelativeTime(summary.timestamp, now)}</span>
            </Tip>
          </>
        )}
        {' · read-only'}
      </span>
      <Button onClick={() => compareVersions(tab, version, latestVersion)}>Compare with latest</Button>
      <WriteButton refusal={refusal} onClick={() => ask({ kind: 'restore', dataset, at })}>
        Restore…
      </WriteButton>
      <Button onClick={() => backToLatest(dataset)}>Back to latest</Button>
    </div>
  )
}
