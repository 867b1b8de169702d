import type { BranchEntry, TagEntry } from '#shared/model/version.ts'
import { AppError, toErrorValue } from '#shared/errors.ts'
import { formatTimestamp } from '../format/timestamp.ts'
import { isBranchName } from './branch-name.ts'
import { listManifests } from './manifest-listing.ts'
import type { ObjectStore } from '../store/object-store.ts'

const MAX_REF_BYTES = 1024 * 1024
const SUFFIX = '.json'

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

/** The branch of a name; undefined when there is none. */
export async function findBranch(store: ObjectStore, name: string): Promise<BranchEntry | undefined> {
  const file = (await listRefNames(store, '_refs/branches')).find((it) => toRefName(it) === name)
  return file === undefined ? undefined : readBranch(store, file)
}

/** `_refs/tags/{name}.json` (lance `TagContents`): branch, version, createdAt, updatedAt. */
async function readTag(store: ObjectStore, file: string): Promise<TagEntry> {
  const name = toRefName(file)
  try {
    const tag = await readJson(store, `_refs/tags/${file}`)
    const branch = optionalText(tag, 'branch')
    const createdAt = optionalText(tag, 'createdAt')
    const updatedAt = optionalText(tag, 'updatedAt')
    return {
      name,
      version: wholeNumber(tag, 'version'),
      ...(branch === undefined ? {} : { branch }),
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(updatedAt === undefined ? {} : { updatedAt }),
    }
  } catch (error) {
    return { name, version: 0, problem: describeProblem('tag', error) }
  }
}

/** `_refs/branches/{name}.json` (lance `BranchContents`): parentBranch, parentVersion, createAt in seconds. */
async function readBranch(store: ObjectStore, file: string): Promise<BranchEntry> {
  const name = toRefName(file)
  try {
    const branch = await readJson(store, `_refs/branches/${file}`)
    const parentBranch = optionalText(branch, 'parentBranch')
    const createdAtSeconds = branch['createAt'] === undefined ? undefined : wholeNumber(branch, 'createAt')
    const latestVersion = isBranchName(name) ? ((await listManifests(store, name)).at(0)?.version ?? null) : null
    return {
      name,
      parentVersion: wholeNumber(branch, 'parentVersion'),
      latestVersion,
      ...(parentBranch === undefined ? {} : { parentBranch }),
      ...(createdAtSeconds === undefined ? {} : { createdAt: formatTimestamp(createdAtSeconds, 0) }),
      ...(latestVersion === null ? { problem: 'The branch has no versions.' } : {}),
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

type JsonObject = Readonly<Record<string, unknown>>

async function readJson(store: ObjectStore, path: string): Promise<JsonObject> {
  const value: unknown = JSON.parse(new TextDecoder().decode(await store.read(path, MAX_REF_BYTES)))
  if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object')
  return value as JsonObject
}

/** Absent and null are the same to the writer. */
function optionalText(object: JsonObject, key: string): string | undefined {
  const value = object[key] ?? undefined
  if (value !== undefined && typeof value !== 'string') throw new SyntaxError(`${key} is not text`)
  return value
}

function wholeNumber(object: JsonObject, key: string): number {
  const value = object[key]
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new SyntaxError(`${key} is not a number`)
}

function describeProblem(kind: 'tag' | 'branch', error: unknown): string {
  const isContent = error instanceof SyntaxError || (error instanceof AppError && error.code === 'corrupt-manifest')
  return isContent ? `The ${kind} file is damaged.` : toErrorValue(error).message
}
