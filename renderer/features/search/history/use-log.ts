import { useCallback, useEffect, useMemo, useState } from 'react'
import { readSetting, writeSetting } from '#renderer/features/workspace/index.ts'
import type { Draft } from '../query/draft.ts'
import { parseHistory, parseSaved, type PastSearch, type SavedSearch, withSearch } from './log.ts'

export interface SearchLog {
  readonly history: readonly PastSearch[]
  readonly saved: readonly SavedSearch[]
  remember(draft: Draft): void
  clearHistory(): void
  changeSaved(change: (list: readonly SavedSearch[]) => readonly SavedSearch[]): void
}

/** The searches run on a dataset and those kept by name, remembered across windows. */
export function useLog(dataset: string): SearchLog {
  const [history, setHistory] = useState<readonly PastSearch[]>([])
  const [saved, setSaved] = useState<readonly SavedSearch[]>([])
  useEffect(() => {
    let isCurrent = true
    void Promise.all([readSetting(`search-history:${dataset}`), readSetting(`search-saved:${dataset}`)]).then(
      ([past, named]) => {
        if (!isCurrent) return
        setHistory(parseHistory(past))
        setSaved(parseSaved(named))
      },
    )
    return () => {
      isCurrent = false
    }
  }, [dataset])
  const keepHistory = useCallback(
    (next: readonly PastSearch[]) => {
      void writeSetting(`search-history:${dataset}`, toSetting(next))
    },
    [dataset],
  )
  const remember = useCallback(
    (draft: Draft) =>
      setHistory((before) => {
        const next = withSearch(before, draft, new Date().toISOString())
        if (next !== before) keepHistory(next)
        return next
      }),
    [keepHistory],
  )
  const clearHistory = useCallback(() => {
    setHistory([])
    keepHistory([])
  }, [keepHistory])
  const changeSaved = useCallback(
    (change: (list: readonly SavedSearch[]) => readonly SavedSearch[]) =>
      setSaved((before) => {
        const next = change(before)
        void writeSetting(`search-saved:${dataset}`, toSetting(next))
        return next
      }),
    [dataset],
  )
  return useMemo(
    () => ({ history, saved, remember, clearHistory, changeSaved }),
    [history, saved, remember, clearHistory, changeSaved],
  )
}

/** Plain JSON: fields that are absent are left out. */
function toSetting(list: readonly (PastSearch | SavedSearch)[]): Parameters<typeof writeSetting>[1] {
  return JSON.parse(JSON.stringify(list)) as Parameters<typeof writeSetting>[1]
}
