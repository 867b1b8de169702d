import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isInside } from '../../store/local-path.ts'

/** Where a base path of a manifest leads, seen from a dataset. */
export interface BaseTarget {
  /** Folder inside the dataset (empty = its root, `tree/{branch}`), or undefined when it leads elsewhere. */
  readonly folder: string | undefined
  /** True when only following links shows that it leads into the dataset. */
  readonly isAlias: boolean
}

/** Finds where base paths lead. Each is looked up once. */
export function createBaseResolver(location: string): (path: string) => Promise<BaseTarget> {
  const known = new Map<string, Promise<BaseTarget>>()
  return (path) => {
    const target = known.get(path) ?? resolveBase(location, path)
    known.set(path, target)
    return target
  }
}

async function resolveBase(location: string, path: string): Promise<BaseTarget> {
  const local = toLocalPath(path)
  if (local === undefined) return { folder: undefined, isAlias: false }
  if (isInside(location, local)) return { folder: toFolder(location, local), isAlias: false }
  const real = await realpath(local).catch(() => undefined)
  if (real === undefined || !isInside(location, real)) return { folder: undefined, isAlias: false }
  return { folder: toFolder(location, real), isAlias: true }
}

/** The local path of a base path, which may be a `file:` URL; undefined for other stores. */
function toLocalPath(path: string): string | undefined {
  if (path.startsWith('file:')) {
    try {
      return fileURLToPath(path)
    } catch {
      return undefined
    }
  }
  return isAbsolute(path) ? resolve(path) : undefined
}

function toFolder(location: string, path: string): string {
  return relative(location, path).split(sep).join('/')
}
