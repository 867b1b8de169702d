import { Table2, X } from 'lucide-react'
import { toErrorValue } from '#shared/errors.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { type DatasetTab, inspect, requestRow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { RewriteButton } from '../marks/rewrite-button.tsx'
import { Deletions } from './deletions.tsx'
import { FileList } from './file-list.tsx'
import styles from './fragment-details.module.css'
import { Provenance } from './provenance.tsx'
import { useFragmentDetails } from './use-fragment-details.ts'

export interface FragmentDetailsProps {
  readonly tab: DatasetTab
  readonly fragment: FragmentEntry
}

/** Everything about one fragment: its files down to the encodings, its deleted rows, where it is used. */
export function FragmentDetails({ tab, fragment }: FragmentDetailsProps) {
  const { id, liveRows, rowStart, physicalRows, deletedRows } = fragment
  const details = useFragmentDetails(tab, id)
  const range =
    liveRows === 0
      ? 'no live rows'
      : `rows ${formatCount(rowStart)} – ${formatCount(rowStart + liveRows - 1)} of the Data view`
  return (
    <section className={styles.details} aria-label={`Fragment ${id}`} aria-busy={details.isPending}>
      <header className={styles.header}>
        <h3 className={styles.title}>Fragment {id}</h3>
        <span className={styles.range}>{range}</span>
        {details.isPending && <Spinner label="Reading its files" />}
        <Button disabled={liveRows === 0} onClick={() => requestRow(tab.dataset, rowStart)}>
          <Table2 aria-hidden />
          Show its rows
        </Button>
        <RewriteButton tab={tab} fragments={[id]}>
          Rewrite…
        </RewriteButton>
        <IconButton label="Close details" onClick={() => inspect(tab.dataset, null)}>
          <X aria-hidden />
        </IconButton>
      </header>
      {details.isError && (
        <ErrorNotice
          layout="line"
          title="Only what the manifest says is shown"
          error={toErrorValue(details.error)}
          onRetry={() => void details.refetch()}
        />
      )}
      <div className={styles.body}>
        <FileList fragment={fragment} details={details.data} />
        <div className={styles.side}>
          <h4 className={styles.heading}>Deleted rows</h4>
          {details.data?.deletions === undefined ? (
            <p className={styles.quiet}>
              {deletedRows === 0 ? 'None.' : `${formatNoun(deletedRows, 'row')} of ${formatCount(physicalRows)}.`}
            </p>
          ) : (
            <Deletions deletions={details.data.deletions} rows={physicalRows} />
          )}
          {details.data !== undefined && <Provenance details={details.data} />}
        </div>
      </div>
    </section>
  )
}
