import { FileSearch } from 'lucide-react'
import { useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatExactBytes } from '#shared/model/format.ts'
import type { MetadataTree } from '#shared/model/metadata.ts'
import type { FilePreview, StorageFile } from '#shared/model/storage.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { toTreeValue } from '#renderer/ui/tree/metadata-value.ts'
import { TreeView } from '#renderer/ui/tree/tree-view.tsx'
import { useFilePreview } from '../queries.ts'
import { FileFacts } from './file-facts.tsx'
import styles from './file-pane.module.css'
import { HexPages } from './hex-pages.tsx'
import { RawJson } from './raw-json.tsx'

const FEW_NODES = 4

type Form = 'decoded' | 'json' | 'hex'

export interface FilePaneProps {
  readonly tab: DatasetTab
  readonly path: string | undefined
  /** What is known of the file; undefined while it is not listed yet, or no longer. */
  readonly file: StorageFile | undefined
  /** True once every file is listed. */
  readonly isComplete: boolean
}

/** One file: what it is for, who needs it, and its contents. */
export function FilePane({ tab, path, file, isComplete }: FilePaneProps) {
  if (path === undefined) {
    return (
      <EmptyState icon={<FileSearch aria-hidden />} title="No file chosen">
        Choose a file to see what it is for, which versions need it, and what is in it.
      </EmptyState>
    )
  }
  if (file === undefined && isComplete) {
    return (
      <EmptyState icon={<FileSearch aria-hidden />} title="This file is gone">
        {path} is no longer in the directory.
      </EmptyState>
    )
  }
  return <KnownFile tab={tab} path={path} file={file} />
}

function KnownFile({ tab, path, file }: Omit<FilePaneProps, 'path' | 'isComplete'> & { readonly path: string }) {
  const preview = useFilePreview(tab, path)
  const [wanted, setWanted] = useState<Form>('decoded')
  const { data } = preview
  const isDecoded = data?.decoded !== undefined
  // Until it is known whether the file can be decoded, nothing is shown that might have to give way.
  const form: Form = isDecoded ? wanted : 'hex'
  const isWaiting = data === undefined && !preview.isError
  return (
    <section className={styles.pane} aria-label={`File ${path}`}>
      <FileFacts tab={tab} path={path} file={file} about={data?.about} />
      <div className={styles.bar}>
        <Segmented
          label="Form of the contents"
          options={[
            { id: 'decoded', label: 'Decoded', isDisabled: !isDecoded },
            { id: 'json', label: 'JSON', isDisabled: !isDecoded },
            { id: 'hex', label: 'Hex' },
          ]}
          value={form}
          onChange={setWanted}
        />
        <span className={styles.note}>{data === undefined || isDecoded ? '' : plainNote(data)}</span>
      </div>
      {preview.isError && (
        <ErrorNotice
          layout="line"
          title="The file could not be taken apart"
          error={toErrorValue(preview.error)}
          onRetry={() => void preview.refetch()}
        />
      )}
      {data?.problem !== undefined && (
        <ErrorNotice layout="line" title="The file could not be decoded" error={data.problem} />
      )}
      {isWaiting ? (
        <div className={styles.waiting}>
          <Spinner label="Taking the file apart" />
        </div>
      ) : (
        <Contents tab={tab} path={path} size={data?.bytes ?? file?.bytes ?? 0} preview={data} form={form} />
      )}
    </section>
  )
}

interface ContentsProps {
  readonly tab: DatasetTab
  readonly path: string
  readonly size: number
  readonly preview: FilePreview | undefined
  readonly form: Form
}

function Contents({ tab, path, size, preview, form }: ContentsProps) {
  const { decoded } = preview ?? {}
  if (decoded === undefined || form === 'hex') return <HexPages tab={tab} path={path} size={size} />
  if (form === 'json') return <RawJson tree={decoded} />
  return (
    <div className={styles.tree}>
      <TreeView root={toTreeValue(decoded)} label={`Decoded ${path}`} search="" isTall opened={firstNodes(decoded)} />
    </div>
  )
}

/** A few parts at the top start unfolded: their names alone say too little. */
function firstNodes(tree: MetadataTree): readonly string[] {
  const count = tree === null || typeof tree !== 'object' ? 0 : Object.keys(tree).length
  return count > FEW_NODES ? [] : Array.from({ length: count }, (_, index) => String(index))
}

function plainNote(preview: FilePreview): string {
  return preview.problem === undefined ? `${formatExactBytes(preview.bytes)}, shown as they are` : ''
}
