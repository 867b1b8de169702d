import { useWorkspace } from '#renderer/features/workspace/index.ts'
import { PointsDialog } from '../points/points-dialog.tsx'
import { DropDialog, RenameDialog } from './dataset-dialogs.tsx'
import { useFilesRequest } from './requests.ts'
import { TrashDialog } from './trash-dialog.tsx'

/** The dialog about a dataset's folder that was asked for, if any. Mounted once in the window. */
export function FileDialogs() {
  const isOpen = useWorkspace((state) => state.dialog === 'files')
  const request = useFilesRequest()
  if (!isOpen || request === null) return null
  switch (request.kind) {
    case 'rename':
      return <RenameDialog dataset={request.dataset} />
    case 'drop':
      return <DropDialog dataset={request.dataset} />
    case 'trash':
      return <TrashDialog folder={request.folder} />
    case 'points':
      return <PointsDialog folder={request.folder} />
  }
}
