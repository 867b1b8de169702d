import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import type { IndexEntry } from '#shared/model/index-entry.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { useCompaction } from '../state/queries.ts'
import form from '#renderer/ui/form.module.css'
import styles from './dialogs.module.css'
import { compactionSentence, outsideOf } from './fold-in.ts'
import { useIndexRefusal } from './refusal.ts'
import { foldIn } from './steps.ts'

export interface FoldInDialogProps {
  readonly tab: DatasetTab
  readonly indices: readonly IndexEntry[]
  readonly onClose: () => void
}

/** Asks before rows are folded in: LanceDB's optimize does more than that. */
export function FoldInDialog({ tab, indices, onClose }: FoldInDialogProps) {
  const refusal = useIndexRefusal(tab)
  const outside = outsideOf(indices)
  const start = (): void => {
    foldIn(tab.dataset)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Fold in unindexed rows"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={refusal !== undefined} onClick={start}>
            Fold in
          </Button>
        </>
      }
    >
      <div className={form.form}>
        {outside.length === 0 ? (
          <p className={styles.text}>Every row is in every index already: folding in would only compact.</p>
        ) : (
          <table className={styles.table} aria-label="Rows outside the indices">
            <thead>
              <tr>
                <th scope="col">Index</th>
                <th scope="col">Rows outside</th>
                <th scope="col">Rows covered</th>
              </tr>
            </thead>
            <tbody>
              {outside.map(({ name, unindexedRows, indexedRows }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{formatCount(unindexedRows ?? 0)}</td>
                  <td>{indexedRows === null ? 'not recorded' : formatCount(indexedRows)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <CompactionNote tab={tab} />
        <p className={styles.text}>
          The rows go into the indices there are. A vector index is not trained anew, though LanceDB may join small
          partitions and split large ones; after very much new data a rebuild answers better. It runs as a job that can
          be cancelled.
        </p>
        {refusal !== undefined && <Caution>{refusal}</Caution>}
      </div>
    </Dialog>
  )
}

function CompactionNote({ tab }: { readonly tab: DatasetTab }) {
  const preview = useCompaction(tab)
  if (preview.isError) {
    return (
      <ErrorNotice
        layout="line"
        title="What it would compact could not be worked out"
        error={toErrorValue(preview.error)}
        onRetry={() => void preview.refetch()}
      />
    )
  }
  if (preview.data === undefined) return <Spinner label="Working out what would be compacted" />
  const { tasks, bytesReadAtMost, filesReplaced } = preview.data
  return (
    <Caution role="note">
      {compactionSentence(preview.data)}
      {tasks.length > 0 &&
        ` It reads at most ${formatBytes(bytesReadAtMost)}; ${formatNoun(filesReplaced, 'replaced file')} stay until a cleanup.`}
    </Caution>
  )
}
