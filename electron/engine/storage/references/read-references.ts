import { AppError, toErrorValue, type ErrorValue } from '#shared/errors.ts'
import type { OpenDataset } from '../../context.ts'
import { isBranchName, readTags } from '../../datasets/index.ts'
import { parseManifestName } from '../../format/names.ts'
import { createPace } from '../pace.ts'
import type { PlacedObject } from '../gather/snapshot.ts'
import { createBaseResolver } from './base-paths.ts'
import { readLine } from './line-reader.ts'
import { readLineage } from './lineage.ts'
import type { Line, References, TagReference } from './model.ts'
import type { FoundManifest } from './read-ahead.ts'
import { createUsesBuilder } from './uses-builder.ts'

interface Problem {
  readonly path: string
  readonly error: ErrorValue
}

/** Reads every manifest and every tag and branch file among what the listing of a dataset shows. */
export async function readReferences(
  dataset: OpenDataset,
  objects: readonly PlacedObject[],
  signal: AbortSignal,
): Promise<References> {
  const { store } = dataset
  const pace = createPace(signal)
  const problems: Problem[] = []
  const manifests = groupManifests(objects)
  const resolveBase = createBaseResolver(dataset.location)
  const uses = createUsesBuilder()
  const lines: Line[] = []
  for (const { branch, folder, file } of listLines(objects)) {
    const lineage = file === undefined ? [] : await orProblem(readLineage(store, file), file, [], problems)
    const found = manifests.get(folder) ?? []
    const line = await readLine({ store, branch, folder, manifests: found, resolveBase }, uses, pace, signal)
    lines.push({ ...line, lineage })
    problems.push(...line.unreadable.map(({ path, error }) => ({ path, error })))
  }
  const tags = await readTagReferences(dataset, problems)
  return { lines, tags, unreadable: problems, ...uses.finish() }
}

async function orProblem<T>(running: Promise<T>, path: string, otherwise: T, problems: Problem[]): Promise<T> {
  try {
    return await running
  } catch (error) {
    problems.push({ path, error: toErrorValue(error) })
    return otherwise
  }
}

/** Manifests by the folder of their branch, oldest first. */
function groupManifests(objects: readonly PlacedObject[]): ReadonlyMap<string, readonly FoundManifest[]> {
  const groups = new Map<string, Map<number, FoundManifest>>()
  for (const { path, bytes, placed } of objects) {
    const { kind, folder } = placed
    const parsed = kind === 'manifest' ? parseManifestName(path.slice(path.lastIndexOf('/') + 1)) : undefined
    if (parsed?.kind !== 'version') continue
    const group = groups.get(folder) ?? new Map<number, FoundManifest>()
    groups.set(folder, group)
    const isShadowed = parsed.scheme === 'v1' && group.has(parsed.version)
    if (!isShadowed) group.set(parsed.version, { version: parsed.version, path, bytes })
  }
  return new Map(
    [...groups].map(([folder, group]) => [folder, [...group.values()].toSorted((a, b) => a.version - b.version)]),
  )
}

interface LineName {
  readonly branch: string | undefined
  readonly folder: string
  /** The branch's file. */
  readonly file: string | undefined
}

const BRANCH_FILE = /^_refs\/branches\/(.+)\.json$/

/** Main, and every branch that has a file: a folder below `tree/` without one is no branch. */
function listLines(objects: readonly PlacedObject[]): readonly LineName[] {
  const branches = objects.flatMap(({ path }): readonly LineName[] => {
    const branch = toBranchName(BRANCH_FILE.exec(path)?.[1])
    return branch === undefined ? [] : [{ branch, folder: `tree/${branch}`, file: path }]
  })
  const sorted = branches.toSorted((a, b) => (a.folder < b.folder ? -1 : 1))
  return [{ branch: undefined, folder: '', file: undefined }, ...sorted]
}

/** File names write `/` as `%2F`. */
function toBranchName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  try {
    const branch = decodeURIComponent(name)
    return isBranchName(branch) ? branch : undefined
  } catch {
    return undefined
  }
}

async function readTagReferences({ store }: OpenDataset, problems: Problem[]): Promise<readonly TagReference[]> {
  // A folder that cannot be listed is already among the problems of the listing.
  const tags = await readTags(store).catch(() => [])
  return tags.flatMap(({ name, branch, version, problem }) => {
    if (problem === undefined) return [{ name, branch, version }]
    const error = new AppError({ code: 'corrupt-manifest', message: `Tag "${name}": ${problem}` }).toValue()
    problems.push({ path: `_refs/tags/${encodeURIComponent(name)}.json`, error })
    return []
  })
}
