import { z } from 'zod'
import type { BranchEntry, TagEntry } from '#shared/model/version.ts'
import { errorMessage } from './error-message.ts'
import { listManifests } from './manifest-listing.ts'
import type { ObjectStore } from '../store/object-store.ts'

const MAX_REF_BYTES = 1024 * 1024
const SUFFIX = '.json'

/** `_refs/tags/{name}.json` (lance `TagContents`). */
const tagFile = z.object({
  branch: z.string().nullish(),
  version: z.int().min(0),
  createdAt: z.string().nullish(),
  updatedAt: z.string().nullish(),
})
/** `_refs/branches/{name}.json` (lance `BranchContents`); `createAt` counts seconds. */
const branchFile = z.object({
  parentBranch: z.string().nullish(),
  parentVersion: z.int().min(0),
  createAt: z.number().min(0).max(253_402_300_799).nullish(),
})

/** All tags by name; one that cannot be read keeps its place, with the reason. */
export async function readTags(store: ObjectStore): Promise<readonly TagEntry[]> {
  const names = await listRefNames(store, '_refs/tags')
  return Promise.all(names.map((file) => readTag(store, file)))
}

/** All branches but main, by name; one that cannot be read keeps its place, with the reason. */
export async function readBranches(store: ObjectStore): Promise<readonly BranchEntry[]> {
  const names = await listRefNames(store, '_refs/branches')
  return Promise.all(names.map((file) => readBranch(store, file)))
}

/** The tag of a name; undefined when there is none. */
export async function findTag(store: ObjectStore, name: string): Promise<TagEntry | undefined> {
  const file = (await listRefNames(store, '_refs/tags')).find((it) => toRefName(it) === name)
  return file === undefined ? undefined : readTag(store, file)
}

async function readTag(store: ObjectStore, file: string): Promise<TagEntry> {
  const name = toRefName(file)
  try {
    const tag = tagFile.parse(await readJson(store, `_refs/tags/${file}`))
    return {
      name,
      version: tag.version,
      ...(tag.branch == null ? {} : { branch: tag.branch }),
      ...(tag.createdAt == null ? {} : { createdAt: tag.createdAt }),
      ...(tag.updatedAt == null ? {} : { updatedAt: tag.updatedAt }),
    }
  } catch (error) {
    return { name, version: 0, problem: describeProblem('tag', error) }
  }
}

async function readBranch(store: ObjectStore, file: string): Promise<BranchEntry> {
  const name = toRefName(file)
  try {
    const branch = branchFile.parse(await readJson(store, `_refs/branches/${file}`))
    const latest = (await listManifests(store, name)).at(0)?.version ?? null
    return {
      name,
      parentVersion: branch.parentVersion,
      latestVersion: latest,
      ...(branch.parentBranch == null ? {} : { parentBranch: branch.parentBranch }),
      ...(branch.createAt == null ? {} : { createdAt: new Date(branch.createAt * 1000).toISOString() }),
      ...(latest === null ? { problem: 'The branch has no versions.' } : {}),
    }
  } catch (error) {
    return { name, parentVersion: 0, latestVersion: null, problem: describeProblem('branch', error) }
  }
}

async function listRefNames(store: ObjectStore, folder: string): Promise<readonly string[]> {
  const names = await store.listNames(folder)
  return names.filter((name) => name.endsWith(SUFFIX)).toSorted()
}

/** File names write `/` as `%2F`; a name that is no valid escape is taken as it stands. */
function toRefName(file: string): string {
  const name = file.slice(0, -SUFFIX.length)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

async function readJson(store: ObjectStore, path: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await store.read(path, MAX_REF_BYTES)))
}

function describeProblem(kind: 'tag' | 'branch', error: unknown): string {
  const isContent = error instanceof z.ZodError || error instanceof SyntaxError
  return isContent ? `The ${kind} file is damaged.` : errorMessage(error)
}
