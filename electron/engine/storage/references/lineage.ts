import { AppError } from '#shared/errors.ts'
import type { ObjectStore } from '../../store/object-store.ts'
import type { Ancestor, Line } from './model.ts'

const MAX_REF_BYTES = 1024 * 1024

/**
 * Ancestors of a branch from its file (lance `BranchIdentifier.version_mapping`: pairs of version and id, main's first).
 * Empty when an old writer left them out; Lance's cleanup then knows of no parent. Throws for files that are no branch.
 */
export async function readLineage(store: ObjectStore, path: string): Promise<readonly Ancestor[]> {
  const value: unknown = parse(new TextDecoder().decode(await store.read(path, MAX_REF_BYTES)))
  const mapping = property(property(value, 'identifier'), 'version_mapping')
  if (!Array.isArray(mapping)) return []
  return mapping.map((pair: unknown) => {
    const [version, id] = Array.isArray(pair) ? (pair as readonly unknown[]) : []
    if (typeof version !== 'number' || typeof id !== 'string') throw damaged()
    return { version, id }
  })
}

/**
 * The version of `parent` a line was made from, directly or by way of other branches; undefined when it was not. As
 * Lance finds it: the parent's ancestors are the first of the line's own.
 */
export function forkVersion(line: Line, parent: Line): number | undefined {
  const { length } = parent.lineage
  const isDescendant =
    line.lineage.length > length &&
    parent.lineage.every(({ version, id }, index) => {
      const own = line.lineage[index]
      return own?.version === version && own.id === id
    })
  const version = isDescendant ? line.lineage[length]?.version : undefined
  // Lance writes 0 where it does not know.
  return version === 0 ? undefined : version
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw damaged()
  }
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
}

function damaged(): AppError {
  return new AppError({
    code: 'corrupt-manifest',
    message: 'The branch file is damaged.',
    hint: 'Restore it from a backup, or delete the branch.',
  })
}
