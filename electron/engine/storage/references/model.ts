import type { ErrorValue } from '#shared/errors.ts'
import type { OperationName } from '#shared/model/version.ts'

/**
 * Which version of which branch uses which file, for all manifests of a dataset at once. Files are numbers; each has the
 * runs of versions that use it, so that ten thousand versions sharing three thousand files need three thousand entries.
 */
export interface References {
  /** Main first, then branches by name. */
  readonly lines: readonly Line[]
  /** Number of a file by its key (see `placeFile`). */
  readonly fileByKey: ReadonlyMap<string, number>
  /** By file number. */
  readonly uses: readonly Uses[]
  readonly tags: readonly TagReference[]
  /** Manifests, tag and branch files and folders that could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly error: ErrorValue }[]
}

/** Runs as a flat list of line, first and last index into the line's versions; in order, not touching each other. */
export type Uses = readonly number[]

/** One branch with its versions, oldest first, as far as they can be read. */
export interface Line {
  /** Undefined = main. */
  readonly branch: string | undefined
  /** Empty for main, else `tree/{branch}`. */
  readonly folder: string
  readonly versions: readonly VersionReference[]
  /** Manifests that are there and cannot be read. */
  readonly unreadable: readonly { readonly version: number; readonly path: string; readonly error: ErrorValue }[]
  /** Branch file's ancestors, main's version first; empty for main and for branches of old writers. */
  readonly lineage: readonly Ancestor[]
  /** Folders of the lines whose files this one uses by base path. */
  readonly usedFolders: ReadonlySet<string>
  /**
   * Base paths that lead into this dataset by another way than its real path, such as a link. LanceDB's cleanup compares
   * texts and does not see that the branch needs the files.
   */
  readonly aliases: readonly string[]
  /** Base paths that lead elsewhere. */
  readonly foreignBases: readonly string[]
}

/** A version a branch was made from, and the id of the branch made there. */
export interface Ancestor {
  readonly version: number
  readonly id: string
}

export interface VersionReference {
  readonly version: number
  /** RFC 3339. */
  readonly timestamp: string
  /** The same, nanoseconds since the epoch. */
  readonly timeNs: bigint
  readonly path: string
  readonly bytes: number
  readonly operation: OperationName
  readonly fragments: number
}

export interface TagReference {
  readonly name: string
  /** Undefined = main. */
  readonly branch: string | undefined
  readonly version: number
}

/** The line of a branch; undefined when there is none. */
export function findLine(references: References, branch: string | undefined): Line | undefined {
  return references.lines.find((line) => line.branch === branch)
}
