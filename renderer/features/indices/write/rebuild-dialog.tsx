import { formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { indexTypeOf } from '../create/params.ts'
import styles from './dialogs.module.css'
import type { IndexDialogProps } from './drop-dialog.tsx'
import { useIndexRefusal } from './refusal.ts'
import { rebuildIndex } from './steps.ts'
import { useStep } from './use-step.ts'

/** Asks before an index is built anew in its own place. */
export function RebuildDialog({ tab, index, onClose }: IndexDialogProps) {
  const { name, type, columns, segments, unindexedRows } = index
  const refusal =
    useIndexRefusal(tab) ?? (indexTypeOf(type) === undefined ? `Tiltyard cannot build ${type}.` : undefined)
  const step = useStep(() => rebuildIndex(tab, index), onClose)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Rebuild ${name}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={refusal !== undefined || step.isWorking} onClick={step.run}>
            Rebuild
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.text}>
          {type} on {columns.join(', ')} is trained and built again over every row, with the settings recorded in it.
          Searches use the present index until the new one is committed; {formatNoun(segments.length, 'segment')}{' '}
          {segments.length === 1 ? 'becomes' : 'become'} one
          {unindexedRows !== null && unindexedRows > 0 && `, and ${formatNoun(unindexedRows, 'row')} outside come in`}.
        </p>
        <p className={styles.text}>The old files stay until a cleanup. To change settings, create it with “replace”.</p>
        {refusal !== undefined && <p className={styles.warn}>{refusal}</p>}
        {step.error !== null && (
          <ErrorNotice layout="line" title="The rebuild did not start" error={step.error} onRetry={step.run} />
        )}
      </div>
    </Dialog>
  )
}
