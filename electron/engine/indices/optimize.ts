import type { Input, Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { EngineContext } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import { runJob } from '../jobs/index.ts'
import { listAt } from './list.ts'
import { optimizeIndicesTask } from './optimize-task.ts'

/** Folds rows no index covers into the indices of main, in a job. `index-not-found` when there are none. */
export async function* optimizeIndices(
  context: EngineContext,
  input: Input<'indices.optimize'>,
  signal: AbortSignal,
): AsyncGenerator<Output<'indices.optimize'>> {
  const dataset = context.datasets.get(input.dataset)
  const indices = await listAt(dataset, await dataset.resolve())
  if (indices.every(({ kind }) => kind === 'system')) {
    throw new AppError({
      code: 'index-not-found',
      message: `${dataset.name} has no index to fold rows into.`,
      hint: 'Build one first.',
    })
  }
  await checkWritable(dataset, undefined, [...commitFolders(undefined), '_indices', 'data'])
  signal.throwIfAborted()
  yield* runJob(
    context,
    {
      operation: 'indices.optimize',
      title: 'Fold new rows into the indices',
      dataset,
      writes: true,
      input: { location: dataset.location },
      task: optimizeIndicesTask,
    },
    signal,
  )
}
