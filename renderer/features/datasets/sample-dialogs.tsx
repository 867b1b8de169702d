import { closeDialog, useWorkspace } from '#renderer/features/workspace/index.ts'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx'
import { rebuildSample, removeSample } from './sample-actions.ts'

/** Asks before the bundled sample is replaced or deleted. */
export function SampleDialogs() {
  const dialog = useWorkspace((state) => state.dialog)
  return (
    <>
      <ConfirmDialog
        isOpen={dialog === 'rebuild-sample'}
        title="Rebuild the sample dataset?"
        confirmLabel="Rebuild"
        onClose={closeDialog}
        onConfirm={() => void rebuildSample()}
      >
        The sample in Tiltyard’s own folder is replaced by a fresh one. Your datasets are not touched.
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={dialog === 'remove-sample'}
        title="Remove the sample dataset?"
        confirmLabel="Remove"
        danger
        onClose={closeDialog}
        onConfirm={() => void removeSample()}
      >
        The sample is deleted from Tiltyard’s own folder. It can be built again at any time. Your datasets are not
        touched.
      </ConfirmDialog>
    </>
  )
}
