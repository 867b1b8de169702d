import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatBytes } from '#shared/model/format.ts'
import styles from '../inspector.module.css'
import { HexText } from './hex-text.tsx'
import { useBytes } from './use-bytes.ts'

const FIRST_BYTES = 4096
const STEP_BYTES = 16 * 1024

/** Bytes in hexadecimal with their ASCII, from the start. */
export function HexView({ cell, size }: { readonly cell: string; readonly size: number }) {
  const { bytes, isComplete, isLoading, error, loadMore, retry } = useBytes(cell, size, FIRST_BYTES, STEP_BYTES)
  if (error !== null) return <ErrorNotice layout="line" error={error} onRetry={retry} />
  return (
    <>
      <HexText bytes={bytes} />
      {!isComplete && (
        <div className={styles.more}>
          <Button kind="link" disabled={isLoading} onClick={loadMore}>
            Show more
          </Button>
          {formatBytes(bytes.length)} of {formatBytes(size)}
        </div>
      )}
    </>
  )
}
