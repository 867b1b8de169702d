import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { onRecovered, useHost } from '#renderer/features/workspace/index.ts'
import { AppError, type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { isOutage, isSameQuery, RowsSource, type RowsQuery, viewInput } from './rows-source.ts'

/** Where the computation of a view stands. */
export type ViewState =
  | { readonly kind: 'preparing'; readonly matched: number; readonly elapsedMs: number }
  | ReadyView
  | { readonly kind: 'failed'; readonly error: ErrorValue }
  | { readonly kind: 'cancelled' }

interface ReadyView {
  readonly kind: 'ready'
  readonly total: number
  readonly elapsedMs: number | null
}

export interface RowsView {
  readonly state: ViewState
  /** Rows of the newest view that became ready; they stay on screen while the next one is computed, and if it fails. */
  readonly source: RowsSource | null
  cancel(): void
  retry(): void
}

/** The view on screen, to come back to when the next one is cancelled or wrong. */
interface Shown {
  readonly source: RowsSource
  readonly ready: ReadyView
  readonly summary: DatasetSummary
}

const STARTING: ViewState = { kind: 'preparing', matched: 0, elapsedMs: 0 }

/** Opens the rows of a query; filtered and sorted ones are computed first, with progress. The query must be stable. */
export function useRowsView(query: RowsQuery, summary: DatasetSummary): RowsView {
  const host = useHost()
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<ViewState>(STARTING)
  const [source, setSource] = useState<RowsSource | null>(null)
  const shown = useRef<Shown | null>(null)
  const running = useRef<AbortController | null>(null)

  useEffect(() => {
    const kept = shown.current
    if (kept !== null && kept.summary === summary && isSameQuery(kept.source.query, query)) {
      setState(kept.ready)
      return undefined
    }
    const controller = new AbortController()
    running.current = controller
    const open = async (): Promise<void> => {
      setState(STARTING)
      try {
        const ready = await prepareView(host, query, summary.rows, controller.signal, (progress) => {
          if (!controller.signal.aborted) setState(progress)
        })
        if (controller.signal.aborted) return
        const opened = makeSource(query, summary, ready.total, host)
        shown.current = { source: opened, ready, summary }
        setSource(opened)
        setState(ready)
      } catch (error) {
        if (controller.signal.aborted) return
        setState(isCancelled(error) ? { kind: 'cancelled' } : { kind: 'failed', error: toErrorValue(error) })
      }
    }
    void open()
    return () => controller.abort()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a retry opens the same rows again
  }, [query, summary, host, attempt])

  // The replaced source is closed only after the grid has let go of it.
  useEffect(
    () => () => {
      source?.close()
      if (shown.current?.source === source) shown.current = null
    },
    [source],
  )

  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  // Rows on screen stay there: a new engine reads the same version.
  const recover = useEffectEvent(() => {
    source?.recover()
    if (state.kind === 'failed' && isOutage(state.error.code)) retry()
  })
  useEffect(() => onRecovered(() => recover()), [])

  const cancel = useCallback(() => {
    running.current?.abort()
    setState({ kind: 'cancelled' })
  }, [])
  return { state, source, cancel, retry }
}

type Host = ReturnType<typeof useHost>

async function prepareView(
  host: Host,
  view: RowsQuery,
  allRows: number,
  signal: AbortSignal,
  onProgress: (state: ViewState) => void,
): Promise<ReadyView> {
  if (view.filter === '' && view.sort.length === 0) return { kind: 'ready', total: allRows, elapsedMs: null }
  for await (const event of host.api.stream('rows.prepare', viewInput(view), { signal })) {
    if (event.kind === 'ready') return event
    onProgress({ kind: 'preparing', matched: event.matched, elapsedMs: event.elapsedMs })
  }
  throw new AppError({ code: 'internal', message: 'The view ended before it was ready.' })
}

function makeSource(query: RowsQuery, summary: DatasetSummary, rowCount: number, host: Host): RowsSource {
  return new RowsSource({ api: host.api, query, schema: summary.schema, rowCount, blobUrl: (id) => host.blobUrl(id) })
}
