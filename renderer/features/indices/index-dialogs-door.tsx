import { lazy, Suspense } from 'react'
import { useRequest } from './state/store.ts'

const Dialogs = lazy(async () => ({ default: (await import('./write/index-dialogs.tsx')).IndexDialogs }))

/** The dialog of the step that was asked for, if any. Mounted once in the window; loaded when first needed. */
export function IndexDialogs() {
  const request = useRequest()
  if (request === null) return null
  return (
    <Suspense fallback={null}>
      <Dialogs key={JSON.stringify(request)} request={request} />
    </Suspense>
  )
}
