import { lazy, Suspense } from 'react'
import { useUndoRequest } from '#renderer/features/history/index.ts'

const Dialog = lazy(async () => ({ default: (await import('./undo-dialog.tsx')).UndoDialog }))

/** The dialog of the write that is to be undone, if any. Mounted once in the window; loaded when first needed. */
export function UndoDialogs() {
  const request = useUndoRequest()
  if (request === null) return null
  return (
    <Suspense fallback={null}>
      <Dialog key={JSON.stringify(request)} request={request} />
    </Suspense>
  )
}
