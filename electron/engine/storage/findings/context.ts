import type { CompactionPreview, Finding } from '#shared/model/storage.ts'
import type { ResolvedRef } from '../../context.ts'
import type { Manifest } from '../../format/types.ts'
import type { CleanupPlan } from '../cleanup/plan-cleanup.ts'
import type { Coverage } from '../compaction/plan-tasks.ts'
import type { Snapshot, StoredFile } from '../gather/snapshot.ts'

/** Everything the checks look at; they are pure functions of it. */
export interface FindingContext {
  readonly snapshot: Snapshot
  readonly nowMs: number
  /** What is known of the version in question; undefined when its manifest cannot be read. */
  readonly state: FoundState | undefined
  /** Cleanup with LanceDB's defaults for each branch where it could be planned, main first. */
  readonly cleanups: readonly { readonly branch: string | undefined; readonly plan: CleanupPlan }[]
  /** Files of no version: leftovers of writes, as far as the manifests can be read. */
  readonly abandoned: readonly StoredFile[]
}

/** One version with what its manifest says and what is really there. */
export interface FoundState {
  readonly at: ResolvedRef
  readonly manifest: Manifest
  readonly coverage: Coverage
  readonly compaction: CompactionPreview
  /** Data and deletion files it names that are not there; inside the dataset from its root, elsewhere absolute. */
  readonly missing: readonly string[]
  /** Data files inside the dataset whose size is not the recorded one. */
  readonly resized: readonly { readonly path: string; readonly bytes: number; readonly recordedBytes: number }[]
  readonly missingSegments: readonly MissingSegment[]
}

/** An index segment of which nothing, or not all, is where the manifest says. */
export interface MissingSegment {
  readonly index: string
  /** Folder that should hold it, or the file of it that is missing. */
  readonly path: string
  readonly isWhole: boolean
  /** Folder of this dataset that holds it instead; undefined when there is none, or a part is there. */
  readonly foundAt: string | undefined
}

export type Check = (context: FindingContext) => readonly Finding[]

/** Lists stay readable: more than this many entries are not spelt out. */
const MAX_LISTED = 20

/** The first entries as lines of evidence, and how many more there are. */
export function listSome(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_LISTED) return lines
  return [...lines.slice(0, MAX_LISTED), `and ${lines.length - MAX_LISTED} more`]
}
