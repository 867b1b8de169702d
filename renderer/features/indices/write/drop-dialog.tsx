import { formatBytes } from '#shared/model/format.ts'
import type { IndexEntry } from '#shared/model/index-entry.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useWork } from '#renderer/ui/use-work.ts'
import form from '#renderer/ui/form.module.css'
import styles from './dialogs.module.css'
import { useIndexRefusal } from './refusal.ts'
import { dropIndex } from './steps.ts'

export interface IndexDialogProps {
  readonly tab: DatasetTab
  readonly index: IndexEntry
  readonly onClose: () => void
}

/** Asks before an index is taken out: what gets slower, what stays, and the way back. */
export function DropDialog({ tab, index, onClose }: IndexDialogProps) {
  const { name, usedFor, bytes } = index
  const refusal = useIndexRefusal(tab)
  const { isWorking, error, run } = useWork()
  const drop = (): void =>
    run(async () => {
      await dropIndex(tab.dataset, name)
      onClose()
    })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Drop ${name}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" disabled={refusal !== undefined || isWorking} onClick={drop}>
            Drop {name}
          </Button>
        </>
      }
    >
      <div className={form.form}>
        <p className={styles.text}>These read every row afterwards, unless another index answers them:</p>
        <ul className={styles.list}>
          {usedFor.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {usedFor.length === 0 && <li>Tiltyard does not know what uses an index of this type.</li>}
        </ul>
        <p className={styles.text}>
          A new version is written without the index. Its {formatBytes(bytes)} stay on disk until the versions that use
          them are cleaned up, so it can be undone at once: the version before is restored.
        </p>
        {refusal !== undefined && <Caution>{refusal}</Caution>}
        {error !== null && <ErrorNotice layout="line" title="The index was not dropped" error={error} onRetry={drop} />}
      </div>
    </Dialog>
  )
}
