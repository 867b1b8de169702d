import { readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { readBranches, readTags } from '../datasets/index.ts'

/** What refers to a dataset by its path and would break if it moved. */
export interface PathUser {
  readonly kind: 'branch' | 'clone'
  readonly name: string
}

/** Branches of the dataset whose newest version refers to its files by the dataset's absolute path. */
export async function findPathBranches(dataset: OpenDataset): Promise<readonly PathUser[]> {
  const users: PathUser[] = []
  for (const { name, latestVersion } of await readBranches(dataset.store)) {
    // A branch that does not read may refer to anything.
    if (latestVersion === null || (await refersTo(dataset, dataset.location, { branch: name }).catch(() => true))) {
      users.push({ kind: 'branch', name })
    }
  }
  return users
}

/**
 * Datasets beside this one that read some of its files: shallow clones. Newest, tagged and branched versions are looked
 * at. Clones elsewhere cannot be found from here.
 */
export async function findClones(context: EngineContext, location: string): Promise<readonly PathUser[]> {
  const folder = dirname(location)
  const names = await readdir(folder).catch(() => [])
  const clones: PathUser[] = []
  for (const name of names.filter((it) => it.endsWith('.lance') && join(folder, it) !== location)) {
    if (await isClone(context, join(folder, name), location)) clones.push({ kind: 'clone', name })
  }
  return clones
}

async function isClone(context: EngineContext, other: string, location: string): Promise<boolean> {
  const holder = new AbortController()
  try {
    const dataset = await context.datasets.open(other, holder.signal)
    const refs = [
      undefined,
      ...(await readTags(dataset.store)).map(({ name }) => ({ tag: name })),
      ...(await readBranches(dataset.store)).map(({ name }) => ({ branch: name })),
    ]
    for (const ref of refs) if (await refersTo(dataset, location, ref).catch(() => false)) return true
    return false
  } catch (error) {
    // A neighbour that does not open says nothing about this one.
    if (error instanceof AppError) return false
    throw error
  } finally {
    holder.abort()
  }
}

async function refersTo(
  dataset: OpenDataset,
  location: string,
  ref: { readonly branch: string } | { readonly tag: string } | undefined,
): Promise<boolean> {
  const { basePaths } = await dataset.manifest(await dataset.resolve(ref))
  return basePaths.some(({ path }) => {
    const base = resolve(path.replace(/^file:\/\//, ''))
    return base === location || base.startsWith(`${location}/`)
  })
}
