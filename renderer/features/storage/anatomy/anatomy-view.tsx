import { useDeferredValue, useMemo, useState } from 'react'
import { formatNoun } from '#shared/model/format.ts'
import { type DatasetTab, SplitPane } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { FilterField } from '#renderer/ui/filter-field.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import type { FileLog } from '../file-log.ts'
import { refreshStorage } from '../queries.ts'
import { useChosenFile } from '../sub-views.ts'
import styles from './anatomy-view.module.css'
import { FilePane } from './file-pane.tsx'
import { buildTree, type TreeSort } from './file-tree.ts'
import { FileTreeView } from './file-tree-view.tsx'

export interface AnatomyViewProps {
  readonly tab: DatasetTab
  readonly log: FileLog
}

const SORTS = [
  { id: 'bytes', label: 'By size' },
  { id: 'name', label: 'By name' },
] as const

/** The directory as it is, file by file: what each is for, who wrote it, who needs it, and what is in it. */
export function AnatomyView({ tab, log }: AnatomyViewProps) {
  const [filter, setFilter] = useState('')
  const [sort, setSort] = useState<TreeSort>('bytes')
  const wanted = useDeferredValue(filter.trim().toLowerCase())
  const chosen = useChosenFile(tab.dataset)
  const files = useMemo(
    () => (wanted === '' ? log.files : log.files.filter(({ path }) => path.toLowerCase().includes(wanted))),
    [log.files, wanted],
  )
  const root = useMemo(() => buildTree(files, folderName(tab.location)), [files, tab.location])
  const file = useMemo(() => log.files.find(({ path }) => path === chosen), [log.files, chosen])
  const retry = (): void => void refreshStorage(tab.dataset)
  if (log.files.length === 0 && log.error !== undefined) {
    return <ErrorNotice title="The directory could not be read" error={log.error} onRetry={retry} />
  }
  if (log.files.length === 0 && log.status === 'loading') return <LoadingState label="Reading the directory" />
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <FilterField
          label="Filter files"
          placeholder="Filter by path"
          className={styles.filter}
          value={filter}
          onChange={setFilter}
        />
        <Segmented label="Order of files" options={SORTS} value={sort} onChange={setSort} />
        <span className={styles.count} role="status" aria-label="Files shown">
          {wanted === '' ? '' : `${formatNoun(files.length, 'match', 'matches')} in `}
          {formatNoun(log.status === 'loading' ? log.count : log.files.length, 'file')}
          {log.status === 'loading' ? ' so far' : ''}
        </span>
      </div>
      {log.error !== undefined && (
        <ErrorNotice layout="line" title="Not all files could be read" error={log.error} onRetry={retry} />
      )}
      <SplitPane
        id="storage-anatomy"
        orientation="horizontal"
        label="Width of the file's contents"
        first={
          files.length === 0 ? (
            <EmptyState title={wanted === '' ? 'The directory holds no files' : `No file matches “${filter.trim()}”`} />
          ) : (
            <FileTreeView tab={tab} root={root} sort={sort} chosen={chosen} isFiltered={wanted !== ''} />
          )
        }
        second={<FilePane key={chosen} tab={tab} path={chosen} file={file} isComplete={log.status === 'done'} />}
        secondSize={48}
      />
    </div>
  )
}

function folderName(location: string): string {
  return location.split(/[/\\]/).findLast((part) => part !== '') ?? location
}
