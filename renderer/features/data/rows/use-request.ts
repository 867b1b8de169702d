import { useEffect, useState } from 'react'
import type { Api } from '#renderer/bridge/host.ts'
import { useApi } from '#renderer/features/workspace/index.ts'

/**
 * The answer of a small one-off request, undefined until it is there or when it failed. The newest dependencies win and
 * leaving aborts. For answers worth keeping use a query instead.
 */
export function useRequest<Answer>(
  ask: (api: Api, signal: AbortSignal) => Promise<Answer | undefined>,
  dependencies: readonly unknown[],
): Answer | undefined {
  const api = useApi()
  const [answer, setAnswer] = useState<Answer | undefined>(undefined)
  useEffect(() => {
    const controller = new AbortController()
    setAnswer(undefined)
    ask(api, controller.signal).then(
      (value) => controller.signal.aborted || setAnswer(() => value),
      () => undefined,
    )
    return () => controller.abort()
    // The caller names what its request depends on, as with an effect.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, ...dependencies])
  return answer
}
