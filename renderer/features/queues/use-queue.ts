import { useEffect, useState } from 'react'
import { onRecovered, useApi } from '#renderer/features/workspace/index.ts'
import { AppError, type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { Queue } from '#shared/model/queue.ts'

export type QueueState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'known'; readonly queue: Queue }
  | { readonly kind: 'failed'; readonly error: ErrorValue; readonly retry: () => void }

/** Topics and buckets of a queue as they change. Where only the topic may be read, that topic alone. */
export function useQueue(place: { readonly topic: string; readonly queue: string }): QueueState {
  const api = useApi()
  const { topic, queue } = place
  const [state, setState] = useState<QueueState>({ kind: 'reading' })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const controller = new AbortController()
    const watch = async (location: string): Promise<void> => {
      const looks = api.stream('queues.watch', { location }, { signal: controller.signal })
      for await (const look of looks) setState({ kind: 'known', queue: look })
    }
    watch(queue)
      .catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'outside-root') return watch(topic)
        throw error
      })
      .catch((error: unknown) => {
        if (controller.signal.aborted || isCancelled(error)) return
        setState({ kind: 'failed', error: toErrorValue(error), retry: () => setAttempt((count) => count + 1) })
      })
    return () => controller.abort()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a retry watches the same queue again
  }, [api, topic, queue, attempt])
  useEffect(() => onRecovered(() => setAttempt((count) => count + 1)), [])
  return state
}
