import { useCallback, useEffect, useRef } from 'react'
import { inspect } from '#renderer/features/workspace/index.ts'
import { BUCKET_COLUMN } from './log-page.ts'
import type { QueueSource } from './queue-source.ts'

/** Wait after the last cursor move, so that a held arrow key does not fetch every record it passes. */
const SETTLE_MS = 80

/** Shows the active record in the inspector of the tab, as soon as it is there. `view`: how its rows are announced. */
export function useFollowRecord(
  dataset: string,
  source: QueueSource,
  view: string,
): (row: number, column: string) => void {
  const wanted = useRef<{ readonly row: number; readonly column: string } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const tryToShow = useCallback(() => {
    const place = wanted.current === null ? undefined : source.place(wanted.current.row)
    if (wanted.current === null || place === undefined) return
    const { row: rowNumber, column } = wanted.current
    wanted.current = null
    const { dataset: owner, location, version, name, row, rowId } = place
    inspect(dataset, {
      kind: 'row',
      rowId,
      rowNumber,
      of: { dataset: owner, location, version, name, row, view },
      ...(column === BUCKET_COLUMN ? {} : { column }),
    })
  }, [dataset, source, view])
  useEffect(() => source.subscribe(tryToShow), [source, tryToShow])
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (row, column) => {
      wanted.current = { row, column }
      clearTimeout(timer.current)
      timer.current = setTimeout(tryToShow, SETTLE_MS)
    },
    [tryToShow],
  )
}
