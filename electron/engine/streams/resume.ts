import { AppError } from '#shared/errors.ts'
import { findAppend } from '../appends/index.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { readHead, type Checkpoint, type FileIntent } from './checkpoint.ts'
import type { FilePosition } from './follow-file.ts'

/** Where a file goes on, after a stream of it that may have ended at any moment. `unreadable-source` when it is another file. */
export async function resumePosition(
  context: EngineContext,
  checkpoint: Checkpoint,
  dataset: OpenDataset,
): Promise<FilePosition> {
  const head = await readHead(checkpoint.file, checkpoint.head.bytes)
  if (head.sha256 !== checkpoint.head.sha256) throw otherFile(checkpoint.file)
  const { intent, done } = checkpoint
  if (intent === undefined) return done
  const version = await findAppend(context, dataset, intent, intent.columns).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'commit-conflict'
      ? undecided(checkpoint.file, intent, error)
      : error
  })
  return version === undefined ? done : intent.to
}

function otherFile(path: string): AppError {
  return new AppError({
    code: 'unreadable-source',
    message: `${path} is not the file that was streamed before: it begins differently.`,
    hint: 'Stream it from its start, or from its end.',
    detail: { path },
  })
}

function undecided(path: string, { rows }: FileIntent, cause: AppError): AppError {
  return new AppError(
    {
      code: 'commit-conflict',
      message: `Whether the last ${rows} records of ${path} were committed cannot be told. ${cause.message}`,
      hint: 'Look at the newest rows, then stream the file from its start into a new dataset, or from its end.',
      detail: { path },
    },
    { cause },
  )
}
