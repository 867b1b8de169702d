import { createHash } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { RelevanceEntry, RelevanceRun, RelevanceSet, SavedRelevanceSet } from '#shared/model/relevance.ts'
import { errnoOf, fileError } from '../store/errno.ts'
import { withFileLock } from '../store/file-lock.ts'
import { readSet, writeSet } from './set-file.ts'

/** Sets of one dataset, and runs of one set. */
export const SETS_MAX = 200
export const RUNS_MAX = 50

const SAVING = { doing: 'saving a relevance set', patienceMs: 8000 } as const
const SET_FILE = /^[0-9a-f]{32}\.json$/

/** The relevance sets of one dataset. */
export interface Sets {
  /** By name; damaged files last. */
  list(signal?: AbortSignal): Promise<readonly RelevanceEntry[]>
  /** `not-found`, or `corrupt-data` when its file is damaged. */
  get(name: string): Promise<RelevanceSet>
  /** `too-large` for a long set and for one too many. A damaged file of that name is replaced. */
  save(set: SavedRelevanceSet): Promise<RelevanceSet>
  /** Adds a run; the oldest give way. Fails as `get` does. */
  record(name: string, run: RelevanceRun): Promise<RelevanceSet>
  /** `not-found` when there is none. */
  remove(which: { readonly name: string } | { readonly file: string }): Promise<void>
}

/**
 * The sets of the dataset at a real path: one JSON file each, in a folder named by the hash of the location, under names
 * that are hashes of the sets' names. Writers, of other processes too, wait for each other.
 */
export function openSets(dataDir: string, location: string): Sets {
  const parent = join(dataDir, 'relevance')
  const folder = join(parent, hashOf(location))
  const pathOf = (name: string): string => join(folder, fileOf(name))
  const inTurn = async <T>(run: () => Promise<T>): Promise<T> => {
    await mkdir(parent, { recursive: true }).catch((error: unknown) => {
      throw fileError(error, parent)
    })
    return withFileLock(`${folder}.lock`, SAVING, run)
  }
  const write = async (set: RelevanceSet): Promise<RelevanceSet> => {
    const kept = { ...set, runs: set.runs.slice(-RUNS_MAX) }
    await writeSet(pathOf(set.name), kept, location)
    return kept
  }
  const get = async (name: string): Promise<RelevanceSet> => {
    const read = await readSet(pathOf(name))
    if (read.kind === 'set') return read.set
    throw read.kind === 'none' ? noSuchSet(name) : unreadable(name, fileOf(name), read.problem)
  }

  return {
    async list(signal) {
      const entries: RelevanceEntry[] = []
      for (const file of await filesOf(folder)) {
        signal?.throwIfAborted()
        entries.push(...(await describe(folder, file)))
      }
      const isSet = (entry: RelevanceEntry): boolean => entry.kind === 'set'
      const titleOf = (entry: RelevanceEntry): string => (entry.kind === 'set' ? entry.name : entry.file)
      return entries.toSorted((a, b) => Number(isSet(b)) - Number(isSet(a)) || titleOf(a).localeCompare(titleOf(b)))
    },
    get,
    save: ({ runs, ...set }) =>
      inTurn(async () => {
        const older = await readSet(pathOf(set.name))
        if (older.kind === 'none' && (await filesOf(folder)).length >= SETS_MAX) throw tooMany()
        return write({ ...set, runs: runs ?? (older.kind === 'set' ? older.set.runs : []) })
      }),
    record: (name, run) =>
      inTurn(async () => {
        const set = await get(name)
        return write({ ...set, runs: [...set.runs, run] })
      }),
    remove: (which) =>
      inTurn(async () => {
        const path = 'name' in which ? pathOf(which.name) : join(folder, which.file)
        await rm(path).catch((error: unknown) => {
          if (errnoOf(error) === 'ENOENT') throw noSuchSet('name' in which ? which.name : which.file)
          throw fileError(error, path)
        })
      }),
  }
}

async function filesOf(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((file) => SET_FILE.test(file)).toSorted()
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw fileError(error, folder)
  }
}

/** A line of the list; none for a file that went meanwhile. One bad file must not hide the others. */
async function describe(folder: string, file: string): Promise<readonly RelevanceEntry[]> {
  try {
    const read = await readSet(join(folder, file))
    if (read.kind === 'none') return []
    if (read.kind === 'damaged') return [{ kind: 'damaged', file, problem: read.problem }]
    const { name, queries, runs } = read.set
    // Copied by hand, a file could stand for a name it is not found by.
    if (fileOf(name) !== file) return [{ kind: 'damaged', file, problem: `It is a copy of the set “${name}”.` }]
    const judgments = queries.reduce((sum, query) => sum + query.judgments.length, 0)
    return [{ kind: 'set', name, queries: queries.length, judgments, runs: runs.length }]
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [{ kind: 'damaged', file, problem: error.message }]
  }
}

/** Names are free text, in any case and of any length: a hash is a file name everywhere. */
function fileOf(name: string): string {
  return `${hashOf(name)}.json`
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

function noSuchSet(name: string): AppError {
  return new AppError({
    code: 'not-found',
    message: `This dataset has no relevance set “${name}”.`,
    hint: 'It may have been deleted in another window. See the list of sets.',
    detail: { name },
  })
}

function unreadable(name: string, file: string, problem: string): AppError {
  return new AppError({
    code: 'corrupt-data',
    message: `The file of the relevance set “${name}” is damaged. ${problem}`,
    hint: 'Delete it, or save a set of that name in its place.',
    detail: { name, file },
  })
}

function tooMany(): AppError {
  return new AppError({
    code: 'too-large',
    message: `This dataset has ${SETS_MAX} relevance sets already.`,
    hint: 'Delete one first; exported files can be imported again.',
  })
}
