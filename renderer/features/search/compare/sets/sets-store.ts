import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { resolveQuery } from '../../query/embedding.ts'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { AppError, type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { RelevanceEntry, RelevanceSet, SavedRelevanceSet } from '#shared/model/relevance.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { getApi, onTabClosed, queryClient } from '#renderer/features/workspace/index.ts'
import { ResultSource } from '../../results/result-source.ts'
import { toRanking } from '../ranking.ts'
import { inState } from '../states.ts'
import { runSet } from './run-set.ts'

/** What goes on with the sets of a dataset. */
export interface SetsState {
  /** A run that is under way. */
  readonly run?: { readonly name: string; readonly done: number; readonly total: number }
  /** Why the last save, deletion or run did not succeed. */
  readonly error?: ErrorValue
}

const IDLE: SetsState = {}
const store = createStore<{ readonly of: Readonly<Record<string, SetsState>> }>(() => ({ of: {} }))
const controllers = new Map<string, AbortController>()

/** The sets kept for a dataset, read anew whenever a view shows them: other windows save some too. */
export function useSetList(dataset: string): UseQueryResult<readonly RelevanceEntry[]> {
  return useQuery({
    queryKey: ['relevance', dataset, 'list'],
    queryFn: ({ signal }) => getApi().call('relevance.list', { dataset }, { signal }),
    staleTime: 0,
  })
}

/** One set with its judgments and runs; nothing without a name. */
export function useSet(dataset: string, name: string | null): UseQueryResult<RelevanceSet> {
  return useQuery({
    queryKey: ['relevance', dataset, 'set', name ?? ''],
    enabled: name !== null,
    queryFn: ({ signal }) => getApi().call('relevance.get', { dataset, name: name ?? '' }, { signal }),
    staleTime: 0,
  })
}

/** A run goes on when the view is left. */
export function useSetsState(dataset: string): SetsState {
  return useStore(store, (state) => state.of[dataset] ?? IDLE)
}

/** A kept set, to be opened or exported; null, with the reason on screen, when it cannot be read. */
export async function getSet(dataset: string, name: string): Promise<RelevanceSet | null> {
  return tryTo(dataset, () => getApi().call('relevance.get', { dataset, name }))
}

/** Keeps a set; null, with the reason on screen, when it could not be kept. */
export async function saveSet(dataset: string, set: SavedRelevanceSet): Promise<RelevanceSet | null> {
  return tryTo(dataset, async () => {
    const saved = await getApi().call('relevance.save', { dataset, set: toPlain(set) })
    await reread(dataset)
    return saved
  })
}

/** Deletes a set, or a damaged file; false, with the reason on screen, when it is still there. */
export async function removeSet(
  dataset: string,
  which: { readonly name: string } | { readonly file: string },
): Promise<boolean> {
  const removed = await tryTo(dataset, async () => {
    await getApi().call('relevance.remove', { dataset, ...which })
    await reread(dataset)
    return true
  })
  return removed ?? false
}

/** Shows why something could not be done with the sets. */
export function setsFailed(dataset: string, error: unknown): void {
  put(dataset, { ...store.getState().of[dataset], error: toErrorValue(error) })
}

/** Runs a set on one state of the dataset and keeps the figures with it. */
export async function startRun(
  dataset: string,
  set: RelevanceSet,
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
        if (isCurrent()) put(dataset, { run: { name: set.name, done, total } })
      },
      search: async (query, keyColumn, state) => {
        const ref = state ?? at
        const known =
          state === undefined
            ? schema
            : (await getApi().call('datasets.summary', { dataset, ref: state }, { signal })).schema
        const fields = known.filter(({ name }) => name === keyColumn)
        if (keyColumn !== '' && fields.length === 0) throw missingKey(keyColumn)
        const columns = fields.map(({ name }) => name)
        const asked = await resolveQuery(inState(query, at, state), signal)
        const result = await getApi().call('search.run', { dataset, ref, ...asked.query, columns }, { signal })
        const keys = toRanking(new ResultSource(result, fields), '', keyColumn).map(({ key }) => key)
        return { keys, searchMs: result.answeredBy.searchMs, version: result.answeredBy.version }
      },
    })
    if (!isCurrent()) return
    await getApi().call('relevance.record', { dataset, name: set.name, run: toPlain(run) })
    await reread(dataset)
    if (isCurrent()) put(dataset, IDLE)
  } catch (error) {
    if (isCurrent()) put(dataset, isCancelled(error) ? IDLE : { error: toErrorValue(error) })
  } finally {
    if (isCurrent()) controllers.delete(dataset)
  }
}

export function cancelRun(dataset: string): void {
  controllers.get(dataset)?.abort()
}

async function tryTo<T>(dataset: string, work: () => Promise<T>): Promise<T | null> {
  const { error: _past, ...rest } = store.getState().of[dataset] ?? IDLE
  try {
    const result = await work()
    put(dataset, rest)
    return result
  } catch (error) {
    setsFailed(dataset, error)
    return null
  }
}

async function reread(dataset: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['relevance', dataset] })
}

const missingKey = (column: string): AppError =>
  new AppError({ code: 'unknown-column', message: `This version has no column “${column}” to tell rows apart by.` })

/** The lists of a model are readonly, those of an input are not. */
function toPlain(value: object): never {
  return structuredClone(value) as never
}

function put(dataset: string, state: SetsState): void {
  store.setState(({ of }) => ({ of: { ...of, [dataset]: state } }))
}

onTabClosed((dataset) => {
  cancelRun(dataset)
  controllers.delete(dataset)
  store.setState(({ of }) => ({ of: Object.fromEntries(Object.entries(of).filter(([key]) => key !== dataset)) }))
})
