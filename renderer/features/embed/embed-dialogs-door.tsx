import { lazy, Suspense } from 'react'
import { useEmbedRequest } from '#renderer/features/data/index.ts'

const Dialogs = lazy(async () => ({ default: (await import('./embed-dialogs.tsx')).EmbedDialogs }))

/** The dialog of an embedding, if one was asked for. Mounted once in the window; loaded when first needed. */
export function EmbedDialogs() {
  const request = useEmbedRequest()
  if (request === null) return null
  return (
    <Suspense fallback={null}>
      <Dialogs key={JSON.stringify(request)} request={request} />
    </Suspense>
  )
}
