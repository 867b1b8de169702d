import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed } from '#renderer/features/workspace/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { NEW_DRAFT, NO_SETTINGS, type Settings } from '../query/draft.ts'
import { type Bench, newBench, toComparison } from './bench.ts'
import { firstKey, titleColumns } from './ranking.ts'

/** Comparisons by dataset. */
const store = createStore<{ readonly benches: Readonly<Record<string, Bench>> }>(() => ({ benches: {} }))

/** The comparison of a dataset; undefined until something was changed. */
export function useBench(dataset: string): Bench | undefined {
  return useStore(store, (state) => state.benches[dataset])
}

export function setBench(dataset: string, bench: Bench): void {
  store.setState(({ benches }) => ({ benches: { ...benches, [dataset]: bench } }))
}

export interface IndexAgainstExact {
  readonly rowId: string
  /** Vector column. */
  readonly column: string
  readonly k: number
  readonly filter: string
  readonly settings: Settings
  readonly schema: readonly SchemaField[]
}

/** Asks for the rows like one by an index with some settings and exactly, side by side; what was judged stays. */
export function compareWithExact(dataset: string, asked: IndexAgainstExact): void {
  const { rowId, column, k, filter, settings, schema } = asked
  const question = { ...NEW_DRAFT, mode: 'vector', source: 'row', rowId } as const
  const start = {
    question,
    modes: ['vector'],
    keyColumn: firstKey(schema) ?? '',
    titleColumn: titleColumns(schema)[0] ?? '',
  } as const
  const way = { use: 'vector', column, filter, at: null } as const
  const bench: Bench = {
    ...(store.getState().benches[dataset] ?? newBench(start)),
    question,
    k: String(Math.min(k, 100)),
    configurations: [
      { ...way, id: '1', name: 'Index', settings },
      { ...way, id: '2', name: 'Exact', settings: { ...NO_SETTINGS, exact: true } },
    ],
  }
  const comparison = toComparison(bench)
  setBench(dataset, { ...bench, asked: comparison.ok ? comparison.asked : null })
}

onTabClosed((dataset) => {
  store.setState(({ benches }) => ({
    benches: Object.fromEntries(Object.entries(benches).filter(([key]) => key !== dataset)),
  }))
})
