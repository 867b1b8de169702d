import type { CheckpointOutcome } from '#shared/model/checkpoint.ts'
import { formatCount } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import styles from '../files/files.module.css'
import { outcomeText } from './points.ts'

export interface OutcomePartProps {
  readonly name: string
  readonly verb: 'tagged' | 'restored' | 'released'
  readonly outcomes: readonly CheckpointOutcome[]
  readonly onBack: () => void
}

/** What came of it, dataset by dataset. */
export function OutcomePart({ name, verb, outcomes, onBack }: OutcomePartProps) {
  const hasFailed = outcomes.some(({ error }) => error !== undefined)
  return (
    <div className={styles.form}>
      <p className={styles.text} role="status">
        <b>{name}</b>: {outcomeText(outcomes, verb)}
        {verb === 'released' && hasFailed && ' The restore point stays until all of its tags are removed.'}
      </p>
      <ul className={styles.list} aria-label="Outcomes">
        {outcomes.map(({ path, version, error }) => (
          <li key={path} className={styles.item}>
            {error === undefined ? (
              <div className={styles.line}>
                <span className={styles.name}>{path}</span>
                <span className={styles.figure}>
                  {version === undefined ? 'nothing to do' : `${verb} v${formatCount(version)}`}
                </span>
              </div>
            ) : (
              <ErrorNotice layout="line" title={path} error={error} />
            )}
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button kind="primary" onClick={onBack}>
          To the list
        </Button>
      </div>
    </div>
  )
}
