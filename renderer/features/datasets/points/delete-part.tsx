import type { Checkpoint } from '#shared/model/checkpoint.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useWork } from '#renderer/ui/use-work.ts'
import styles from '../files/files.module.css'
import type { PointFormProps } from './create-form.tsx'
import { deletePoint } from './point-actions.ts'

/** Asks before a restore point goes with its tags. */
export function DeletePart({ folder, point, onBack, onDone }: PointFormProps & { readonly point: Checkpoint }) {
  const { isWorking, error, run } = useWork()
  const { name } = point
  const remove = (): void =>
    run(async () => {
      onDone({ kind: 'outcomes', verb: 'released', name, outcomes: await deletePoint(folder, name) })
    })
  return (
    <div className={styles.form}>
      <p className={styles.text}>
        The restore point <b>{name}</b> and its tags are removed. The datasets stay as they are; the versions it kept
        may then go with the next cleanup.
      </p>
      {error !== null && <ErrorNotice layout="line" title="The restore point was not deleted" error={error} />}
      <div className={styles.buttons}>
        <Button onClick={onBack}>Back</Button>
        <Button kind="danger" disabled={isWorking} onClick={remove}>
          {isWorking ? 'Deleting…' : 'Delete restore point'}
        </Button>
      </div>
    </div>
  )
}
