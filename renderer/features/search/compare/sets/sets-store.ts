import { resolveQuery } from '../../query/embedding.ts'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { AppError, type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { getApi, onTabClosed, readSetting, type writeSetting } from '#renderer/features/workspace/index.ts'
import { ResultSource } from '../../results/result-source.ts'
import { toRanking } from '../ranking.ts'
import { keepProblem, type KeptSet, parseSets, withRun, withSet } from './kept-set.ts'
import { runSet } from './run-set.ts'

/** The relevance sets of a dataset, and a run of one of them that is under way. */
export interface SetsState {
  readonly sets: readonly KeptSet[]
  readonly run?: { readonly name: string; readonly done: number; readonly total: number }
  /** Why the last save or run did not succeed. */
  readonly error?: ErrorValue
}

const store = createStore<{ readonly of: Readonly<Record<string, SetsState>> }>(() => ({ of: {} }))
const controllers = new Map<string, AbortController>()

/** The sets kept for a dataset; undefined until they were read. A run goes on when the view is left. */
export function useSets(dataset: string): SetsState | undefined {
  useEffect(() => {
    if (store.getState().of[dataset] !== undefined) return
    void readSetting(settingOf(dataset)).then((saved) => {
      if (store.getState().of[dataset] === undefined) put(dataset, { sets: parseSets(saved) })
    })
  }, [dataset])
  return useStore(store, (state) => state.of[dataset])
}

export async function saveSet(dataset: string, set: KeptSet): Promise<boolean> {
  return change(dataset, (sets) => withSet(sets, set))
}

export async function removeSet(dataset: string, name: string): Promise<boolean> {
  return change(dataset, (sets) => sets.filter((set) => set.name !== name))
}

/** Runs a set on one state of the dataset and keeps the figures with it. */
export async function startRun(
  dataset: string,
  set: KeptSet,
  state: { readonly at: Ref; readonly version: number; readonly schema: readonly SchemaField[] },
): Promise<void> {
  controllers.get(dataset)?.abort()
  const controller = new AbortController()
  controllers.set(dataset, controller)
  const { signal } = controller
  const isCurrent = (): boolean => controllers.get(dataset) === controller
  const { at, version, schema } = state
  try {
    const run = await runSet(set, {
      at: new Date().toISOString(),
      version,
      isFatal: isCancelled,
      onProgress: (done, total) => {
        if (isCurrent()) put(dataset, { sets: setsOf(dataset), run: { name: set.name, done, total } })
      },
      search: async (query, keyColumn) => {
        const fields = schema.filter(({ name }) => name === keyColumn)
        if (keyColumn !== '' && fields.length === 0) throw missingKey(keyColumn)
        const columns = fields.map(({ name }) => name)
        const asked = await resolveQuery(query, signal)
        const result = await getApi().call('search.run', { dataset, ref: at, ...asked.query, columns }, { signal })
        const keys = toRanking(new ResultSource(result, fields), '', keyColumn).map(({ key }) => key)
        return { keys, searchMs: result.answeredBy.searchMs, version: result.answeredBy.version }
      },
    })
    if (!isCurrent()) return
    put(dataset, { sets: setsOf(dataset) })
    await change(dataset, (sets) => sets.map((one) => (one.name === set.name ? withRun(one, run) : one)))
  } catch (error) {
    if (!isCurrent()) return
    put(dataset, { sets: setsOf(dataset), ...(isCancelled(error) ? {} : { error: toErrorValue(error) }) })
  } finally {
    if (isCurrent()) controllers.delete(dataset)
  }
}

export function cancelRun(dataset: string): void {
  controllers.get(dataset)?.abort()
}

/** Saves first, shows afterwards: what is on the screen is on the disk. False when it could not be kept. */
async function change(dataset: string, next: (sets: readonly KeptSet[]) => readonly KeptSet[]): Promise<boolean> {
  try {
    const sets = next(setsOf(dataset))
    const problem = keepProblem(sets)
    if (problem !== null) throw new AppError({ code: 'too-large', message: problem })
    await getApi().call('settings.set', { key: settingOf(dataset), value: toSetting(sets) })
    put(dataset, { ...store.getState().of[dataset], sets, error: undefined })
    return true
  } catch (error) {
    put(dataset, { ...store.getState().of[dataset], sets: setsOf(dataset), error: toErrorValue(error) })
    return false
  }
}

const settingOf = (dataset: string): string => `relevance-sets:${dataset}`

const setsOf = (dataset: string): readonly KeptSet[] => store.getState().of[dataset]?.sets ?? []

const missingKey = (column: string): AppError =>
  new AppError({ code: 'unknown-column', message: `This version has no column “${column}” to tell rows apart by.` })

/** Plain JSON: fields that are absent are left out. */
function toSetting(sets: readonly KeptSet[]): Parameters<typeof writeSetting>[1] {
  return JSON.parse(JSON.stringify(sets)) as Parameters<typeof writeSetting>[1]
}

function put(dataset: string, state: Omit<SetsState, 'error'> & { readonly error?: ErrorValue | undefined }): void {
  const { error, ...rest } = state
  const clean: SetsState = error === undefined ? rest : { ...rest, error }
  store.setState(({ of }) => ({ of: { ...of, [dataset]: clean } }))
}

onTabClosed((dataset) => {
  cancelRun(dataset)
  controllers.delete(dataset)
  store.setState(({ of }) => ({ of: Object.fromEntries(Object.entries(of).filter(([key]) => key !== dataset)) }))
})
