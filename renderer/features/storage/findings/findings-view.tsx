import type { UseQueryResult } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { Finding } from '#shared/model/storage.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { SeverityList } from '#renderer/ui/severity-card.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { FindingCard } from './finding-card.tsx'
import { CHECKED, countPressing, sortFindings } from './findings.ts'
import styles from './findings-view.module.css'

export interface FindingsViewProps {
  readonly tab: DatasetTab
  readonly findings: UseQueryResult<readonly Finding[]>
}

/** What is wrong or wasteful in how the dataset is stored, worst first. */
export function FindingsView({ tab, findings }: FindingsViewProps) {
  const sorted = useMemo(() => sortFindings(findings.data ?? []), [findings.data])
  if (findings.isError) {
    return (
      <ErrorNotice
        title="The dataset could not be checked"
        error={toErrorValue(findings.error)}
        onRetry={() => void findings.refetch()}
      />
    )
  }
  if (findings.data === undefined) return <LoadingState label="Checking how the dataset is stored" />
  if (sorted.length === 0) {
    return (
      <EmptyState icon={<ShieldCheck aria-hidden />} title="Nothing to mend">
        Looked for {CHECKED.join(', ')}, and found none of them.
      </EmptyState>
    )
  }
  const notes = sorted.filter(({ severity }) => severity === 'note').length
  const { sentence } = countPressing(sorted)
  const parts = [...(sentence === '' ? [] : [sentence]), ...(notes > 0 ? [formatNoun(notes, 'note')] : [])]
  return (
    <div className={styles.view}>
      <p className={styles.summary} role="status" aria-label="Findings">
        <b>{parts.join(', ')}</b> from {CHECKED.length} checks
        {tab.branch === undefined ? '' : ` of branch ${tab.branch}`}. Nothing is changed from here: remedies are words,
        the way to where it is done with a forecast, and code to copy.
      </p>
      <SeverityList label="Findings">
        {sorted.map((finding) => (
          <FindingCard key={`${finding.kind} ${finding.title}`} tab={tab} finding={finding} />
        ))}
      </SeverityList>
    </div>
  )
}
