import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { ImportSources } from '#shared/model/import/spec.ts'
import type { EnginePaths } from '../context.ts'
import { fileError } from '../store/errno.ts'
import { isInside, resolveRealPath } from '../store/local-path.ts'

/** Files looked at in one import. */
export const MAX_FILES = 100_000

/** A file, or a dataset, that was named or lies in a folder that was. */
export interface FoundFile {
  readonly path: string
  /** As in `SourceItem.name`. */
  readonly name: string
  /** A Lance dataset: a folder that is one source. */
  readonly isDataset: boolean
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly mtimeMs: number
}

export interface FoundFiles {
  readonly files: readonly FoundFile[]
  /** True when there are more than {@link MAX_FILES}. */
  readonly truncated: boolean
}

type Named = Pick<ImportSources, 'paths' | 'uploads'>

/**
 * Every file the sources name, folders with everything in them, in the order of the names. What is hidden is left out,
 * and so is what lies outside of the root. Fails for a path that is not there.
 */
export async function findFiles(
  { dataDir, root }: EnginePaths,
  { paths = [], uploads = [] }: Named,
  signal: AbortSignal,
  maxFiles = MAX_FILES,
): Promise<FoundFiles> {
  const walk: Walk = { files: new Map(), seen: new Set(), root, maxFiles, signal, truncated: false }
  for (const text of paths) {
    const path = await resolveRealPath(text, root)
    await visit(walk, { path, name: basename(path) }, true)
  }
  for (const upload of uploads) {
    const folder = uploadFolder(dataDir, upload)
    // Ours, wherever the root is.
    const within: Walk = { ...walk, root: folder }
    for (const name of await listUpload(folder, upload)) await visit(within, { path: join(folder, name), name }, true)
    walk.truncated ||= within.truncated
  }
  return { files: [...walk.files.values()], truncated: walk.truncated }
}

/** Where the files of an upload lie. */
export function uploadFolder(dataDir: string, upload: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(upload)) throw noUpload(upload)
  return join(dataDir, 'uploads', upload, 'files')
}

interface Walk {
  /** By name. */
  readonly files: Map<string, FoundFile>
  /** Real paths of folders, so that a link to one above does not go round in circles. */
  readonly seen: Set<string>
  readonly root: string | undefined
  readonly maxFiles: number
  readonly signal: AbortSignal
  truncated: boolean
}

interface Place {
  readonly path: string
  readonly name: string
}

async function visit(walk: Walk, place: Place, isNamed: boolean): Promise<void> {
  walk.signal.throwIfAborted()
  if (walk.truncated) return
  const found = await stat(place.path).catch((error: unknown) => {
    if (isNamed) throw fileError(error, place.path)
    // A link to nowhere, or gone meanwhile.
    return undefined
  })
  if (found === undefined) return
  if (found.isFile()) return add(walk, place, false, found)
  if (!found.isDirectory()) return
  if (await isDataset(place.path)) return add(walk, place, true, found)
  const real = await realpath(place.path)
  if (walk.seen.has(real)) return
  walk.seen.add(real)
  for (const name of await namesIn(place.path)) {
    const path = join(place.path, name)
    if (!(await isAllowed(path, walk.root))) continue
    await visit(walk, { path, name: `${place.name}/${name}` }, false)
  }
}

function add(
  walk: Walk,
  { path, name }: Place,
  isADataset: boolean,
  { size, mtimeMs }: { readonly size: number; readonly mtimeMs: number },
): void {
  if (walk.files.size >= walk.maxFiles) {
    walk.truncated = true
    return
  }
  const known = walk.files.get(name)
  if (known?.path === path) return
  // Two of one name from different places: the records have to tell them apart.
  const unique = known === undefined ? name : path
  walk.files.set(unique, { path, name: unique, isDataset: isADataset, bytes: isADataset ? 0 : size, mtimeMs })
}

/** Names to look at in a folder, in an order that stays. A folder that may not be read has none. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => !name.startsWith('.')).toSorted()
}

async function isDataset(folder: string): Promise<boolean> {
  if (folder.endsWith('.lance')) return true
  const names = await readdir(join(folder, '_versions')).catch(() => [])
  return names.some((name) => name.endsWith('.manifest'))
}

async function isAllowed(path: string, root: string | undefined): Promise<boolean> {
  if (root === undefined) return true
  const real = await realpath(path).catch(() => undefined)
  return real !== undefined && isInside(root, real)
}

async function listUpload(folder: string, upload: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => undefined)
  if (names === undefined) throw noUpload(upload)
  return names.toSorted()
}

function noUpload(upload: string): AppError {
  return new AppError({
    code: 'upload-not-found',
    message: `There is no upload "${upload.slice(0, 64)}" here.`,
    hint: 'Choose the files again.',
    detail: { upload },
  })
}
