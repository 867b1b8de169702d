import type { Contract, Input, Output } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { IndexCreated, IndicesOptimized } from '#shared/model/index-entry.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { arrow, column, tableOf, type Columns } from '../lance/tables.fixture.ts'
import { createIndicesHandlers } from './index.ts'

/** The operations on indices over a temporary folder. Call `remove` after the tests. */
export interface IndexBench extends TestContext {
  readonly handlers: Pick<Handlers<Contract>, `indices.${string}` & keyof Contract>
  build(input: Input<'indices.create'>): Promise<IndexCreated>
  optimize(dataset: string): Promise<IndicesOptimized>
  list(dataset: string): Promise<Output<'indices.list'>>
}

export const idle = { signal: new AbortController().signal, connection: new AbortController().signal }

export async function makeIndexBench(): Promise<IndexBench> {
  const parts = await makeTestContext()
  const handlers = createIndicesHandlers(parts.context)
  return {
    ...parts,
    handlers,
    build: (input) => resultOf(handlers['indices.create'](input, idle)),
    optimize: (dataset) => resultOf(handlers['indices.optimize']({ dataset }, idle)),
    list: async (dataset) => handlers['indices.list']({ dataset }, idle),
  }
}

async function resultOf<Result>(
  events: AsyncIterable<{ readonly kind: 'job' } | { readonly kind: 'done'; readonly result: Result }>,
): Promise<Result> {
  for await (const event of events) if (event.kind === 'done') return event.result
  throw new Error('no result')
}

const vectors = (type: InstanceType<typeof arrow.DataType>, rows: readonly unknown[]) =>
  arrow.vectorFromArray(rows as never, type)

/** A column of every kind of index: `count` rows from `from` on. */
export function manyColumns(count: number, from = 0): Columns {
  const ids = Array.from({ length: count }, (_, row) => from + row)
  const list = (dimension: number, type: InstanceType<typeof arrow.DataType>) =>
    new arrow.FixedSizeList(dimension, new arrow.Field('item', type, true))
  const floats = (id: number) => Array.from({ length: 16 }, (_, i) => Math.sin(id * 7 + i))
  const text = new arrow.Utf8()
  return {
    id: column(new arrow.Int64(), ids.map(BigInt)),
    price: column(
      new arrow.Float64(),
      ids.map((id) => id / 2),
    ),
    kind: column(
      text,
      ids.map((id) => `k${id % 3}`),
    ),
    name: column(
      text,
      ids.map((id) => `n${id}`),
    ),
    text: column(
      text,
      ids.map((id) => `the quick brown fox number ${id} jumps over a lazy dog`),
    ),
    tags: column(
      new arrow.List(new arrow.Field('item', text, true)),
      ids.map((id) => [`t${id % 4}`, 'all']),
    ),
    vector: vectors(list(16, new arrow.Float32()), ids.map(floats)),
    bytes: vectors(
      list(8, new arrow.Uint8()),
      ids.map((id) => Array.from({ length: 8 }, (_, i) => (id * i) % 256)),
    ),
    multi: vectors(
      new arrow.List(new arrow.Field('item', list(16, new arrow.Float32()), true)),
      ids.map((id) => [floats(id), floats(id + 1)]),
    ),
    place: column(
      new arrow.Struct([new arrow.Field('x', new arrow.Int32(), true)]),
      ids.map((id) => ({ x: id })),
    ),
  }
}

export { tableOf }
