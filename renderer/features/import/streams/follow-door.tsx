import { lazy, Suspense } from 'react'
import { useStreams } from './streams.ts'

const Content = lazy(async () => ({ default: (await import('./follow-dialog.tsx')).FollowDialog }))

/** The window of streams, while it is open; loaded when first needed. */
export function FollowDoor() {
  const isOpen = useStreams((state) => state.isOpen)
  if (!isOpen) return null
  return (
    <Suspense fallback={null}>
      <Content />
    </Suspense>
  )
}
