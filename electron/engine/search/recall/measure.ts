import type { Input } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { JobEvent } from '#shared/model/job.ts'
import type { RecallReport } from '#shared/model/search.ts'
import type { EngineContext, ResolvedRef } from '../../context.ts'
import { runJob } from '../../jobs/index.ts'
import { openView, READ_TIMEOUT_MS, toFilter } from '../../rows/index.ts'
import { totalRows } from '../known-indices.ts'
import { checkVectors } from '../query-vectors.ts'
import { chooseVectorColumn, invalidVector } from '../vector-columns.ts'
import { chooseIndex } from './choose-index.ts'
import { expandSweep } from './sweep.ts'
import { recallTask, type RecallInput } from './task.ts'

/** Checks what is to be measured, then measures it in a process of its own. */
export async function* measureRecall(
  context: EngineContext,
  { dataset: handle, ref, ...input }: Input<'search.recall'>,
  signal: AbortSignal,
): AsyncGenerator<JobEvent<RecallReport>> {
  const dataset = context.datasets.get(handle)
  const at = await check(context, { dataset: handle, ref, ...input })
  signal.throwIfAborted()
  const task: RecallInput = { ...input, location: dataset.location, ref: toRef(at) }
  yield* runJob(
    context,
    {
      operation: 'search.recall',
      title: `Measure recall of ${input.column}`,
      dataset,
      writes: false,
      input: task,
      task: recallTask,
    },
    signal,
  )
}

async function check(context: EngineContext, input: Input<'search.recall'>): Promise<ResolvedRef> {
  const { column: name, queries } = input
  const view = await openView(context, input)
  const column = chooseVectorColumn(view.manifest, name, undefined)
  if (column.isMulti) {
    throw invalidVector(
      `Recall of "${name}" cannot be measured: each of its rows holds several vectors.`,
      'Measure a column with one vector a row.',
    )
  }
  if ((input.metric === 'hamming') !== column.isBytes && input.metric !== undefined) {
    throw new AppError({
      code: 'invalid-input',
      message: `Vectors of "${name}" cannot be compared by ${input.metric}.`,
      hint: column.isBytes ? 'Vectors of bytes are compared by hamming.' : 'Use l2, cosine or dot.',
    })
  }
  if ('vectors' in queries) checkVectors(view.manifest, queries.vectors, name)
  if (totalRows(view.manifest) === 0) {
    throw new AppError({
      code: 'invalid-input',
      message: 'The version has no rows to search.',
      hint: 'Choose another version.',
    })
  }
  const { index } = chooseIndex(view.manifest, column, input.metric)
  // For its refusals alone: how many partitions there are does not matter to them.
  if (index !== undefined) expandSweep(input.sweep, { type: index.details.type, partitions: undefined }, input.k)
  const filter = toFilter(input.filter)
  if (filter !== undefined) await view.table.explainFilter(filter, READ_TIMEOUT_MS)
  return view.at
}

function toRef({ branch, version }: ResolvedRef): RecallInput['ref'] {
  return branch === undefined ? { version } : { branch, version }
}
