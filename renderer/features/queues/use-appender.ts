import { useCallback, useEffect, useRef, useState } from 'react'
import type { Api } from '#renderer/bridge/host.ts'
import { useApi } from '#renderer/features/workspace/index.ts'
import { AppError, type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { StreamCounts, StreamEvent } from '#shared/model/import/stream.ts'
import { type Misfit, pushLines } from './push-lines.ts'

const NOTHING: StreamCounts = { total: 0, buffered: 0, persisted: 0, refused: 0 }
const NONE: readonly Misfit[] = []

export interface Appender {
  readonly counts: StreamCounts
  readonly misfits: readonly Misfit[]
  readonly error: ErrorValue | null
  readonly isWorking: boolean
  /** True while records are taken and not yet committed: a threshold or bucket changed now would commit them at once. */
  readonly isBuffering: boolean
  /** Appends records; the lines that were not taken, to be mended. */
  push(lines: readonly string[]): Promise<readonly string[]>
  flush(): Promise<void>
}

interface OpenStream {
  readonly id: Promise<string>
  readonly close: AbortController
  /** Lines pushed so far, by which the engine numbers them. */
  lines: number
}

/** A stream of records into a bucket, opened with the first of them and closed, committing, when this goes away. */
export function useAppender(location: string, flushRows: number): Appender {
  const api = useApi()
  const stream = useRef<OpenStream | null>(null)
  const [counts, setCounts] = useState(NOTHING)
  const [misfits, setMisfits] = useState(NONE)
  const [error, setError] = useState<ErrorValue | null>(null)
  const [isWorking, setWorking] = useState(false)
  const [isOpen, setOpen] = useState(false)

  const open = useCallback((): OpenStream => {
    const close = new AbortController()
    const events = api.stream('import.stream', { location, flushRows }, { signal: close.signal })
    const isNewest = (): boolean => stream.current === opened
    const id = followStream(events, (now) => {
      if (isNewest()) setCounts(now)
    })
    const opened: OpenStream = { id: id.opened, close, lines: 0 }
    id.ended
      .catch((failure: unknown) => {
        if (isNewest() && !isCancelled(failure)) setError(toErrorValue(failure))
      })
      .finally(() => {
        // Another one may have taken its place meanwhile.
        if (!isNewest()) return
        stream.current = null
        setOpen(false)
      })
    stream.current = opened
    setOpen(true)
    return opened
  }, [api, location, flushRows])

  useEffect(
    () => () => {
      stream.current?.close.abort()
      stream.current = null
      setOpen(false)
      setCounts(NOTHING)
      setMisfits(NONE)
      setError(null)
    },
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another bucket or threshold is another stream
    [location, flushRows],
  )

  const work = async <T>(act: (stream: OpenStream, id: string) => Promise<T>, otherwise: T): Promise<T> => {
    setWorking(true)
    setError(null)
    try {
      const current = stream.current ?? open()
      return await act(current, await current.id)
    } catch (failure) {
      if (!isCancelled(failure)) setError(toErrorValue(failure))
      return otherwise
    } finally {
      setWorking(false)
    }
  }
  return {
    counts,
    misfits,
    error,
    isWorking,
    isBuffering: isOpen && counts.buffered > 0,
    push: (lines) =>
      work(async (current, id) => {
        const pushed = await pushLines(lines, (some) => pushSome(api, current, id, some, setCounts))
        setMisfits(pushed.misfits)
        if (pushed.failure !== undefined && !isCancelled(pushed.failure)) setError(toErrorValue(pushed.failure))
        return pushed.left
      }, lines),
    flush: () =>
      work(async (_, id) => {
        setCounts((await api.call('import.flush', { stream: id })).counts)
      }, undefined),
  }
}

async function pushSome(
  api: Api,
  current: OpenStream,
  id: string,
  lines: readonly string[],
  onCounts: (counts: StreamCounts) => void,
) {
  const before = current.lines
  current.lines += lines.length
  const { counts, refused } = await api.call('import.push', { stream: id, lines: [...lines] })
  onCounts(counts)
  return refused.map((one) => ({ ...one, line: one.line - before }))
}

/** `opened`: the id of the stream. A bucket without a dataset is none to append to, though a stream would make one. */
function followStream(events: AsyncIterable<StreamEvent>, onCounts: (counts: StreamCounts) => void) {
  let ended: Promise<void> = Promise.resolve()
  const opened = new Promise<string>((resolve, reject) => {
    const follow = async (): Promise<void> => {
      for await (const event of events) {
        if (event.kind === 'opened' && event.columns === null) throw noBucket(event.stream.location)
        if (event.kind === 'opened') resolve(event.stream.id)
        onCounts(event.stream.counts)
      }
    }
    ended = follow()
    ended.catch(reject)
  })
  opened.catch(() => undefined)
  return { opened, ended }
}

function noBucket(location: string): AppError {
  return new AppError({
    code: 'not-found',
    message: 'This bucket is not there any more.',
    hint: 'Choose another one. Whoever fills the queue makes its buckets.',
    detail: { path: location },
  })
}
