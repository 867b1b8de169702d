import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useApi } from '#renderer/features/workspace/index.ts'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import { type SearchState, type SentSearch, setSearchState, useSearchState } from './query-store.ts'

export interface SearchControl {
  readonly state: SearchState
  run(sent: SentSearch): void
  cancel(): void
}

/** Runs searches of a dataset, one at a time; the newest wins. */
export function useSearch(dataset: string): SearchControl {
  const api = useApi()
  const state = useSearchState(dataset)
  const running = useRef<AbortController | null>(null)
  const cancel = useCallback(() => {
    running.current?.abort()
    running.current = null
    setSearchState(dataset, { running: null })
  }, [dataset])
  useEffect(() => cancel, [cancel])
  const run = useCallback(
    (sent: SentSearch) => {
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      setSearchState(dataset, { running: sent, failure: null })
      const search = async (): Promise<void> => {
        try {
          const result = await api.call(
            'search.run',
            { dataset, ref: sent.at, ...sent.query, columns: [...sent.columns] },
            { signal: controller.signal },
          )
          if (!controller.signal.aborted) setSearchState(dataset, { running: null, answer: { sent, result } })
        } catch (error) {
          if (controller.signal.aborted || isCancelled(error)) return
          setSearchState(dataset, { running: null, failure: { sent, error: toErrorValue(error) } })
        }
      }
      void search()
    },
    [api, dataset],
  )
  return useMemo(() => ({ state, run, cancel }), [state, run, cancel])
}
