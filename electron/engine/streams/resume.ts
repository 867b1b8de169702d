import { AppError } from '#shared/errors.ts'
import type { OpenDataset } from '../context.ts'
import type { Manifest } from '../format/types.ts'
import { readHead, type Checkpoint } from './checkpoint.ts'
import type { FilePosition } from './follow-file.ts'

/** Where a file goes on, after a stream of it that may have ended at any moment. `unreadable-source` when it is another file. */
export async function resumePosition(
  checkpoint: Checkpoint,
  dataset: Pick<OpenDataset, 'resolve' | 'manifest'>,
): Promise<FilePosition> {
  const head = await readHead(checkpoint.file, checkpoint.head.bytes)
  if (head.sha256 !== checkpoint.head.sha256) throw otherFile(checkpoint.file)
  const { intent, done } = checkpoint
  if (intent === undefined) return done
  const appends = await countAppends(dataset, intent.versionBefore, intent.rows)
  if (appends > 1) throw undecided(checkpoint)
  return appends === 1 ? intent.to : done
}

/** Versions after one that added just so many rows and removed nothing. */
async function countAppends(
  dataset: Pick<OpenDataset, 'resolve' | 'manifest'>,
  versionBefore: number,
  rows: number,
): Promise<number> {
  const newest = await dataset.resolve()
  let count = 0
  let before = await manifestOf(dataset, versionBefore)
  for (let version = versionBefore + 1; version <= newest.version; version++) {
    const after = await manifestOf(dataset, version)
    if (before !== undefined && after !== undefined && addedRows(before, after) === rows) count++
    before = after
  }
  return count
}

/** Versions in between may have been cleaned up. */
function manifestOf(dataset: Pick<OpenDataset, 'manifest'>, version: number): Promise<Manifest | undefined> {
  return dataset.manifest({ branch: undefined, version }).catch(() => undefined)
}

/** Rows an append added; undefined when it was none. */
export function addedRows(before: Manifest, after: Manifest): number | undefined {
  const known = new Set(before.fragments.map(({ id }) => id))
  const added = after.fragments.filter(({ id }) => !known.has(id))
  if (added.length === 0 || after.fragments.length - added.length !== known.size) return undefined
  return added.reduce((sum, { physicalRows }) => sum + physicalRows, 0)
}

function otherFile(path: string): AppError {
  return new AppError({
    code: 'unreadable-source',
    message: `${path} is not the file that was streamed before: it begins differently.`,
    hint: 'Stream it from its start, or from its end.',
    detail: { path },
  })
}

function undecided({ file, intent }: Checkpoint): AppError {
  return new AppError({
    code: 'commit-conflict',
    message: `Whether the last ${intent?.rows ?? 0} records of ${file} were committed cannot be told: another program appended as many rows at the time.`,
    hint: 'Look at the newest rows, then stream the file from its start into a new dataset, or from its end.',
    detail: { path: file },
  })
}
