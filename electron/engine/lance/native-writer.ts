import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { toAppError } from './errors.ts'
import { escapePath, isPlainPath, makeEscapedTwin } from './escaped-twin.ts'
import { LinkFolder } from './links.ts'
import { loadLanceDb } from './module.ts'
import type { NativeConnection, NativeTableHandle } from './native-api.ts'
import { createUncachedSession } from './scratch.ts'

export type WriteTarget = Pick<OpenDataset, 'handle' | 'location'>

/** A commit takes milliseconds; one that takes this long hangs on something outside, such as a network disk. */
const WRITE_TIMEOUT_MS = 60_000

/**
 * Commits small changes through LanceDB. Every write opens a handle of its own at what is newest then, since handles stay
 * where they are while others commit, and closes it. A commit once started is let end; nothing is ever tried twice.
 * Every failure is an AppError.
 */
export class NativeWriter {
  readonly #dataDir: string
  readonly #lanes = new Map<string, Promise<unknown>>()
  #links: LinkFolder | undefined
  #session: ReturnType<typeof createUncachedSession> | undefined

  constructor(dataDir: string) {
    this.#dataDir = dataDir
  }

  /**
   * Runs checks and the commit that relies on them with no other write of this process to the dataset in between. A call
   * aborted while it waits does nothing.
   */
  async inTurn<T>({ location }: WriteTarget, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#lanes.get(location) ?? Promise.resolve()
    const turn = before.then(() => {
      signal.throwIfAborted()
      return work()
    })
    const settled = turn.catch(() => undefined)
    this.#lanes.set(location, settled)
    void settled.then(() => this.#lanes.get(location) === settled && this.#lanes.delete(location))
    return turn
  }

  /** Commits the content of an older version anew; the version made. */
  restore(target: WriteTarget, { branch, version }: ResolvedRef): Promise<number> {
    return this.#throughLink(target, async (main) => {
      const table = branch === undefined ? main : await (await main.branches()).checkout(branch, version)
      if (branch === undefined) await table.checkout(version)
      await table.restore()
      return table.version()
    })
  }

  createTag(target: WriteTarget, name: string, at: ResolvedRef): Promise<void> {
    return this.#throughLink(target, async (main) => {
      const tags = await (await ofBranch(main, at.branch)).tags()
      await tags.create(name, at.version)
    })
  }

  moveTag(target: WriteTarget, name: string, at: ResolvedRef): Promise<void> {
    return this.#throughLink(target, async (main) => {
      const tags = await (await ofBranch(main, at.branch)).tags()
      await tags.update(name, at.version)
    })
  }

  deleteTag(target: WriteTarget, name: string): Promise<void> {
    return this.#throughLink(target, async (main) => (await main.tags()).delete(name))
  }

  /**
   * Lance records in the branch the path it reached the dataset by, so this goes to the dataset's own path; see
   * {@link branchPathProblem}.
   */
  async createBranch(target: WriteTarget, name: string, { branch, version }: ResolvedRef): Promise<void> {
    const problem = branchPathProblem(target.location)
    if (problem !== undefined) throw problem
    const { location } = target
    await this.#write(
      () => ({ folder: dirname(location), name: basename(location, '.lance') }),
      join(location, '_refs', 'branches'),
      async (main) => void (await (await main.branches()).create(name, branch ?? null, version)),
    )
  }

  deleteBranch(target: WriteTarget, name: string): Promise<void> {
    return this.#throughLink(target, async (main) => (await main.branches()).delete(name))
  }

  /**
   * Runs a long write on a fresh handle of main at its newest version, closed afterwards; it may take any time. For the
   * other files of this folder.
   */
  onMain<T>(target: WriteTarget, work: (main: NativeTableHandle) => Promise<T>): Promise<T> {
    return this.#throughLink(target, work, Number.POSITIVE_INFINITY)
  }

  #throughLink<T>(
    target: WriteTarget,
    work: (main: NativeTableHandle) => Promise<T>,
    timeoutMs = WRITE_TIMEOUT_MS,
  ): Promise<T> {
    const place = (): Place => {
      this.#links ??= makeLinks(this.#dataDir)
      return { folder: this.#links.path, name: this.#links.nameOf(target.handle, target.location) }
    }
    return this.#write(place, undefined, work, timeoutMs)
  }

  /** `refsFolder`: where Lance is about to make a folder, when it is reached by a path that may not be plain. */
  async #write<T>(
    toPlace: () => Place,
    refsFolder: string | undefined,
    work: (main: NativeTableHandle) => Promise<T>,
    timeoutMs = WRITE_TIMEOUT_MS,
  ): Promise<T> {
    let removeTwin = (): void => {}
    try {
      if (refsFolder !== undefined) removeTwin = makeTwin(refsFolder)
      const running = this.#open(toPlace(), work)
      return await (timeoutMs === Number.POSITIVE_INFINITY ? running : withinTime(running, timeoutMs))
    } catch (error) {
      throw toAppError(error, 'write')
    } finally {
      removeTwin()
    }
  }

  async #open<T>({ folder, name }: Place, work: (main: NativeTableHandle) => Promise<T>): Promise<T> {
    const session = (this.#session ??= createUncachedSession(this.#dataDir))
    const connection = await loadLanceDb().connect(folder, { session })
    try {
      // `inner` is a plain property hidden from the public types; see native-api.ts.
      const table = await (connection as unknown as { inner: NativeConnection }).inner.openTable(name)
      try {
        return await work(table)
      } finally {
        table.close()
      }
    } finally {
      connection.close()
    }
  }
}

