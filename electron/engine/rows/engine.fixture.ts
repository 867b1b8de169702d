import type { Input, Output } from '#shared/contract/index.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { arrow } from '../lance/tables.fixture.ts'
import { createRowsHandlers } from './index.ts'
import type { RowListLimits } from './row-lists.ts'

/** The operations on rows over a temporary folder. Call `remove` after the tests. */
export interface TestEngine extends TestContext {
  readonly rows: ReturnType<typeof createRowsHandlers>
}

export async function makeTestEngine(limits?: RowListLimits): Promise<TestEngine> {
  const parts = await makeTestContext()
  return { ...parts, rows: createRowsHandlers(parts.context, limits) }
}

/** A call context that is never aborted. */
export const idle = { signal: new AbortController().signal }

export async function page(
  engine: TestEngine,
  input: Omit<Input<'rows.page'>, 'offset' | 'limit'> & { offset?: number; limit?: number },
): Promise<Output<'rows.page'>> {
  return engine.rows['rows.page']({ offset: 0, limit: 100, ...input }, idle)
}

/** Values of one column of a page in view order. */
export function valuesOf(result: Output<'rows.page'>, name: string): unknown[] {
  const values = result.arrow.flatMap((file) => {
    const vector = arrow.tableFromIPC(file).getChild(name)
    return vector === null ? [] : Array.from({ length: vector.length }, (_, index): unknown => vector.get(index))
  })
  return result.order === undefined ? values : result.order.map((index) => values[index])
}
