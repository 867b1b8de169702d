import { useMemo } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatBytes } from '#shared/model/format.ts'
import styles from '../inspector.module.css'
import { LongText } from '../text/long-text.tsx'
import { parseJsonValue } from '#renderer/ui/tree/json-value.ts'
import { childCount } from '#renderer/ui/tree/model.ts'
import { TreeView } from '#renderer/ui/tree/tree-view.tsx'
import { useBytes } from './use-bytes.ts'

const FIRST_BYTES = 64 * 1024
const STEP_BYTES = 512 * 1024

export interface TextBytesViewProps {
  readonly cell: string
  readonly size: number
  readonly isJson: boolean
  readonly name: string
}

/** Bytes read as UTF-8 text; whole JSON documents as a tree. */
export function TextBytesView({ cell, size, isJson, name }: TextBytesViewProps) {
  const { bytes, isComplete, isLoading, error, loadMore, retry } = useBytes(cell, size, FIRST_BYTES, STEP_BYTES)
  const text = useMemo(() => new TextDecoder().decode(bytes), [bytes])
  const tree = useMemo(() => (isJson && isComplete ? parseJsonValue(text) : undefined), [isJson, isComplete, text])
  if (error !== null) return <ErrorNotice layout="line" error={error} onRetry={retry} />
  return (
    <>
      {tree !== undefined && childCount(tree) > 0 ? (
        <TreeView root={tree} label={name} search="" />
      ) : (
        <LongText text={text} />
      )}
      {!isComplete && (
        <div className={styles.more}>
          <Button kind="link" disabled={isLoading} onClick={loadMore}>
            Load more
          </Button>
          {formatBytes(bytes.length)} of {formatBytes(size)}
        </div>
      )}
    </>
  )
}
