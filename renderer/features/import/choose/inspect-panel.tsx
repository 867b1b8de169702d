import { formatCount, formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { ProgressBar, Spinner } from '#renderer/ui/spinner.tsx'
import { cancelWork, inspectAgain, startOver } from '../state/begin.ts'
import type { Stage } from '../state/store.ts'
import styles from './choose.module.css'

/** While the engine looks at the sources, or why it could not. */
export function InspectPanel({ stage }: { readonly stage: Extract<Stage, { readonly kind: 'inspect' }> }) {
  const { sources, looked, error } = stage
  if (error === undefined && looked !== undefined) {
    return (
      <div className={styles.panel}>
        <p role="status" aria-label="Files looked at">
          Looking at what it holds: {formatCount(looked.done)} of {formatNoun(looked.total, 'file')}
        </p>
        <ProgressBar label="Progress of looking" value={looked.done / Math.max(1, looked.total)} />
        <div className={styles.buttons}>
          <Button onClick={cancelWork}>Cancel</Button>
        </div>
      </div>
    )
  }
  if (error === undefined) {
    return (
      <div className={styles.panel}>
        <Spinner label="Looking at what it holds" />
        <div className={styles.buttons}>
          <Button onClick={cancelWork}>Cancel</Button>
        </div>
      </div>
    )
  }
  return (
    <div className={styles.panel}>
      <ErrorNotice
        layout="line"
        title="It could not be looked at"
        error={error}
        onRetry={() => void inspectAgain(sources)}
      />
      <div className={styles.buttons}>
        <Button onClick={startOver}>Choose something else</Button>
      </div>
    </div>
  )
}
