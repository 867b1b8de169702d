import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatNoun } from '#shared/model/format.ts'
import { baseName, closeDialog } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import styles from './files.module.css'
import { listTrash } from './trash-folders.ts'
import { TrashLine } from './trash-line.tsx'

/** The datasets in the trash of a folder, to be restored or deleted for good. */
export function TrashDialog({ folder }: { readonly folder: string }) {
  return (
    <Dialog
      isOpen
      size="large"
      onClose={closeDialog}
      title={`Trash of ${baseName(folder)}`}
      description={folder}
      actions={<Button onClick={closeDialog}>Close</Button>}
    >
      <Content folder={folder} />
    </Dialog>
  )
}

function Content({ folder }: { readonly folder: string }) {
  // Other windows and programs move things too: asked for anew each time it opens.
  const trash = useQuery({
    queryKey: ['trash', folder],
    queryFn: ({ signal }) => listTrash(folder, signal),
    staleTime: 0,
    gcTime: 0,
  })
  if (trash.isError) {
    return (
      <ErrorNotice
        title="The trash could not be read"
        error={toErrorValue(trash.error)}
        onRetry={() => void trash.refetch()}
      />
    )
  }
  if (trash.data === undefined) return <LoadingState label="Reading the trash" />
  if (trash.data.length === 0) {
    return (
      <EmptyState icon={<Trash2 aria-hidden />} title="The trash is empty">
        Datasets moved to the trash of this folder are listed here until they are restored or deleted for good.
      </EmptyState>
    )
  }
  const bytes = trash.data.reduce((sum, one) => sum + one.dataset.bytes, 0)
  return (
    <div className={styles.form}>
      <p className={styles.text}>
        {formatNoun(trash.data.length, 'dataset')}, {formatBytes(bytes)}.
      </p>
      <ul className={styles.list} aria-label="Datasets in the trash">
        {trash.data.map(({ folder: from, dataset }) => (
          <TrashLine
            key={`${from}/${dataset.id}`}
            folder={from}
            dataset={dataset}
            onChanged={async () => void (await trash.refetch())}
          />
        ))}
      </ul>
    </div>
  )
}
