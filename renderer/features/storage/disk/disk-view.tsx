import type { UseQueryResult } from '@tanstack/react-query'
import { HardDrive } from 'lucide-react'
import { useMemo } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { StorageUsage } from '#shared/model/storage.ts'
import { type DatasetTab, SplitPane } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { Treemap } from '#renderer/ui/treemap.tsx'
import type { FileLog } from '../file-log.ts'
import { refreshStorage } from '../queries.ts'
import { chooseClass, type ClassChoice, isSameClass, showFile, useClassChoice } from '../sub-views.ts'
import { ClassTable } from './class-table.tsx'
import { FileList } from './file-list.tsx'
import { Headline } from './headline.tsx'
import styles from './disk-view.module.css'
import { UnreadableNotice } from './unreadable-notice.tsx'
import { countManifests, tileOfClass, tileTarget, usageTiles } from './usage.ts'

export interface DiskViewProps {
  readonly tab: DatasetTab
  readonly usage: UseQueryResult<StorageUsage>
  readonly log: FileLog
}

/** Every byte of the directory in exactly one class, as a picture, a table and a list of files. */
export function DiskView({ tab, usage, log }: DiskViewProps) {
  const { data } = usage
  const retry = (): void => void refreshStorage(tab.dataset)
  if (usage.isError) {
    return <ErrorNotice title="The directory could not be measured" error={toErrorValue(usage.error)} onRetry={retry} />
  }
  if (data === undefined) {
    const sofar = log.count === 0 ? '' : `, ${formatNoun(log.count, 'file')} so far`
    return <LoadingState label={`Reading the directory${sofar}`} />
  }
  if (data.totalFiles === 0) {
    return (
      <EmptyState icon={<HardDrive aria-hidden />} title="No files">
        The directory of {tab.name} is empty.
      </EmptyState>
    )
  }
  return <Measured tab={tab} usage={data} log={log} />
}

function Measured({ tab, usage, log }: Pick<DiskViewProps, 'tab' | 'log'> & { readonly usage: StorageUsage }) {
  const choice = useClassChoice(tab.dataset)
  // Thousands of files are laid out once, when all are known.
  const files = log.status === 'done' ? log.files : null
  const manifests = useMemo(() => (files === null ? null : countManifests(files)), [files])
  const tiles = useMemo(() => usageTiles(usage, files), [usage, files])
  const choose = (next: ClassChoice): void => chooseClass(tab.dataset, isSameClass(next, choice) ? undefined : next)
  const handleTile = (id: string): void => {
    const target = tileTarget(id, usage.classes)
    if (target?.kind === 'file') showFile(tab.dataset, target.path)
    else if (target !== undefined) choose(target.choice)
  }
  return (
    <div className={styles.view}>
      <Headline usage={usage} manifests={manifests} />
      {usage.unreadable.length > 0 && <UnreadableNotice unreadable={usage.unreadable} />}
      <SplitPane
        id="storage-disk"
        orientation="vertical"
        label="Height of the file list"
        first={
          <SplitPane
            id="storage-classes"
            orientation="horizontal"
            label="Width of the classes"
            first={
              <Treemap
                label="Disk usage by class and file"
                nodes={tiles}
                caption="Areas are bytes. A class filters the list below, a file is taken apart."
                selected={choice === undefined ? undefined : tileOfClass(choice)}
                onSelect={handleTile}
              />
            }
            second={<ClassTable usage={usage} choice={choice} onChoose={choose} />}
            secondSize={48}
          />
        }
        second={<FileList tab={tab} log={log} choice={choice} totalBytes={usage.totalBytes} />}
        secondSize={40}
      />
    </div>
  )
}
