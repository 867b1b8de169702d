import { lazy, Suspense } from 'react'
import { useImport } from './state/store.ts'

const Sheet = lazy(async () => ({ default: (await import('./import-sheet.tsx')).ImportSheet }))

/** The import window, while it is open. Mounted once in the window; loaded when first needed. */
export function ImportDialogs() {
  const isOpen = useImport((state) => state.isOpen)
  if (!isOpen) return null
  return (
    <Suspense fallback={null}>
      <Sheet />
    </Suspense>
  )
}
