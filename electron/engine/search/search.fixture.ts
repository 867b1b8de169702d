import type { Input, Output } from '#shared/contract/index.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { lancedb } from '../lance/tables.fixture.ts'
import { runSearch } from './run.ts'

/** A context with a way to search. */
export interface SearchBench extends TestContext {
  search(input: Input<'search.run'>): Promise<Output<'search.run'>>
  /** A dataset of plain objects. */
  create(name: string, rows: Record<string, unknown>[]): ReturnType<TestContext['folder']['create']>
}

export async function makeSearchBench(): Promise<SearchBench> {
  const test = await makeTestContext()
  const create: SearchBench['create'] = async (name, rows) =>
    (await lancedb.connect(test.folder.path)).createTable(name, rows)
  return { ...test, create, search: (input) => runSearch(test.context, input, new AbortController().signal) }
}

/** Vectors of `dimension` numbers from sines: no two alike, the same every run. */
export function vectorOf(row: number, dimension = 8): number[] {
  return Array.from({ length: dimension }, (_, i) => Math.sin(row * 3 + i * 7))
}

export type Metric = 'l2' | 'cosine' | 'dot'

/** Distance as Lance defines it: l2 is squared, cosine 1 − cos, dot 1 − a·b. */
export function distance(metric: Metric, a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0)
  switch (metric) {
    case 'l2':
      return a.reduce((sum, v, i) => sum + (v - (b[i] ?? 0)) ** 2, 0)
    case 'cosine':
      return 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
    case 'dot':
      return 1 - dot(a, b)
  }
}
