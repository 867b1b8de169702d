import { lazy, Suspense } from 'react'
import { useTokensRequest } from '#renderer/features/data/index.ts'

const Dialog = lazy(async () => ({ default: (await import('./tokens-dialog.tsx')).TokensDialog }))

/** The dialog of tokens, when it was asked for. Mounted once in the window; loaded when first needed. */
export function TokensDialogDoor() {
  const request = useTokensRequest()
  if (request === null) return null
  return (
    <Suspense fallback={null}>
      <Dialog key={JSON.stringify(request)} request={request} />
    </Suspense>
  )
}
