import { lazy, Suspense } from 'react'
import { useWorkspace } from '#renderer/features/workspace/index.ts'

const Dialog = lazy(async () => ({ default: (await import('./doctor-dialog.tsx')).DoctorDialog }))

/** The doctor of a dataset by its location, if one was asked for. Mounted once in the window; loaded when first needed. */
export function DoctorDialogs() {
  const location = useWorkspace((state) => state.checking)
  if (location === null) return null
  return (
    <Suspense fallback={null}>
      <Dialog key={location} location={location} />
    </Suspense>
  )
}
