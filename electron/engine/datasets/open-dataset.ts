import { basename } from 'node:path'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import type { Manifest } from '../format/types.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { Ref } from '#shared/model/ref.ts'
import { isBranchName } from './branch-name.ts'
import { checkBasePaths } from './inside-root.ts'
import type { ManifestCache } from './manifest-cache.ts'
import { createManifestLister, type ListedManifest } from './manifest-listing.ts'
import { checkFlags, isUnreadable, refNotFound, versionNotFound, withVersion } from './problems.ts'
import { findTag } from './refs.ts'

/** Older manifests of main tried for one that can be read. */
const MAX_TRIED = 50

export interface DatasetIdentity {
  readonly handle: string
  readonly location: string
  readonly name: string
}

/**
 * A dataset over its store. Holds no file open; every read checks what is there now. With a `root`, versions whose files
 * lie outside of it are refused.
 */
export function createOpenDataset(
  identity: DatasetIdentity,
  store: ObjectStore,
  cache: ManifestCache,
  root?: string,
): OpenDataset {
  const listVersions = createManifestLister(store)

  const list = async (branch: string | undefined): Promise<readonly ListedManifest[]> => {
    if (branch !== undefined && !isBranchName(branch)) throw refNotFound('branch', branch)
    const manifests = await listVersions(branch)
    if (manifests.length === 0 && branch !== undefined) throw refNotFound('branch', branch)
    return manifests
  }
  const pick = async (branch: string | undefined, version: number | undefined): Promise<ListedManifest> => {
    const manifests = await list(branch)
    const found = version === undefined ? manifests[0] : manifests.find((it) => it.version === version)
    if (found !== undefined) return found
    const kept = manifests.map((it) => it.version)
    throw versionNotFound(version ?? 1, kept, branch)
  }

  const manifest = async (at: ResolvedRef): Promise<Manifest> => {
    const { path } = await pick(at.branch, at.version)
    const loaded = await cache.load(store, path).catch((error: unknown) => {
      throw withVersion(error, at.version, path)
    })
    checkFlags(loaded)
    if (root !== undefined) await checkBasePaths(loaded, root)
    return loaded
  }

  const findReadableMain = async (): Promise<string | undefined> => {
    for (const { version, path } of (await list(undefined)).slice(1, 1 + MAX_TRIED)) {
      const isReadable = await manifest({ branch: undefined, version }).then(
        () => true,
        () => false,
      )
      if (isReadable) return path
    }
    return undefined
  }

  return {
    ...identity,
    store,
    manifest,
    async shadowedManifest(at) {
      const { version } = await pick(undefined, undefined)
      if (at.branch === undefined && version === at.version) return undefined
      try {
        await manifest({ branch: undefined, version })
        return undefined
      } catch (error) {
        if (!isUnreadable(error)) return undefined
      }
      // Lance comes to a branch by way of main, at whichever version.
      const path = at.branch === undefined ? (await pick(undefined, at.version)).path : await findReadableMain()
      return path === undefined ? undefined : basename(path)
    },
    async resolve(ref?: Ref): Promise<ResolvedRef> {
      const target = await toTarget(store, ref)
      const { version } = await pick(target.branch, target.version)
      return { branch: target.branch, version }
    },
  }
}

interface Target {
  readonly branch: string | undefined
  /** Undefined = newest. */
  readonly version: number | undefined
}

async function toTarget(store: ObjectStore, ref: Ref | undefined): Promise<Target> {
  if (ref === undefined) return { branch: undefined, version: undefined }
  if ('tag' in ref) {
    const tag = await findTag(store, ref.tag)
    if (tag === undefined || tag.problem !== undefined) throw refNotFound('tag', ref.tag)
    return { branch: tag.branch, version: tag.version }
  }
  if ('branch' in ref) return { branch: ref.branch === 'main' ? undefined : ref.branch, version: ref.version }
  return { branch: undefined, version: ref.version }
}
