import { lazy, Suspense } from 'react'
import type { EmbedderDialogProps } from './embedder-dialog.tsx'

const Dialog = lazy(async () => ({ default: (await import('./embedder-dialog.tsx')).EmbedderDialog }))

/** The list of embedders for other features; loaded when first opened. */
export function EmbedderDialogDoor(props: EmbedderDialogProps) {
  return (
    <Suspense fallback={null}>
      <Dialog {...props} />
    </Suspense>
  )
}
