import type { ErrorValue } from '#shared/errors.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'

/** The page could not reach its host at all; reloading is the only way on. */
export function ConnectFailure({ error }: { readonly error: ErrorValue }) {
  return <ErrorNotice title="Tiltyard is not connected" error={error} onRetry={() => location.reload()} />
}
