import type { Input, Output } from '#shared/contract/index.ts'
import type { EngineContext } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import { askDimension, endpointsOf, openBulkEmbedder, sourceOf } from '../embedders/index.ts'
import { runJob } from '../jobs/index.ts'
import { forecastOf } from './forecast.ts'
import { lengthsDiffer, refuse } from './problems.ts'
import { readSubject, type Subject } from './subject.ts'
import { embedColumnTask } from './task.ts'

/** Nothing is under way yet that would be lost: one who waits for the start is told soon, not after two minutes. */
const ASKING_TRIES = 3
const RESERVE_BYTES = 64 * 1024 * 1024

/** Checks everything once more, learns the length of the vectors where it is not known, and fills the column in a job. */
export async function* embedColumn(
  context: EngineContext,
  input: Input<'embed.column'>,
  signal: AbortSignal,
): AsyncGenerator<Output<'embed.column'>> {
  const endpoints = endpointsOf(context)
  const found = await readSubject(context, input)
  const { dataset } = found.view
  await checkWritable(dataset, undefined, [...commitFolders(undefined), 'data', '_indices'])
  const embedder = await sourceOf(endpoints, input.embedder)
  const dimension =
    found.embedder.dimension ?? (await askDimension(openBulkEmbedder(embedder, { tries: ASKING_TRIES }), signal))
  if (embedder.kind === 'http') {
    await endpoints.rememberDimension(input.embedder, embedder.url, embedder.model, dimension)
  }
  if (found.target?.dimension !== undefined && found.target.dimension !== dimension) {
    throw lengthsDiffer(input.target, found.target.dimension, found.embedder.title, dimension)
  }
  const subject: Subject = { ...found, dimension }
  const foretold = await forecastOf(subject)
  checkRoom(foretold.bytesWrittenAtMost ?? 0, foretold.freeDiskBytes)
  signal.throwIfAborted()
  yield* runJob(
    context,
    {
      operation: 'embed.column',
      title: `Embed ${input.source} into ${input.target}`,
      dataset,
      writes: true,
      input: {
        location: dataset.location,
        source: input.source,
        target: input.target,
        dimension,
        embedder,
        origin: subject.origin,
      },
      forecast: foretold,
      task: embedColumnTask,
    },
    signal,
  )
}

function checkRoom(needed: number, free: number | null): void {
  if (free === null || needed + RESERVE_BYTES <= free) return
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
  throw refuse(
    'disk-full',
    `This may write ${gigabytes(needed)}, and ${gigabytes(free)} are free; nothing was changed.`,
    'Free some space, for instance by cleaning up old versions, then try again.',
    { neededBytes: needed, freeBytes: free },
  )
}
