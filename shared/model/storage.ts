import type { ErrorValue } from '../errors.ts'
import type { MetadataTree, VersionRange } from './metadata.ts'
import type { OperationName } from './version.ts'

/**
 * Why a file is on disk. Every file is in exactly one class: the first that fits, in this order. "Live" is the newest
 * version of main.
 */
export const STORAGE_CLASSES = [
  /** Data files the newest version of main reads. */
  'live-data',
  /** Blob sidecars (`data/{stem}/*.blob`) of live data files. */
  'blob-sidecars',
  'live-deletions',
  'live-indices',
  /** Manifest and transaction of the newest version, tag and branch files, the version hint. */
  'live-metadata',
  /** `_mem_wal`: rows not yet merged into a version. */
  'wal',
  /** Needed by a branch; `keeper` names it. */
  'branch',
  /** Needed by a tagged version and by no branch; `keeper` names the tag. */
  'tag',
  /** Index files only old versions use. */
  'superseded-index',
  /** Anything else only old versions use. */
  'old-versions',
  /** Shaped like files of Lance, used by no version: failed or abandoned writes. */
  'abandoned',
  /** Nothing Lance would write. */
  'unknown',
] as const
export type StorageClass = (typeof STORAGE_CLASSES)[number]

/** What a file is, by its path. */
export type StorageFileKind =
  | 'manifest'
  | 'detached-manifest'
  | 'version-hint'
  | 'transaction'
  | 'data'
  | 'blob'
  | 'deletion'
  | 'index'
  | 'tag'
  | 'branch'
  | 'wal'
  | 'computed-signature'
  | 'reserved'
  | 'temporary'
  | 'unknown'

/** One file of the dataset's directory. */
export interface StorageFile {
  /** From the dataset's root. */
  readonly path: string
  readonly bytes: number
  /** RFC 3339. */
  readonly modifiedAt: string
  readonly kind: StorageFileKind
  readonly class: StorageClass
  /** The tag or branch that keeps it, for those classes. */
  readonly keeper?: string
  /** First version that uses it among those that still exist; absent when none does. */
  readonly writtenBy?: { readonly branch?: string; readonly version: number; readonly operation: OperationName }
  /** Everything that still needs it; all empty when nothing does. */
  readonly usedBy: {
    readonly versions: readonly VersionRange[]
    readonly tags: readonly string[]
    readonly branches: readonly string[]
  }
}

export interface StorageClassUsage {
  readonly class: StorageClass
  readonly keeper?: string
  readonly bytes: number
  readonly files: number
}

/** Every byte of the directory in exactly one class; the sums equal `totalBytes` and `totalFiles`. */
export interface StorageUsage {
  readonly totalBytes: number
  readonly totalFiles: number
  readonly classes: readonly StorageClassUsage[]
  /** Bytes of files the newest version uses that lie in other datasets (clones); not part of the total. */
  readonly elsewhereBytes: number
  /** Manifests, tags, branches and folders that could not be read; files only such manifests use count as abandoned. */
  readonly unreadable: readonly { readonly path: string; readonly error: ErrorValue }[]
  /** Newest version of main these classes were made for. */
  readonly version: number
  readonly read: { readonly requests: number; readonly bytes: number; readonly elapsedMs: number }
}

/** What one version alone keeps on disk. */
export interface VersionStorage {
  /** Absent = main. */
  readonly branch?: string
  readonly version: number
  readonly timestamp: string
  /** Bytes that would be free if only this version vanished; its manifest and transaction included. */
  readonly exclusiveBytes: number
  readonly exclusiveFiles: number
  readonly manifestBytes: number
  readonly tags: readonly string[]
}

/** What LanceDB's cleanup would do with a cut-off, without doing it. */
export interface CleanupPreview {
  readonly bytesFreed: number
  readonly filesRemoved: number
  readonly versionsRemoved: readonly number[]
  readonly versionsKept: number
  /** Freed bytes by what the files are. */
  readonly byKind: readonly { readonly kind: StorageFileKind; readonly bytes: number; readonly files: number }[]
  /**
   * Set when LanceDB would refuse and free nothing: tags on versions older than the cut-off. The other figures then say
   * what it would free without those tags' versions being asked for.
   */
  readonly blockedBy?: readonly { readonly kind: 'tag'; readonly name: string; readonly version: number }[]
  /** Versions kept although older than the cut-off, and by what. */
  readonly keptBy: readonly { readonly kind: 'tag' | 'branch'; readonly name: string; readonly version: number }[]
}

/** What LanceDB's compaction would rewrite, without doing it. */
export interface CompactionPreview {
  readonly tasks: readonly {
    readonly fragments: readonly number[]
    /** Live rows rewritten. */
    readonly rows: number
    readonly bytes: number
    readonly fragmentsAdded: number
  }[]
  readonly fragmentsRemoved: number
  readonly fragmentsAddedAtLeast: number
  /** Data files and deletion files that versions after it no longer use. */
  readonly filesReplaced: number
  readonly bytesReadAtMost: number
  /** Fragments that look as if they should be compacted and are not, with the reason. */
  readonly blocked: readonly {
    readonly fragments: readonly number[]
    readonly why: 'index-segments' | 'no-neighbour' | 'deletions-below-threshold'
  }[]
}

/** Names of the checks behind `storage.findings`. */
export const FINDING_KINDS = [
  'small-fragments',
  'deleted-rows',
  'never-cleaned',
  'abandoned-files',
  'index-not-covering',
  'index-covers-nothing',
  'compaction-blocked',
  'heavy-manifests',
  'oversize-fragments',
  'missing-files',
  'absolute-branch-paths',
  'newer-feature-flags',
  'old-tag-blocks-cleanup',
  'unreadable-manifests',
  'dead-columns',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/** Something a person should know about a dataset's storage. */
export interface Finding {
  readonly kind: FindingKind
  /** `problem`: data is or will be lost or unreadable. `warning`: costs space or speed. `note`: good to know. */
  readonly severity: 'problem' | 'warning' | 'note'
  /** One sentence with the figures. */
  readonly title: string
  /** Where the figures come from: versions, files, rows. One line each. */
  readonly evidence: readonly string[]
  /** What to do, one sentence. */
  readonly remedy: string
  /** Which maintenance would help; null when none does. */
  readonly action: 'compact' | 'clean-up' | 'optimize-indices' | 'rebuild-index' | 'restore-files' | null
  /** Bytes the remedy would free, where that can be said. */
  readonly bytes?: number
  readonly fragments?: readonly number[]
  readonly indices?: readonly string[]
  readonly paths?: readonly string[]
}

/** One file taken apart. */
export interface FilePreview {
  readonly path: string
  readonly bytes: number
  readonly modifiedAt: string
  readonly kind: StorageFileKind
  /** What such a file is for, one or two sentences. */
  readonly about: string
  /** Decoded contents; absent for files that hold rows or bytes only. */
  readonly decoded?: MetadataTree
  /** Why it could not be decoded. */
  readonly problem?: ErrorValue
}
