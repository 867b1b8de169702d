import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { formatBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import { type DatasetTab, useNow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import { classTitle } from '../class-words.ts'
import type { FileLog } from '../file-log.ts'
import { indexForKey } from '../list-keys.ts'
import { refreshStorage } from '../queries.ts'
import { chooseClass, type ClassChoice, showFile } from '../sub-views.ts'
import { FileLine } from './file-line.tsx'
import styles from './file-list.module.css'
import { type FileColumn, type FileSort, listFiles, nextFileSort } from './usage.ts'

const COLUMNS: readonly { readonly id: FileColumn; readonly title: string; readonly isNumber: boolean }[] = [
  { id: 'path', title: 'File', isNumber: false },
  { id: 'bytes', title: 'Size', isNumber: true },
  { id: 'kind', title: 'What it is', isNumber: false },
  { id: 'class', title: 'Class', isNumber: false },
  { id: 'modified', title: 'Changed', isNumber: false },
]
const ROW_HEIGHT = 24
const rowHeight = (): number => ROW_HEIGHT

export interface FileListProps {
  readonly tab: DatasetTab
  readonly log: FileLog
  readonly choice: ClassChoice | undefined
  readonly totalBytes: number
}

/** The files of the chosen class, or all, largest first. Enter or a double click takes one apart. */
export function FileList({ tab, log, choice, totalBytes }: FileListProps) {
  const [sort, setSort] = useState<FileSort>({ column: 'bytes', descending: true })
  const files = useMemo(() => listFiles(log.files, choice, sort), [log.files, choice, sort])
  const bytes = useMemo(() => files.reduce((sum, file) => sum + file.bytes, 0), [files])
  const [selectedPath, setSelectedPath] = useState<string | undefined>(undefined)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualRows({ count: files.length, scroller, rowHeight })
  const now = useNow()
  const selected = files.findIndex(({ path }) => path === selectedPath)

  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
    const next = indexForKey(event.key, selected, files.length - 1, page)
    if (event.key === 'Enter' && selectedPath !== undefined) showFile(tab.dataset, selectedPath)
    else if (next === undefined) return
    else {
      setSelectedPath(files[next]?.path)
      virtual.scrollToIndex(next)
    }
    event.preventDefault()
  }
  if (log.error !== undefined && files.length === 0) {
    return (
      <ErrorNotice
        title="The files could not be listed"
        error={log.error}
        onRetry={() => void refreshStorage(tab.dataset)}
      />
    )
  }
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <b>{choice === undefined ? 'All files' : classTitle(choice)}</b>
        {choice !== undefined && (
          <IconButton label="Show the files of all classes" onClick={() => chooseClass(tab.dataset, undefined)}>
            <X aria-hidden />
          </IconButton>
        )}
        <span className={styles.count} role="status" aria-label="Files listed">
          {formatNoun(files.length, 'file')}
          {log.status === 'loading' && ' so far'}, {formatBytes(bytes)}, {formatShare(bytes, totalBytes)} of the
          directory
        </span>
        {selectedPath !== undefined && selected >= 0 && (
          <Button kind="link" onClick={() => showFile(tab.dataset, selectedPath)}>
            Take this file apart
          </Button>
        )}
      </div>
      {log.error !== undefined && (
        <ErrorNotice
          layout="line"
          title="The rest of the files could not be listed"
          error={log.error}
          onRetry={() => void refreshStorage(tab.dataset)}
        />
      )}
      <div className={styles.table} role="grid" aria-label="Files" aria-rowcount={files.length + 1}>
        <div role="row" aria-rowindex={1} className={styles.header}>
          {COLUMNS.map(({ id, title, isNumber }) => {
            const isSorted = sort.column === id
            const Arrow = sort.descending ? ArrowDown : ArrowUp
            return (
              <span
                key={id}
                role="columnheader"
                aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  className={cx(styles.headerButton, isNumber && styles.number)}
                  onClick={() => setSort((before) => nextFileSort(before, id))}
                >
                  {title}
                  {isSorted && <Arrow aria-hidden />}
                </button>
              </span>
            )
          })}
        </div>
        <div
          ref={scroller}
          role="rowgroup"
          tabIndex={0}
          aria-label="Files"
          aria-activedescendant={selected < 0 ? undefined : `storage-file-${selected}`}
          className={styles.scroller}
          onKeyDown={handleKey}
        >
          {files.length === 0 && log.status === 'done' && <EmptyState title="No files of this class" />}
          <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
            {virtual.getVirtualItems().map(({ index, start }) => {
              const file = files[index]
              if (file === undefined) return null
              return (
                <FileLine
                  key={file.path}
                  file={file}
                  index={index}
                  top={start}
                  now={now}
                  isSelected={index === selected}
                  onSelect={() => setSelectedPath(file.path)}
                  onOpen={() => showFile(tab.dataset, file.path)}
                />
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}
