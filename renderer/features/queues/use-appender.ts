import { useCallback, useEffect, useRef, useState } from 'react'
import { useApi } from '#renderer/features/workspace/index.ts'
import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { RefusedRecord, StreamCounts } from '#shared/model/import/stream.ts'

const NOTHING: StreamCounts = { total: 0, buffered: 0, persisted: 0, refused: 0 }
const LINES_AT_ONCE = 5000

export interface Appender {
  readonly counts: StreamCounts
  readonly refused: readonly RefusedRecord[]
  readonly error: ErrorValue | null
  readonly isWorking: boolean
  /** True once a stream is open: its threshold is fixed then. */
  readonly isOpen: boolean
  /** Appends records; the lines that were not taken, to be mended. */
  push(lines: readonly string[]): Promise<readonly string[]>
  flush(): Promise<void>
}

interface OpenStream {
  readonly id: Promise<string>
  readonly close: AbortController
}

/** A stream of records into a bucket, opened with the first of them and closed, committing, when this goes away. */
export function useAppender(location: string, flushRows: number): Appender {
  const api = useApi()
  const stream = useRef<OpenStream | null>(null)
  const [counts, setCounts] = useState(NOTHING)
  const [refused, setRefused] = useState<readonly RefusedRecord[]>([])
  const [error, setError] = useState<ErrorValue | null>(null)
  const [isWorking, setWorking] = useState(false)
  const [isOpen, setOpen] = useState(false)

  const open = useCallback((): OpenStream => {
    const close = new AbortController()
    const events = api.stream('import.stream', { location, flushRows }, { signal: close.signal })
    const id = new Promise<string>((resolve, reject) => {
      const follow = async (): Promise<void> => {
        for await (const event of events) {
          if (event.kind === 'opened') resolve(event.stream.id)
          setCounts(event.stream.counts)
        }
      }
      follow()
        .catch((failure: unknown) => {
          reject(failure)
          if (!isCancelled(failure)) setError(toErrorValue(failure))
        })
        .finally(() => {
          stream.current = null
          setOpen(false)
        })
    })
    id.catch(() => undefined)
    setOpen(true)
    return { id, close }
  }, [api, location, flushRows])

  useEffect(
    () => () => {
      stream.current?.close.abort()
      stream.current = null
    },
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another bucket is another stream
    [location],
  )

  const work = async <T>(act: (id: string) => Promise<T>, otherwise: T): Promise<T> => {
    setWorking(true)
    setError(null)
    try {
      stream.current ??= open()
      return await act(await stream.current.id)
    } catch (failure) {
      if (!isCancelled(failure)) setError(toErrorValue(failure))
      return otherwise
    } finally {
      setWorking(false)
    }
  }
  return {
    counts,
    refused,
    error,
    isWorking,
    isOpen,
    push: (lines) =>
      work(async (id) => {
        const bad: RefusedRecord[] = []
        for (let at = 0; at < lines.length; at += LINES_AT_ONCE) {
          const answer = await api.call('import.push', { stream: id, lines: lines.slice(at, at + LINES_AT_ONCE) })
          bad.push(...answer.refused)
          setCounts(answer.counts)
        }
        setRefused(bad)
        return bad.map(({ record }) => record)
      }, lines),
    flush: () =>
      work(async (id) => {
        setCounts((await api.call('import.flush', { stream: id })).counts)
      }, undefined),
  }
}
