import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { ProgressBar, Spinner } from '#renderer/ui/spinner.tsx'
import { cancelWork, startOver } from '../state/begin.ts'
import type { Stage } from '../state/store.ts'
import styles from './choose.module.css'

/** Files on their way from the browser. */
export function UploadPanel({ stage }: { readonly stage: Extract<Stage, { readonly kind: 'upload' }> }) {
  const { progress, found, error } = stage
  if (error !== undefined) {
    return (
      <div className={styles.panel}>
        <ErrorNotice layout="line" title="The files could not be sent" error={error} />
        <div className={styles.buttons}>
          <Button onClick={startOver}>Choose again</Button>
        </div>
      </div>
    )
  }
  if (progress === undefined) {
    return (
      <div className={styles.panel}>
        <Spinner label={found === undefined ? 'Looking at what was dropped' : `Found ${formatNoun(found, 'file')}`} />
        <div className={styles.buttons}>
          <Button onClick={cancelWork}>Cancel</Button>
        </div>
      </div>
    )
  }
  const { bytes, totalBytes, files, totalFiles, current } = progress
  return (
    <div className={styles.panel}>
      <p role="status" aria-label="Upload">
        <b>Sending {formatNoun(totalFiles, 'file')}</b> to the machine Tiltyard runs on: {formatBytes(bytes)} of{' '}
        {formatBytes(totalBytes)} · {formatCount(files)} done
      </p>
      <ProgressBar label="Progress of the upload" {...(totalBytes === 0 ? {} : { value: bytes / totalBytes })} />
      <p className={styles.path}>{current}</p>
      <div className={styles.buttons}>
        <Button onClick={cancelWork}>Cancel</Button>
      </div>
    </div>
  )
}
