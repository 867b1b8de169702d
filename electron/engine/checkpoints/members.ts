import { join } from 'node:path'
import type { CheckpointMember, MemberState } from '#shared/model/checkpoint.ts'
import { AppError, toErrorValue, type ErrorCode, type ErrorValue } from '#shared/errors.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { findDatasets, findTag } from '../datasets/index.ts'
import type { CatalogMember } from './catalog.ts'

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

/** What is left of a member's version. */
export async function lookAtMember(
  context: EngineContext,
  folder: string,
  tag: string,
  { path, version, reason }: CatalogMember,
): Promise<CheckpointMember> {
  if (version === undefined) return { path, state: { kind: 'not-recorded', reason: reason ?? NO_REASON } }
  try {
    const state = await withMember(context, folder, path, (dataset) => lookAtVersion(dataset, tag, version))
    return { path, state }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const isGone = NO_DATASET.has(error.code)
    return {
      path,
      state: isGone ? { kind: 'dataset-gone', version } : { kind: 'unreadable', version, reason: toErrorValue(error) },
    }
  }
}

/** Codes that say nothing of a dataset is at a place. */
const NO_DATASET: ReadonlySet<ErrorCode> = new Set(['not-found', 'not-a-directory', 'not-a-dataset'])

/** For restore points made before reasons were noted. */
const NO_REASON: ErrorValue = {
  code: 'not-a-dataset',
  message: 'It did not open when the restore point was made.',
}

async function lookAtVersion(dataset: OpenDataset, tag: string, version: number): Promise<MemberState> {
  const newest = (await dataset.resolve()).version
  try {
    await dataset.resolve({ version })
  } catch (error) {
    if (error instanceof AppError && error.code === 'version-not-found')
      return { kind: 'version-gone', version, newest }
    throw error
  }
  const found = await findTag(dataset.store, tag)
  const isKept = found?.problem === undefined && found?.branch === undefined && found?.version === version
  return { kind: isKept ? 'kept' : 'untagged', version, newest }
}

/** True where there is a version to commit anew. */
export function isThere(state: MemberState): state is Exclude<MemberState, LostState> {
  return state.kind === 'kept' || state.kind === 'untagged'
}

/** Of what cannot be brought back. */
export type LostState = Exclude<MemberState, { readonly kind: 'kept' | 'untagged' }>

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
