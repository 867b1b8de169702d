import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { toErrorValue } from '#shared/errors.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import { withFileLock } from '../../store/file-lock.ts'
import type { ObjectInfo } from '../../store/object-store.ts'
import { replaceFile } from '../../store/replace-file.ts'

const FORMAT = 1
/** Longer than a lock of a process that was killed stays. */
const CLEANING = { doing: 'cleaning up this dataset', patienceMs: 8000 } as const

/** A file as it was when it was found to be of no use. */
type Intended = Pick<ObjectInfo, 'path' | 'bytes' | 'modifiedMs'>

/**
 * What a cleanup has begun to remove, kept beside the app's data. Once manifests are gone nothing tells leftovers of their
 * versions from files of a write going on; after a cleanup that was killed, this does.
 */
export interface Journal {
  /** True for a file that is still what it was when it was noted. */
  has(file: Intended): boolean
  readonly count: number
}

type Place = Pick<EngineContext, 'paths'>

function pathOf({ paths }: Place, { handle }: Pick<OpenDataset, 'handle'>): string {
  return join(paths.dataDir, 'cleanup', `${handle}.json`)
}

/** The journal of a dataset; empty when no cleanup was stopped, and when it cannot be understood: it only saves waiting. */
export async function readJournal(context: Place, dataset: Pick<OpenDataset, 'handle'>): Promise<Journal> {
  const files = await readFile(pathOf(context, dataset), 'utf8').then(parse, () => [])
  const byPath = new Map(files.map((file) => [file.path, file]))
  return {
    count: byPath.size,
    has({ path, bytes, modifiedMs }) {
      const noted = byPath.get(path)
      return noted?.bytes === bytes && noted.modifiedMs === modifiedMs
    },
  }
}

/** Notes what is about to be removed, in place of what was noted before; nothing = forgets. */
export async function writeJournal(
  context: Place,
  dataset: Pick<OpenDataset, 'handle' | 'location'>,
  files: readonly Intended[],
): Promise<void> {
  const path = pathOf(context, dataset)
  if (files.length === 0) return rm(path, { force: true })
  const list = files.map(({ path: name, bytes, modifiedMs }) => [name, bytes, modifiedMs])
  const text = `${JSON.stringify({ format: FORMAT, location: dataset.location, files: list })}\n`
  await replaceFile(path, text).catch((error: unknown) => {
    // A full disk must not keep anybody from making room; without a journal, what a kill leaves counts as recent.
    if (toErrorValue(error).code !== 'disk-full') throw error
  })
}

/** Runs while no other Tiltyard cleans the dataset up; `engine-busy` when one does. */
export async function withCleanupLock<T>(
  context: Place,
  dataset: Pick<OpenDataset, 'handle'>,
  run: () => Promise<T>,
): Promise<T> {
  const path = `${pathOf(context, dataset)}.lock`
  await mkdir(dirname(path), { recursive: true })
  return withFileLock(path, CLEANING, run)
}

function parse(text: string): readonly Intended[] {
  try {
    const value = JSON.parse(text) as { readonly format?: unknown; readonly files?: unknown }
    if (value.format !== FORMAT || !Array.isArray(value.files)) return []
    return value.files.flatMap((entry: unknown) => {
      const [path, bytes, modifiedMs] = Array.isArray(entry) ? (entry as readonly unknown[]) : []
      const isSound = typeof path === 'string' && typeof bytes === 'number' && typeof modifiedMs === 'number'
      return isSound ? [{ path, bytes, modifiedMs }] : []
    })
  } catch {
    return []
  }
}
