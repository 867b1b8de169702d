import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { readSetting, useApi, writeSetting } from '#renderer/features/workspace/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { ValueSample } from '../editor/completion-source.ts'
import type { RowsQuery } from '../rows/rows-source.ts'
import { type FilterProblem, problemOfCheck } from '../sql/lint.ts'
import { parseHistory, withFilter } from './history.ts'

/** Values offered in completion. */
const VALUES_MAX = 50

export interface FilterHelp {
  /** Asks the engine; no problems when valid or when the engine cannot be asked now. */
  validate(text: string): Promise<readonly FilterProblem[]>
  /** Sampled values of a column, fetched once per column and state of the dataset. */
  values(column: string): Promise<ValueSample>
}

export function useFilterHelp(
  { dataset, at }: Pick<RowsQuery, 'dataset' | 'at'>,
  schema: readonly SchemaField[],
): FilterHelp {
  const api = useApi()
  const running = useRef<AbortController | null>(null)
  return useMemo(() => {
    const samples = new Map<string, Promise<ValueSample>>()
    const sample = (column: string): Promise<ValueSample> =>
      api.call('rows.values', { dataset, ref: at, column, limit: VALUES_MAX }).catch((): ValueSample => {
        samples.delete(column)
        return { values: [], complete: false }
      })
    return {
      validate: async (text) => {
        running.current?.abort()
        if (text.trim() === '') return []
        const controller = new AbortController()
        running.current = controller
        try {
          const check = await api.call(
            'rows.validateFilter',
            { dataset, ref: at, filter: text },
            { signal: controller.signal },
          )
          return check.valid ? [] : [problemOfCheck(check, text, schema)]
        } catch {
          return []
        }
      },
      values: (column) => {
        const known = samples.get(column) ?? sample(column)
        samples.set(column, known)
        return known
      },
    }
  }, [api, dataset, at, schema])
}

/** Recent filters of a dataset and the function that adds one. */
export function useFilterHistory(
  dataset: string,
): readonly [history: readonly string[], remember: (filter: string) => void] {
  const [history, setHistory] = useState<readonly string[]>([])
  useEffect(() => {
    let isCurrent = true
    void readSetting(historyKey(dataset)).then((saved) => {
      if (isCurrent) setHistory(parseHistory(saved))
    })
    return () => {
      isCurrent = false
    }
  }, [dataset])
  const remember = useCallback(
    (filter: string) =>
      setHistory((before) => {
        const next = withFilter(before, filter)
        if (next !== before) void writeSetting(historyKey(dataset), [...next])
        return next
      }),
    [dataset],
  )
  return [history, remember]
}

function historyKey(dataset: string): string {
  return `filter-history:${dataset}`
}
