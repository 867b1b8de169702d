import { closeDialog, useTab, useWorkspace } from '#renderer/features/workspace/index.ts'
import { CreateBranchDialog, DeleteBranchDialog } from './branch-dialogs.tsx'
import { useWriteRequest, type WriteRequest } from './requests.ts'
import { RestoreDialog } from './restore-dialog.tsx'
import { CreateTagDialog, MoveTagDialog } from './tag-dialogs.tsx'

/** The dialog of the write that was asked for, if any. Mounted once in the window. */
export function WriteDialogs() {
  const isOpen = useWorkspace((state) => state.dialog === 'history')
  const request = useWriteRequest()
  return isOpen && request !== null ? <RequestDialog request={request} /> : null
}

function RequestDialog({ request }: { readonly request: WriteRequest }) {
  const tab = useTab(request.dataset)
  if (tab === undefined) return null
  switch (request.kind) {
    case 'create-tag':
      return <CreateTagDialog tab={tab} at={request.at} onClose={closeDialog} />
    case 'move-tag':
      return <MoveTagDialog tab={tab} at={request.at} name={request.name} onClose={closeDialog} />
    case 'create-branch':
      return <CreateBranchDialog tab={tab} from={request.from} onClose={closeDialog} />
    case 'delete-branch':
      return <DeleteBranchDialog tab={tab} name={request.name} onClose={closeDialog} />
    case 'restore':
      return <RestoreDialog tab={tab} at={request.at} onClose={closeDialog} />
  }
}
