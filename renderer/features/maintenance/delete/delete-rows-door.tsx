import { lazy, Suspense } from 'react'
import { useDeleteRequest } from '#renderer/features/data/index.ts'

const Dialog = lazy(async () => ({ default: (await import('./delete-rows-dialog.tsx')).DeleteRowsDialog }))

/** Asks before rows chosen in the grid are deleted. Mounted once in the window; loaded when first needed. */
export function DeleteRowsDialogs() {
  const request = useDeleteRequest()
  if (request === null) return null
  return (
    <Suspense fallback={null}>
      <Dialog key={request.id} request={request} />
    </Suspense>
  )
}
