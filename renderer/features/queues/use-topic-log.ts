import { useEffect, useMemo, useRef, useState } from 'react'
import { useApi } from '#renderer/features/workspace/index.ts'
import type { QueueTopic } from '#shared/model/queue.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { beginLog, countsBefore, growLog } from './log.ts'
import { readSeen, type SeenRows, writeSeen } from './place.ts'
import { QueueSource } from './queue-source.ts'

/** How often the place somebody has read up to is saved while it moves. */
const SAVE_MS = 1000

/** The records of a topic for the grid; null until it is known what had been seen. Grows as the topic does. */
export function useTopicLog(topic: QueueTopic, schema: readonly SchemaField[]): QueueSource | null {
  const api = useApi()
  const seen = useSeen(topic.path)
  const [source, setSource] = useState<QueueSource | null>(null)
  const latest = useRef(topic)
  latest.current = topic

  useEffect(() => {
    if (seen === null) return undefined
    const made = new QueueSource(api, schema, beginLog(latest.current.buckets, seen))
    setSource(made)
    return () => made.close()
  }, [api, schema, seen])

  useEffect(() => {
    if (source === null) return
    const grown = growLog(source.log, topic.buckets)
    if (grown === null) setSource(new QueueSource(api, schema, beginLog(topic.buckets, source.log.counts)))
    else if (grown !== source.log) source.grow(grown)
  }, [api, schema, source, topic])
  return source
}

function useSeen(topic: string): SeenRows | null {
  const [seen, setSeen] = useState<SeenRows | null>(null)
  useEffect(() => {
    let isOver = false
    setSeen(null)
    void readSeen(topic).then((read) => {
      if (!isOver) setSeen(read)
    })
    return () => {
      isOver = true
    }
  }, [topic])
  return seen
}

/** Remembers how far a topic was read: call it with one past the last row on screen. Saved now and then, and at the end. */
export function useReadUpTo(topic: string, source: QueueSource | null): (rowEnd: number) => void {
  const reader = useMemo(() => {
    let furthest = 0
    let saved = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const save = (): void => {
      clearTimeout(timer)
      timer = undefined
      if (source === null || furthest <= saved) return
      saved = furthest
      void writeSeen(topic, countsBefore(source.log, Math.max(furthest, source.log.firstNew)))
    }
    return {
      save,
      read: (rowEnd: number): void => {
        furthest = Math.max(furthest, rowEnd)
        timer ??= setTimeout(save, SAVE_MS)
      },
    }
  }, [topic, source])
  useEffect(() => () => reader.save(), [reader])
  return reader.read
}