interface Place {
  readonly folder: string
  readonly name: string
}

/**
 * Why Lance could not make a branch of a dataset at this path that works; undefined when it can. A branch refers to its
 * parent's files by the path LanceDB opened it by, which must be the real one, and LanceDB opens only plain names. With a
 * question mark in the path it takes the rest for something else and puts the branch beside the dataset.
 */
export function branchPathProblem(location: string): AppError | undefined {
  const name = basename(location)
  const isNamed = /^[A-Za-z0-9_.-]+\.lance$/.test(name)
  if (isNamed && !location.includes('?')) return undefined
  return new AppError({
    code: 'invalid-name',
    message: isNamed
      ? `Lance cannot make branches below a folder with a question mark in its name: ${location}.`
      : `Lance can make branches only of datasets in a folder named like "name.lance", and this one is named "${name}".`,
    hint: isNamed
      ? 'Rename the folder without "?" and open the dataset again.'
      : 'Rename the folder: ASCII letters, digits, ".", "-" and "_", ending in ".lance".',
    detail: { path: location },
  })
}

function makeTwin(folder: string): () => void {
  try {
    return makeEscapedTwin(folder)
  } catch (cause) {
    throw new AppError(
      {
        code: 'invalid-name',
        message: `Lance cannot make branches below ${dirname(dirname(dirname(folder)))}: it needs to make a folder beside it for a while, and may not.`,
        hint: 'Move the dataset to a path of plain ASCII letters, digits and spaces, or ask for permission to write beside it.',
        detail: { path: escapePath(folder) },
      },
      { cause },
    )
  }
}

const byDataDir = new Map<string, NativeWriter>()

/** The one writer of this process for an app data folder, so that writes to a dataset take turns. */
export function nativeWriterFor(dataDir: string): NativeWriter {
  const known = byDataDir.get(dataDir)
  if (known !== undefined) return known
  const writer = new NativeWriter(dataDir)
  byDataDir.set(dataDir, writer)
  return writer
}

/** A folder for links under a plain path: under any other, Lance cannot make tags; see {@link makeEscapedTwin}. */
function makeLinks(dataDir: string): LinkFolder {
  const own = join(dataDir, 'links')
  const isTemporary = !isPlainPath(own) && isPlainPath(tmpdir())
  const root = isTemporary ? mkdtempSync(join(tmpdir(), 'tiltyard-links-')) : own
  const links = new LinkFolder(root)
  process.once('exit', () => {
    links.remove()
    if (isTemporary) rmdirSync(root)
  })
  return links
}

async function ofBranch(main: NativeTableHandle, branch: string | undefined): Promise<NativeTableHandle> {
  return branch === undefined ? main : (await main.branches()).checkout(branch)
}

async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stillRunning(timeoutMs)), timeoutMs)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

function stillRunning(timeoutMs: number): AppError {
  return new AppError({
    code: 'timeout',
    message: `Lance did not finish writing within ${timeoutMs / 1000} seconds; it may still do so.`,
    hint: 'Look at the list of versions before trying again.',
  })
}
