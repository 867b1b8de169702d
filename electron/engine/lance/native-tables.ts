import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { LinkFolder } from './links.ts'
import { toAppError } from './errors.ts'
import { loadLanceDb } from './module.ts'
import { createSession } from './scratch.ts'
import type { NativeConnection, NativeTableHandle } from './native-api.ts'
import { NativeTable } from './native-table.ts'

/** What identifies a state of a dataset. `stamp` tells apart datasets that replaced each other at one location. */
export interface TableState {
  readonly handle: string
  readonly location: string
  /** Undefined = main. */
  readonly branch: string | undefined
  readonly version: number
  readonly stamp: string
  /**
   * File name of the one manifest of main Lance may see, where it would fail on the newest: that of the version, or any
   * that reads when the state is of a branch.
   */
  readonly onlyManifest?: string | undefined
}

/** Handles kept per process. Each costs next to nothing, but each data file they touched may hold a descriptor. */
const MAX_OPEN = 64

/** Opens datasets in the native module: one read-only handle per state, the least recently used forgotten first. */
export class NativeTables {
  readonly #dataDir: string
  readonly #open = new Map<string, Promise<NativeTable>>()
  #connection: Promise<{ connection: NativeConnection; links: LinkFolder }> | undefined

  constructor(dataDir: string) {
    this.#dataDir = dataDir
  }

  /** The handle of a state, opened at most once however many ask at the same time. Checked out, so it never moves. */
  open(state: TableState): Promise<NativeTable> {
    const key = JSON.stringify([
      state.handle,
      state.location,
      state.branch ?? null,
      state.version,
      state.stamp,
      state.onlyManifest,
    ])
    const known = this.#open.get(key)
    if (known !== undefined) {
      this.#open.delete(key)
      this.#open.set(key, known)
      return known
    }
    const opening = this.#openNow(state)
    this.#open.set(key, opening)
    opening.catch(() => this.#open.delete(key))
    // A forgotten handle stays usable for reads under way; the collector closes it.
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= MAX_OPEN) break
      this.#open.delete(oldest)
    }
    return opening
  }

  /** Forgets every handle and removes the links. */
  async close(): Promise<void> {
    this.#open.clear()
    const opened = await this.#connection?.catch(() => undefined)
    this.#connection = undefined
    opened?.links.remove()
  }

  async #openNow(state: TableState): Promise<NativeTable> {
    try {
      const { connection, links } = await (this.#connection ??= this.#connect())
      const { handle: name, location, onlyManifest } = state
      const table = await connection.openTable(
        onlyManifest === undefined ? links.nameOf(name, location) : links.nameOfVersion(name, location, onlyManifest),
      )
      const handle = await atVersion(table, state)
      return new NativeTable(handle, state.version, () => versionExists(state))
    } catch (error) {
      throw toAppError(error, 'open')
    }
  }

  async #connect(): Promise<{ connection: NativeConnection; links: LinkFolder }> {
    try {
      const links = new LinkFolder(join(this.#dataDir, 'links'))
      const session = createSession(this.#dataDir)
      const connection = await loadLanceDb().connect(links.path, { session })
      process.once('exit', () => links.remove())
      // `inner` is a plain property hidden from the public types; see native-api.ts.
      return { connection: (connection as unknown as { inner: NativeConnection }).inner, links }
    } catch (error) {
      this.#connection = undefined
      throw isFileError(error) ? noDataDir(this.#dataDir, error) : error
    }
  }
}

const byDataDir = new Map<string, NativeTables>()

/** The one set of handles of this process for an app data folder, shared by every area of the engine. */
export function nativeTablesFor(dataDir: string): NativeTables {
  const known = byDataDir.get(dataDir)
  if (known !== undefined) return known
  const tables = new NativeTables(dataDir)
  byDataDir.set(dataDir, tables)
  return tables
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}

function noDataDir(dataDir: string, cause: NodeJS.ErrnoException): AppError {
  return new AppError(
    {
      code: cause.code === 'ENOSPC' ? 'disk-full' : cause.code === 'EROFS' ? 'read-only' : 'permission-denied',
      message: `Tiltyard cannot write in its own data folder, ${dataDir}.`,
      hint: 'Make it writable, or name another one in the environment variable TILTYARD_DATA_DIR.',
      detail: { path: dataDir, errno: cause.code },
    },
    { cause },
  )
}

async function atVersion(table: NativeTableHandle, state: TableState): Promise<NativeTableHandle> {
  if (state.branch === undefined) {
    await table.checkout(state.version)
    return table
  }
  const branches = await table.branches()
  return branches.checkout(state.branch, state.version)
}

/** Lance's V2 naming: manifests are named by their distance from the largest 64-bit number, so that newest sorts first. */
const MANIFEST_NAME_BASE = 2n ** 64n - 1n

async function versionExists(state: TableState): Promise<boolean> {
  const folder =
    state.branch === undefined
      ? join(state.location, '_versions')
      : join(state.location, 'tree', ...state.branch.split('/'), '_versions')
  const names = [`${MANIFEST_NAME_BASE - BigInt(state.version)}.manifest`, `${state.version}.manifest`]
  for (const name of names) {
    const found = await access(join(folder, name)).then(
      () => true,
      () => false,
    )
    if (found) return true
  }
  return false
}
