import { useEffect, useMemo, useState } from 'react'
import { useApi } from '#renderer/features/workspace/index.ts'
import { readSeen, type SeenRows } from './place.ts'
import { QueueSource } from './queue-source.ts'
import { ReadMark } from './read-mark.ts'

/** The records of a topic for the grid; null until it is known what had been seen of it. */
export function useTopicLog(topic: string): QueueSource | null {
  const api = useApi()
  const seen = useSeen(topic)
  const source = useMemo(() => (seen === undefined ? null : new QueueSource(api, seen)), [api, seen])
  useEffect(() => () => source?.close(), [source])
  return source
}

/** Undefined until it is read. */
function useSeen(topic: string): SeenRows | null | undefined {
  const [seen, setSeen] = useState<SeenRows | null | undefined>(undefined)
  useEffect(() => {
    let isOver = false
    void readSeen(topic).then((read) => {
      if (!isOver) setSeen(read)
    })
    return () => {
      isOver = true
    }
  }, [topic])
  return seen
}

/** Remembers how far a topic was read, by what is on screen. */
export function useReadUpTo(topic: string, source: QueueSource): void {
  useEffect(() => {
    const mark = new ReadMark(topic, source)
    const stop = source.onShown(mark.read)
    return () => {
      stop()
      mark.save()
    }
  }, [topic, source])
}
