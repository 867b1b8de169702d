import { join } from 'node:path'
import type { CheckpointMember } from '#shared/model/checkpoint.ts'
import { AppError, type ErrorValue } from '#shared/errors.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { findDatasets, findTag } from '../datasets/index.ts'

/** Tags of restore points begin so: LanceDB and other tools see and keep them too. */
const PREFIX = 'checkpoint.'

export function toTagName(name: string): string {
  return `${PREFIX}${name}`
}

/** A dataset of a folder as it is found now. */
export interface FoundMember {
  readonly path: string
  readonly version?: number
  readonly error?: ErrorValue
}

/** Every dataset of a folder with its newest version; damaged ones with their reason. */
export async function findMembers(
  { paths }: EngineContext,
  folder: string,
  signal: AbortSignal,
): Promise<readonly FoundMember[]> {
  const members: FoundMember[] = []
  for await (const item of findDatasets(folder, { root: paths.root, signal })) {
    if (item.kind === 'dataset') members.push({ path: item.relativePath, version: item.version })
    else if (item.kind === 'broken') members.push({ path: item.relativePath, error: item.error })
    else if (item.truncated) throw tooMany(folder)
  }
  return members
}

/** What is left of a member's version; its newest version too, where the dataset opens. */
export async function lookAtMember(
  context: EngineContext,
  folder: string,
  tag: string,
  { path, version = 0 }: { readonly path: string; readonly version?: number },
): Promise<CheckpointMember> {
  try {
    return await withMember(context, folder, path, async (dataset) => {
      const newest = (await dataset.resolve()).version
      const isThere = await dataset.resolve({ version }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof AppError) return false
          throw error
        },
      )
      if (!isThere) return { path, version, newest, state: 'gone' }
      const found = await findTag(dataset.store, tag)
      const isKept = found?.problem === undefined && found?.branch === undefined && found?.version === version
      return { path, version, newest, state: isKept ? 'kept' : 'untagged' }
    })
  } catch (error) {
    if (error instanceof AppError) return { path, version, state: 'missing' }
    throw error
  }
}

/** Opens a member for as long as the work takes. */
export async function withMember<T>(
  context: EngineContext,
  folder: string,
  path: string,
  work: (dataset: OpenDataset) => Promise<T>,
): Promise<T> {
  const holder = new AbortController()
  try {
    return await work(await context.datasets.open(join(folder, path), holder.signal))
  } finally {
    holder.abort()
  }
}

function tooMany(folder: string): AppError {
  return new AppError({
    code: 'too-large',
    message: `${folder} has more folders, or deeper ones, than are searched for datasets.`,
    hint: 'Make restore points of folders further down.',
    detail: { folder },
  })
}
