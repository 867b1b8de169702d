import { useCallback, useEffect, useRef, useState } from 'react'
import { useHost, useWorkspace } from '#renderer/features/workspace/index.ts'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { RowsSource, type RowsQuery, viewInput } from './rows-source.ts'

/** Where the computation of a view stands. */
export type ViewState =
  | { readonly kind: 'preparing'; readonly matched: number; readonly elapsedMs: number }
  | { readonly kind: 'ready'; readonly total: number; readonly elapsedMs: number | null }
  | { readonly kind: 'failed'; readonly error: ErrorValue }
  | { readonly kind: 'cancelled' }

export interface RowsView {
  readonly state: ViewState
  /** Rows of the newest view that became ready; they stay on screen while the next one is computed. */
  readonly source: RowsSource | null
  cancel(): void
  retry(): void
}

const STARTING: ViewState = { kind: 'preparing', matched: 0, elapsedMs: 0 }

/** Opens the rows of a query; filtered and sorted ones are computed first, with progress. The query must be stable. */
export function useRowsView(query: RowsQuery, summary: DatasetSummary): RowsView {
  const host = useHost()
  const recoveries = useWorkspace((state) => state.recoveries)
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<ViewState>(STARTING)
  const [source, setSource] = useState<RowsSource | null>(null)
  const running = useRef<AbortController | null>(null)

  useEffect(() => {
    const controller = new AbortController()
    running.current = controller
    const open = async (): Promise<void> => {
      setState(STARTING)
      try {
        const ready = await prepare(query, summary.rows, controller.signal, (progress) => {
          if (!controller.signal.aborted) setState(progress)
        })
        if (controller.signal.aborted) return
        setSource(makeSource(query, summary, ready.total, host))
        setState(ready)
      } catch (error) {
        if (controller.signal.aborted) return
        setState(isCancelled(error) ? { kind: 'cancelled' } : { kind: 'failed', error: toErrorValue(error) })
      }
    }
    void open()
    return () => controller.abort()

    async function prepare(
      view: RowsQuery,
      allRows: number,
      signal: AbortSignal,
      onProgress: (state: ViewState) => void,
    ): Promise<ViewState & { readonly kind: 'ready' }> {
      if (view.filter === '' && view.sort.length === 0) return { kind: 'ready', total: allRows, elapsedMs: null }
      for await (const event of host.api.stream('rows.prepare', viewInput(view), { signal })) {
        if (event.kind === 'ready') return event
        onProgress({ kind: 'preparing', matched: event.matched, elapsedMs: event.elapsedMs })
      }
      throw new Error('The view ended before it was ready.')
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a recovered engine and a retry open the same rows again
  }, [query, summary, host, recoveries, attempt])

  // The replaced source is closed only after the grid has let go of it.
  useEffect(() => () => source?.close(), [source])

  const cancel = useCallback(() => {
    running.current?.abort()
    setState({ kind: 'cancelled' })
  }, [])
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return { state, source, cancel, retry }
}

function makeSource(
  query: RowsQuery,
  summary: DatasetSummary,
  rowCount: number,
  host: ReturnType<typeof useHost>,
): RowsSource {
  return new RowsSource({ api: host.api, query, schema: summary.schema, rowCount, blobUrl: (id) => host.blobUrl(id) })
}
