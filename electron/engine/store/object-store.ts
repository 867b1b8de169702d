import type { AppError } from '#shared/errors.ts'

/** One stored object as a listing shows it. */
export interface ObjectInfo {
  /** Path from the store's root, `/`-separated. */
  readonly path: string
  readonly bytes: number
  /** Last change, milliseconds since the epoch. */
  readonly modifiedMs: number
  /** Set in listings of trees for links and whatever else is no plain file. */
  readonly isSpecial?: true
}

/** Everything below a folder. */
export interface TreeListing {
  /** Unsorted. A link is an object of its own and has the size of the link. */
  readonly objects: readonly ObjectInfo[]
  /** Folders that could not be listed; what lies in them is not among the objects. */
  readonly unreadable: readonly { readonly path: string; readonly error: AppError }[]
}

/** What the reads of a store have cost so far. */
export interface ObjectStoreUsage {
  readonly requests: number
  readonly bytes: number
}

/**
 * Files of one dataset, wherever they are. Paths are relative to the dataset's root, `/`-separated, and may not leave it.
 * Failures are AppErrors: `not-found`, `permission-denied`, `not-a-directory`, `internal`.
 */
export interface ObjectStore {
  /** Where the root is, for messages: an absolute path or a URL. */
  readonly root: string
  /** Objects directly in a folder (not its sub-folders), unsorted; a missing folder lists as empty. */
  list(folder: string): Promise<readonly ObjectInfo[]>
  /**
   * All objects of a folder and its sub-folders, counted as one request a folder. Links are not followed; objects that
   * vanish meanwhile are left out. Throws the signal's reason when aborted.
   */
  listTree(folder: string, signal?: AbortSignal): Promise<TreeListing>
  /** Names of the objects {@link list} would give; cheaper where sizes cost extra requests (local files). */
  listNames(folder: string): Promise<readonly string[]>
  /** Bytes [start, end) of an object; shorter when the object ends before `end`. */
  readRange(path: string, start: number, end: number): Promise<Uint8Array>
  /** A whole object; refuses more than `maxBytes` with `too-large`. */
  read(path: string, maxBytes?: number): Promise<Uint8Array>
  /** {@link read} and {@link info} at the cost of one. */
  readWithInfo(path: string, maxBytes?: number): Promise<{ readonly bytes: Uint8Array; readonly info: ObjectInfo }>
  info(path: string): Promise<ObjectInfo>
  /** Creates an object; fails with `internal` and detail `exists` when it is already there. */
  writeIfAbsent(path: string, bytes: Uint8Array): Promise<void>
  delete(path: string): Promise<void>
  usage(): ObjectStoreUsage
}
