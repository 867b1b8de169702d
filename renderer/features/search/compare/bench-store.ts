import { refLabel } from '#renderer/features/compare/index.ts'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { onTabClosed } from '#renderer/features/workspace/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Ref } from '#shared/model/ref.ts'
import { type Draft, NEW_DRAFT, NO_SETTINGS, type Settings } from '../query/draft.ts'
import { COMPARED_MAX, type Bench, newBench, toComparison } from './bench.ts'
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
  const way = { use: 'vector', column, filter, at: null } as const
  const bench: Bench = {
    ...benchLike(dataset, rowId, schema),
    k: String(Math.min(k, 100)),
    configurations: [
      { ...way, id: '1', name: 'Index', settings },
      { ...way, id: '2', name: 'Exact', settings: { ...NO_SETTINGS, exact: true } },
    ],
  }
  const comparison = toComparison(bench)
  setBench(dataset, { ...bench, asked: comparison.ok ? comparison.asked : null })
}

/** A vector column to compare with others, and who makes vectors of a text for it, where that is known. */
export interface ComparedColumn {
  readonly column: string
  readonly embedder: string | undefined
}

/**
 * Asks for the rows like one by several vector columns, side by side; what was judged stays. Where all their embedders
 * are known the question may become a text, which each column is asked with by its own.
 */
export function compareByColumns(
  dataset: string,
  rowId: string,
  columns: readonly ComparedColumn[],
  schema: readonly SchemaField[],
): void {
  const bench: Bench = {
    ...benchLike(dataset, rowId, schema),
    k: '10',
    configurations: columns.map(({ column, embedder }, index) => ({
      id: String(index + 1),
      name: column,
      use: 'vector',
      column,
      filter: '',
      settings: NO_SETTINGS,
      at: null,
      ...(embedder === undefined ? {} : { embedder }),
    })),
  }
  const comparison = toComparison(bench)
  setBench(dataset, { ...bench, asked: comparison.ok ? comparison.asked : null })
}

/** The comparison there is, or a new one, asked for the rows like one. */
function benchLike(dataset: string, rowId: string, schema: readonly SchemaField[]): Bench {
  const question = { ...NEW_DRAFT, mode: 'vector', source: 'row', rowId } as const
  const bench = newBench({
    question,
    modes: ['vector'],
    keyColumn: firstKey(schema) ?? '',
    titleColumn: titleColumns(schema)[0] ?? '',
  })
  return { ...(store.getState().benches[dataset] ?? bench), question }
}

export interface SearchOnTwoVersions {
  readonly draft: Draft
  /** State on screen. */
  readonly at: Ref
  readonly other: Ref
  readonly schema: readonly SchemaField[]
  readonly stableRowIds: boolean
}

/** Asks one search on two states, that on screen left and another right; what was judged stays. */
export function compareVersions(dataset: string, asked: SearchOnTwoVersions): void {
  const { draft, at, other, schema, stableRowIds } = asked
  const { mode, column, filter, settings } = draft
  const start = {
    question: draft,
    modes: [mode],
    keyColumn: stableRowIds ? '' : (firstKey(schema) ?? ''),
    titleColumn: titleColumns(schema)[0] ?? '',
  }
  const [name, otherName] = [refLabel(at), refLabel(other)]
  const way = { use: mode, column, filter, settings } as const
  const bench: Bench = {
    ...(store.getState().benches[dataset] ?? newBench(start)),
    question: draft,
    k: String(Math.min(Number(draft.k) || 20, COMPARED_MAX)),
    configurations: [
      // Named, not "on screen": travelling elsewhere must not change what is compared.
      { ...way, id: '1', name, at },
      { ...way, id: '2', name: otherName === name ? `${name} again` : otherName, at: other },
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
