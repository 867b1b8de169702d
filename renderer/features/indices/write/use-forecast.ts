import { useEffect, useState } from 'react'
import type { IndicesOptimized } from '#shared/model/index-entry.ts'
import { readSetting, writeSetting } from '#renderer/features/workspace/index.ts'
import { foldedRows } from './fold-in.ts'
import { type FoldInTime, type Forecast, forecast, parseTimes, withTime } from './fold-in-times.ts'

const keyOf = (dataset: string): string => `fold-ins:${dataset}`

/** Keeps how long a fold-in took, for forecasts of the next. */
export async function rememberFoldIn(dataset: string, result: IndicesOptimized): Promise<void> {
  const before = parseTimes(await readSetting(keyOf(dataset)))
  const times = withTime(before, { rows: foldedRows(result), ms: result.elapsedMs })
  if (times !== before)
    await writeSetting(
      keyOf(dataset),
      [...times].map((time) => ({ ...time })),
    )
}

/** How long folding in would take by what was measured on this dataset; undefined until, and unless, that is known. */
export function useForecast(dataset: string, rows: number): Forecast | undefined {
  const [times, setTimes] = useState<readonly FoldInTime[]>([])
  useEffect(() => {
    let isCurrent = true
    void readSetting(keyOf(dataset)).then((saved) => {
      if (isCurrent) setTimes(parseTimes(saved))
    })
    return () => {
      isCurrent = false
    }
  }, [dataset])
  return forecast(times, rows)
}
