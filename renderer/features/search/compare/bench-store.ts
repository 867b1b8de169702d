import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed } from '#renderer/features/workspace/index.ts'
import type { Bench } from './bench.ts'

/** Comparisons by dataset. */
const store = createStore<{ readonly benches: Readonly<Record<string, Bench>> }>(() => ({ benches: {} }))

/** The comparison of a dataset; undefined until something was changed. */
export function useBench(dataset: string): Bench | undefined {
  return useStore(store, (state) => state.benches[dataset])
}

export function setBench(dataset: string, bench: Bench): void {
  store.setState(({ benches }) => ({ benches: { ...benches, [dataset]: bench } }))
}

onTabClosed((dataset) => {
  store.setState(({ benches }) => ({
    benches: Object.fromEntries(Object.entries(benches).filter(([key]) => key !== dataset)),
  }))
})
