import { useState } from 'react'
import type { Checkpoint } from '#shared/model/checkpoint.ts'
import { formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useWork } from '#renderer/ui/use-work.ts'
import styles from '../files/files.module.css'
import type { PointFormProps } from './create-form.tsx'
import { MemberTable } from './member-table.tsx'
import { restorePoint } from './point-actions.ts'
import { isRestorable, pathsToSend } from './points.ts'

/** What restoring would do to each dataset; all or chosen ones are restored. */
export function RestorePart({ folder, point, onBack, onDone }: PointFormProps & { readonly point: Checkpoint }) {
  const { name, members } = point
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(members.filter(isRestorable).map(({ path }) => path)),
  )
  const { isWorking, error, run } = useWork()
  const lost = members.filter((member) => !isRestorable(member)).length
  const toggle = (path: string, isOn: boolean): void =>
    setChosen((before) => new Set(isOn ? [...before, path] : [...before].filter((one) => one !== path)))
  const restore = (): void =>
    run(async () => {
      const outcomes = await restorePoint(folder, name, pathsToSend(members, chosen))
      onDone({ kind: 'outcomes', verb: 'restored', name, outcomes })
    })
  return (
    <div className={styles.form}>
      <p className={styles.text}>
        The versions of <b>{name}</b> are committed as the newest of their datasets. What was written since stays in the
        history and can be restored again.
      </p>
      {lost > 0 && (
        <Caution role="note">
          The restore point is not whole any more: {formatNoun(lost, 'dataset')} cannot be brought back. The others can.
        </Caution>
      )}
      <MemberTable members={members} choice={{ chosen, onToggle: toggle }} />
      {error !== null && <ErrorNotice layout="line" title="Nothing was restored" error={error} />}
      <div className={styles.buttons}>
        <Button onClick={onBack}>Back</Button>
        <Button kind="primary" disabled={chosen.size === 0 || isWorking} onClick={restore}>
          {isWorking ? 'Restoring…' : `Restore ${formatNoun(chosen.size, 'dataset')}`}
        </Button>
      </div>
    </div>
  )
}
