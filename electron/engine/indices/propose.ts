import type { Input, Output } from '#shared/contract/index.ts'
import type { EngineContext } from '../context.ts'
import { openView } from '../rows/index.ts'
import { requireIndexColumn, typesFor } from './columns.ts'
import { listAt, liveRows } from './list.ts'
import { proposeIndices } from './proposals.ts'
import { sampleColumn } from './sample.ts'

/** Types of index for a column, by its type, the rows and a sample of its values. */
export async function proposeForColumn(
  context: EngineContext,
  input: Input<'indices.propose'>,
  signal: AbortSignal,
): Promise<Output<'indices.propose'>> {
  const { dataset, manifest, at, table } = await openView(context, input)
  const column = requireIndexColumn(manifest, input.column)
  const rows = manifest.fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  // Where there is no choice to make, values need not be looked at.
  const isCounted = typesFor(column).some((type) => type === 'BITMAP' || type === 'LABEL_LIST' || type === 'FTS')
  const sample = isCounted && column.vector === undefined ? await sampleColumn(table, column, rows, signal) : undefined
  const existing = (await listAt(dataset, at)).filter((index) => index.columns.includes(column.path))
  return {
    column: column.path,
    rows,
    ...(sample === undefined ? {} : { distinct: { values: sample.distinct, sampledRows: sample.sampledRows } }),
    proposals: proposeIndices({ column, rows, sample }),
    existing: existing.map(({ name }) => name),
  }
}
