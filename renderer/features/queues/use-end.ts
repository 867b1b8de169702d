import { type RefObject, useEffect, useState } from 'react'
import type { GridHandle } from '#renderer/grid/index.ts'
import type { QueueSource } from './queue-source.ts'

export interface End {
  readonly isFollowing: boolean
  setFollowing(isFollowing: boolean): void
}

/** Opens where reading ended, then keeps the newest record in sight until somebody looks elsewhere. */
export function useEnd(
  source: QueueSource,
  rows: number,
  grid: RefObject<GridHandle | null>,
  box: RefObject<HTMLElement | null>,
): End {
  const [isFollowing, setFollowing] = useState(true)
  useEffect(() => {
    if (source.log.firstNew < source.log.rows) grid.current?.scrollToRow(Math.max(0, source.log.firstNew - 2))
  }, [source, grid])
  useEffect(() => {
    if (isFollowing && rows > 0) grid.current?.scrollToRow(rows - 1)
  }, [isFollowing, rows, grid])
  useEffect(() => {
    if (!isFollowing || box.current === null) return undefined
    const observer = new ResizeObserver(() => {
      if (source.rowCount > 0) grid.current?.scrollToRow(source.rowCount - 1)
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [isFollowing, source, grid, box])
  return { isFollowing, setFollowing }
}
