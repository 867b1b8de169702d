import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { ImportSources } from '#shared/model/import/spec.ts'
import type { EnginePaths } from '../context.ts'
import { errnoOf, fileError } from '../store/errno.ts'
import { isInside, resolveRealPath } from '../store/local-path.ts'
import { resolveUpload } from '../uploads/index.ts'

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
  /** Why it cannot be read, known without opening it: pipes and devices may never answer. Such a place may be a folder. */
  readonly problem?: ImportProblem
}

export interface FoundFiles {
  readonly files: readonly FoundFile[]
  /** True when there are more than {@link MAX_FILES}. */
  readonly truncated: boolean
}

type Named = Pick<ImportSources, 'paths' | 'uploads'>

/**
 * Every file the sources name, folders with everything in them, in the order of the names. What is hidden is left out;
 * what is no file, cannot be reached or lies outside of the root is there with its problem. Fails for a path that is not
 * there, and for an upload that is not or has not come in full.
 */
export async function findFiles(
  enginePaths: EnginePaths,
  { paths = [], uploads = [] }: Named,
  signal: AbortSignal,
  maxFiles = MAX_FILES,
): Promise<FoundFiles> {
  const { root } = enginePaths
  const walk: Walk = { files: new Map(), seen: new Set(), root, maxFiles, signal, truncated: false }
  for (const text of paths) {
    const path = await resolveRealPath(text, root)
    await visit(walk, { path, name: basename(path) }, true)
  }
  for (const upload of uploads) {
    const folder = await resolveUpload(enginePaths, upload)
    // Ours, wherever the root is.
    const within: Walk = { ...walk, root: folder }
    const dropped = (await readdir(folder)).toSorted()
    for (const name of dropped) await visit(within, { path: join(folder, name), name }, true)
    walk.truncated ||= within.truncated
  }
  return { files: [...walk.files.values()], truncated: walk.truncated }
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
  try {
    const found = await stat(place.path)
    if (found.isFile()) return add(walk, place, found)
    if (!found.isDirectory()) return add(walk, place, { ...found, size: 0, problem: NO_FILE })
    if (await isDataset(place.path)) return add(walk, place, { ...found, size: 0, isDataset: true })
    await visitFolder(walk, place)
  } catch (error) {
    walk.signal.throwIfAborted()
    if (isNamed || errnoOf(error) === undefined) throw fileError(error, place.path)
    add(walk, place, { ...NOTHING, problem: unreachable(error, place) })
  }
}

async function visitFolder(walk: Walk, place: Place): Promise<void> {
  const real = await realpath(place.path)
  if (walk.seen.has(real)) return
  walk.seen.add(real)
  for (const name of await namesIn(place.path)) {
    const below = { path: join(place.path, name), name: `${place.name}/${name}` }
    if (await isAllowed(below.path, walk.root)) await visit(walk, below, false)
    else add(walk, below, { ...NOTHING, problem: OUTSIDE })
  }
}

const NOTHING = { size: 0, mtimeMs: 0 }
const NO_FILE: ImportProblem = {
  severity: 'error',
  message: 'This is a device, a pipe or a socket, not a file.',
  hint: 'Drop a file.',
}
const OUTSIDE: ImportProblem = {
  severity: 'error',
  message: 'It is a link to a place outside of the folder Tiltyard was started for.',
  hint: 'Copy what it leads to into that folder.',
}

function unreachable(error: unknown, { path }: Place): ImportProblem {
  if (path.includes('\u{fffd}')) {
    return { severity: 'error', message: 'Its name is not valid UTF-8.', hint: 'Rename it and drop it again.' }
  }
  if (errnoOf(error) === 'ENOENT') {
    return { severity: 'error', message: 'It is a link to nowhere, or was removed just now.', hint: 'Repair the link.' }
  }
  const { message, hint } = fileError(error, path)
  return { severity: 'error', message, ...(hint === undefined ? {} : { hint }) }
}

interface Facts {
  readonly size: number
  readonly mtimeMs: number
  readonly isDataset?: boolean
  readonly problem?: ImportProblem
}

function add(walk: Walk, { path, name }: Place, { size, mtimeMs, isDataset = false, problem }: Facts): void {
  if (walk.files.size >= walk.maxFiles) {
    walk.truncated = true
    return
  }
  const known = walk.files.get(name)
  if (known?.path === path) return
  // Two of one name from different places: the records have to tell them apart.
  const unique = known === undefined ? name : path
  const facts = problem === undefined ? {} : { problem }
  walk.files.set(unique, { path, name: unique, isDataset, bytes: size, mtimeMs, ...facts })
}

/** Names to look at in a folder, in an order that stays. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder)
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
  // A link to nowhere is told as that.
  return real === undefined || isInside(root, real)
}
