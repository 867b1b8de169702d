import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { baseName, closeDialog, getApi } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { CreateForm } from './create-form.tsx'
import { DeletePart } from './delete-part.tsx'
import { OutcomePart } from './outcome-part.tsx'
import { PointList } from './point-list.tsx'
import type { PointsPage } from './points.ts'
import { RestorePart } from './restore-part.tsx'

/** The restore points of a folder: made, looked at, restored and deleted. */
export function PointsDialog({ folder }: { readonly folder: string }) {
  const [page, setPage] = useState<PointsPage>({ kind: 'list' })
  // The other pages are steps with a way on and a way back of their own.
  const isList = page.kind === 'list'
  return (
    <Dialog
      isOpen
      size="large"
      onClose={closeDialog}
      title={`Restore points of ${baseName(folder)}`}
      {...(isList ? LIST : {})}
    >
      <Content folder={folder} page={page} onPage={setPage} />
    </Dialog>
  )
}

const LIST = {
  description:
    'A restore point keeps the newest version of every dataset of a folder under one name, so that all of them can be brought back together.',
  actions: <Button onClick={closeDialog}>Close</Button>,
}

interface ContentProps {
  readonly folder: string
  readonly page: PointsPage
  readonly onPage: (page: PointsPage) => void
}

function Content({ folder, page, onPage }: ContentProps) {
  // What is kept changes with every cleanup and commit, also of other programs: asked for anew each time it opens.
  const points = useQuery({
    queryKey: ['checkpoints', folder],
    queryFn: ({ signal }) => getApi().call('checkpoints.list', { folder }, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  const back = (): void => onPage({ kind: 'list' })
  const done = (next: PointsPage): void => {
    onPage(next)
    void points.refetch()
  }
  switch (page.kind) {
    case 'create':
      return <CreateForm folder={folder} onBack={back} onDone={done} />
    case 'restore':
      return <RestorePart folder={folder} point={page.point} onBack={back} onDone={done} />
    case 'delete':
      return <DeletePart folder={folder} point={page.point} onBack={back} onDone={done} />
    case 'outcomes':
      return <OutcomePart name={page.name} verb={page.verb} outcomes={page.outcomes} onBack={back} />
    case 'list':
      if (points.isError) {
        return (
          <ErrorNotice
            title="The restore points could not be read"
            error={toErrorValue(points.error)}
            onRetry={() => void points.refetch()}
          />
        )
      }
      if (points.data === undefined) return <LoadingState label="Reading the restore points" />
      return <PointList points={points.data} onPage={onPage} />
  }
}
