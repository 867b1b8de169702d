import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { EmbedResult } from '#shared/contract/embed.ts'
import type { ErrorValue } from '#shared/errors.ts'
import { startJob } from '#renderer/features/jobs/index.ts'
import { onTabClosed } from '#renderer/features/workspace/index.ts'
import { resultSentence } from './words.ts'

/** What is embedded with what. */
export interface Wanted {
  readonly source: string
  readonly target: string
  readonly embedder: string
}

/** An embedding of this window and how it stands. */
export type Run =
  | {
      readonly kind: 'running'
      readonly wanted: Wanted
      /** Gives it up while no job can be cancelled: it still asks the embedder how long its vectors are. */
      readonly giveUp: () => void
    }
  | { readonly kind: 'done'; readonly wanted: Wanted; readonly result: EmbedResult }
  | {
      readonly kind: 'failed'
      readonly wanted: Wanted
      readonly error: ErrorValue
      /** False when nothing was written: there was no job yet. */
      readonly hasBegun: boolean
    }

/** The last embedding into each column, so that a dialog closed meanwhile finds it again. */
const store = createStore<{ readonly runs: Readonly<Record<string, Run>> }>(() => ({ runs: {} }))

const keyOf = (dataset: string, target: string): string => JSON.stringify([dataset, target])

export function useRun(dataset: string, target: string): Run | undefined {
  return useStore(store, ({ runs }) => runs[keyOf(dataset, target)])
}

export function forgetRun(dataset: string, target: string): void {
  store.setState(({ runs }) => {
    const { [keyOf(dataset, target)]: _gone, ...rest } = runs
    return { runs: rest }
  })
}

/** Fills the column as a job. What came of it stays for the dialog; `onShow` is what the toast at the end offers. */
export function runEmbedding(dataset: string, wanted: Wanted, show: { readonly label: string; run(): void }): void {
  const tell = (run: Run): void =>
    store.setState(({ runs }) => ({ runs: { ...runs, [keyOf(dataset, wanted.target)]: run } }))
  const starting = new AbortController()
  tell({ kind: 'running', wanted, giveUp: () => starting.abort() })
  startJob(
    'embed.column',
    { dataset, ...wanted },
    {
      onDone: (result) => {
        tell({ kind: 'done', wanted, result })
        return { text: resultSentence(result), action: show }
      },
      onError: (error, job) => {
        if (starting.signal.aborted) forgetRun(dataset, wanted.target)
        else tell({ kind: 'failed', wanted, error, hasBegun: job !== undefined })
      },
      signal: starting.signal,
    },
  )
}

onTabClosed((dataset) => {
  store.setState(({ runs }) => ({
    runs: Object.fromEntries(Object.entries(runs).filter(([key]) => !key.startsWith(`[${JSON.stringify(dataset)},`))),
  }))
})
