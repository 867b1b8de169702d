import { X } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { formatBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import { type DatasetTab, useNow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { SortHeader, type TableColumn } from '#renderer/ui/table/table-header.tsx'
import { classTitle } from '../class-words.ts'
import type { FileLog } from '../file-log.ts'
import { refreshStorage } from '../queries.ts'
import { chooseClass, type ClassChoice, showFile } from '../sub-views.ts'
import { FileLine } from './file-line.tsx'
import styles from './file-list.module.css'
import { type FileColumn, type FileSort, listFiles, nextFileSort } from './usage.ts'

const COLUMNS: readonly TableColumn<FileColumn>[] = [
  { id: 'path', title: 'File' },
  { id: 'bytes', title: 'Size', isNumber: true },
  { id: 'kind', title: 'What it is' },
  { id: 'class', title: 'Class' },
  { id: 'modified', title: 'Changed' },
]

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
  const now = useNow()
  const selected = files.findIndex(({ path }) => path === selectedPath)

  const handleKey = (event: KeyboardEvent): boolean => {
    if (event.key !== 'Enter' || selectedPath === undefined) return false
    showFile(tab.dataset, selectedPath)
    return true
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
      <ListTable
        label="Files"
        className={styles.table}
        header={
          <SortHeader
            columns={COLUMNS}
            sort={sort}
            onSort={(column) => setSort((before) => nextFileSort(before, column))}
          />
        }
        rows={files}
        rowHeight={24}
        keyOf={({ path }) => path}
        active={selected}
        onMove={(index) => setSelectedPath(files[index]?.path)}
        onKey={handleKey}
        empty={log.status === 'done' && <EmptyState title="No files of this class" />}
      >
        {(file, place) => (
          <FileLine
            file={file}
            place={place}
            now={now}
            onSelect={() => setSelectedPath(file.path)}
            onOpen={() => showFile(tab.dataset, file.path)}
          />
        )}
      </ListTable>
    </div>
  )
}
