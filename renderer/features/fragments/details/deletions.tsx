import { useMemo, useRef } from 'react'
import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import type { DeletionVector } from '#shared/model/fragment-details.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import { deletedRuns } from './deletion-bits.ts'
import { DeletionStrip } from './deletion-strip.tsx'
import styles from './deletions.module.css'

const ROW_HEIGHT = 19
/** More runs than this are counted and not listed. */
const MOST_RUNS = 100_000

export interface DeletionsProps {
  readonly deletions: DeletionVector
  /** Physical rows of the fragment. */
  readonly rows: number
}

/** Which rows of a fragment are deleted: drawn, and listed run by run. */
export function Deletions({ deletions, rows }: DeletionsProps) {
  const { bitmap, deletedRows, fileBytes, path, problem, type } = deletions
  return (
    <>
      <p className={styles.file} title={path}>
        {type === 'arrow' ? 'List of rows' : 'Bitmap'}
        {fileBytes !== null && ` · ${formatBytes(fileBytes)}`} · <code>{path}</code>
      </p>
      {problem !== undefined && <ErrorNotice layout="line" error={problem} title="The deletion file cannot be read" />}
      {bitmap !== undefined && rows > 0 && (
        <>
          <DeletionStrip bitmap={bitmap} rows={rows} deletedRows={deletedRows} />
          <Runs bitmap={bitmap} rows={rows} />
        </>
      )}
    </>
  )
}

function Runs({ bitmap, rows }: { readonly bitmap: Uint8Array; readonly rows: number }) {
  const scroller = useRef<HTMLDivElement>(null)
  const { starts, ends, count } = useMemo(() => deletedRuns(bitmap, rows, MOST_RUNS), [bitmap, rows])
  const virtual = useVirtualRows({ count: starts.length, scroller, rowHeight: () => ROW_HEIGHT })
  return (
    <>
      <div
        ref={scroller}
        className={styles.runs}
        role="list"
        tabIndex={0}
        aria-label={`${formatNoun(count, 'run')} of deleted rows`}
      >
        <div className={styles.runsCanvas} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={count}
              className={styles.run}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Run start={starts[index] ?? 0} end={ends[index] ?? 0} />
            </div>
          ))}
        </div>
      </div>
      <p className={styles.said}>
        {formatNoun(count, 'run')}
        {count > starts.length && `, the first ${formatCount(starts.length)} listed`}
      </p>
    </>
  )
}

function Run({ start, end }: { readonly start: number; readonly end: number }) {
  const length = end - start
  return (
    <>
      <span>{length === 1 ? `row ${formatCount(start)}` : `rows ${formatCount(start)} – ${formatCount(end - 1)}`}</span>
      <span className={styles.length}>{formatCount(length)}</span>
    </>
  )
}
