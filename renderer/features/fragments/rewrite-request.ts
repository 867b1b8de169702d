import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed, showView } from '#renderer/features/workspace/index.ts'

/** Ids of fragments somebody wants written anew, by dataset. */
const store = createStore<Readonly<Record<string, readonly number[]>>>(() => ({}))

/** Brings the Maintenance view of a dataset to the front with these fragments chosen. Nothing is rewritten yet. */
export function askRewrite(dataset: string, fragments: readonly number[]): void {
  store.setState({ [dataset]: fragments })
  showView(dataset, 'maintenance')
}

/** The wish nobody has answered yet. */
export function useRewriteRequest(dataset: string): readonly number[] | undefined {
  return useStore(store, (all) => all[dataset])
}

/** Takes a wish off once it is answered. */
export function settleRewrite(dataset: string): void {
  const { [dataset]: _settled, ...others } = store.getState()
  store.setState(others, true)
}

onTabClosed(settleRewrite)
