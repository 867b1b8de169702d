import type { VersionRange } from '#shared/model/metadata.ts'
import type { StorageFile } from '#shared/model/storage.ts'
import type { StoredFile } from '../gather/snapshot.ts'
import type { References, Uses } from '../references/model.ts'
import type { Lookups } from './lookups.ts'

/** Who wrote a file and who still needs it. */
export type FileUsers = Pick<StorageFile, 'usedBy' | 'writtenBy'>

const NOBODY: StorageFile['usedBy'] = { versions: [], tags: [], branches: [] }

/** Tags and branches are used by what they name, all else by the versions that refer to it. */
export function createUserFinder(references: References, lookups: Lookups): (file: StoredFile) => FileUsers {
  return (file) => {
    const ref = toRefName(file)
    if (ref !== undefined) return { usedBy: { ...NOBODY, [file.placed.kind === 'tag' ? 'tags' : 'branches']: [ref] } }
    const uses = lookups.usesOf(file)
    if (uses.length === 0) return { usedBy: NOBODY }
    const writtenBy = findWriter(file, references, uses)
    return { usedBy: findUsers(file, references, lookups, uses), ...(writtenBy === undefined ? {} : { writtenBy }) }
  }
}

function findUsers(
  file: StoredFile,
  { lines }: References,
  { forks, tagged }: Lookups,
  uses: Uses,
): StorageFile['usedBy'] {
  const versions: VersionRange[] = []
  const branches = new Set(forks.get(file.path))
  const tags = new Set<string>()
  for (const [index, from, to] of eachRun(uses)) {
    const line = lines[index]
    const [first, last] = [line?.versions[from]?.version, line?.versions[to]?.version]
    if (line === undefined || first === undefined || last === undefined) continue
    versions.push({ ...(line.branch === undefined ? {} : { branch: line.branch }), from: first, to: last })
    if (line.branch !== undefined) branches.add(line.branch)
    for (const tag of tagged[index] ?? []) if (tag.index >= from && tag.index <= to) tags.add(tag.name)
  }
  return { versions, tags: [...tags], branches: [...branches] }
}

/** The first version that uses a file, of the branch in whose folder it lies if that still has one. */
function findWriter(file: StoredFile, { lines }: References, uses: Uses): StorageFile['writtenBy'] {
  const runs = [...eachRun(uses)]
  const [index = 0, from = 0] = runs.find(([line]) => lines[line]?.folder === file.placed.folder) ?? runs[0] ?? []
  const line = lines[index]
  const version = line?.versions[from]
  if (line === undefined || version === undefined) return undefined
  const branch = line.branch === undefined ? {} : { branch: line.branch }
  return { ...branch, version: version.version, operation: version.operation }
}

/** The flat list of a file's uses, run by run: line, first and last version. */
export function* eachRun(uses: Uses): Generator<readonly [line: number, from: number, to: number]> {
  for (let at = 0; at + 2 < uses.length; at += 3) yield [uses[at] ?? 0, uses[at + 1] ?? 0, uses[at + 2] ?? 0]
}

/** The name a tag or branch file is for. */
function toRefName({ path, placed }: StoredFile): string | undefined {
  if (placed.kind !== 'tag' && placed.kind !== 'branch') return undefined
  const name = path.slice(path.lastIndexOf('/') + 1, -'.json'.length)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
