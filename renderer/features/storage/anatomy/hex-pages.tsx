import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatExactBytes } from '#shared/model/format.ts'
import { HexText } from '#renderer/features/inspector/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { useSize } from '#renderer/ui/treemap-size.ts'
import { type StorageTab, useFileBytes } from '../queries.ts'
import styles from './file-pane.module.css'
import { lastPage, PAGE_BYTES, pageRange, parseOffset, rangeText } from './hex-range.ts'

/** Sixteen bytes a line with their ASCII need so many px. */
const WIDE_PX = 520

export interface HexPagesProps {
  readonly tab: StorageTab
  readonly path: string
  /** Bytes of the file. */
  readonly size: number
}

/** The bytes of a file, a page at a time, so that the end of a file of any size is as near as its start. */
export function HexPages({ tab, path, size }: HexPagesProps) {
  const [page, setPage] = useState(0)
  const [jump, setJump] = useState('')
  const place = useRef<HTMLDivElement>(null)
  const { width } = useSize(place)
  const last = lastPage(size)
  const range = pageRange(Math.min(page, last), size)
  const bytes = useFileBytes(tab, path, range)
  const offset = parseOffset(jump, size)
  const handleJump = (event: FormEvent): void => {
    event.preventDefault()
    if (offset !== undefined) setPage(Math.floor(offset / PAGE_BYTES))
  }
  return (
    <div ref={place} className={styles.hex}>
      {last > 0 && (
        <form className={styles.tools} onSubmit={handleJump}>
          <IconButton label="First bytes" disabled={page === 0} onClick={() => setPage(0)}>
            <ChevronFirst aria-hidden />
          </IconButton>
          <IconButton label="Bytes before" disabled={page === 0} onClick={() => setPage(page - 1)}>
            <ChevronLeft aria-hidden />
          </IconButton>
          <IconButton label="Bytes after" disabled={page >= last} onClick={() => setPage(page + 1)}>
            <ChevronRight aria-hidden />
          </IconButton>
          <IconButton label="Last bytes" disabled={page >= last} onClick={() => setPage(last)}>
            <ChevronLast aria-hidden />
          </IconButton>
          <span className={styles.range} role="status">
            {rangeText(range)} of {formatExactBytes(size)}
          </span>
          <TextField
            label="Go to offset"
            placeholder="Offset, 0x1f0, -16"
            mono
            className={styles.jump}
            value={jump}
            invalid={jump.trim() !== '' && offset === undefined}
            onChange={(event) => setJump(event.target.value)}
          />
        </form>
      )}
      {bytes.isError ? (
        <ErrorNotice
          layout="line"
          title="The bytes could not be read"
          error={toErrorValue(bytes.error)}
          onRetry={() => void bytes.refetch()}
        />
      ) : (
        <div className={styles.bytes}>
          {bytes.data !== undefined &&
            (bytes.data.bytes.length === 0 ? (
              <span className={styles.note}>The file is empty.</span>
            ) : (
              <HexText
                bytes={bytes.data.bytes}
                startOffset={bytes.data.start}
                perLine={width < WIDE_PX ? 8 : 16}
                isTall
              />
            ))}
        </div>
      )}
    </div>
  )
}
