import type { FailedFile } from '#shared/model/import/result.ts'
import type { SourceItem } from '#shared/model/import/source.ts'
import type { BadRow } from '#shared/model/import/tables.ts'
import type { RowsBatch } from '../lance/index.ts'

/** How far an import is in its list of files: everything before `skip` of the file at `file` is dealt with. */
export interface Position {
  readonly file: number
  /** Rows of the source, good and bad; of a document those made of it. */
  readonly skip: number
}

export const START: Position = { file: 0, skip: 0 }

/** A file of an import, as it was when the import began. */
export interface PlannedFile extends Omit<SourceItem, 'problems' | 'schema'> {
  readonly mtimeMs: number
  /** Of a dataset: the version that is read. */
  readonly version?: number
}

/** Rows on their way, with the texts vectors are to be made of. */
export interface RowsWithTexts {
  readonly batch: RowsBatch
  readonly texts?: readonly (string | null)[] | undefined
}

export type Prepare = (batch: RowsBatch) => RowsWithTexts

/** A file that ended. */
export interface DoneFile {
  readonly name: string
  readonly rows: number
  /** What was taken otherwise than it stands, in sentences for the log. */
  readonly remarks?: readonly string[]
}

/** A piece of the sources: rows, and what dealing with it means for the counts. */
export interface Unit {
  readonly batches: readonly RowsWithTexts[]
  /** Memory the batches take. */
  readonly byteLength: number
  readonly after: Position
  /** Files that ended with it. */
  readonly done: readonly DoneFile[]
  readonly failed: readonly FailedFile[]
  /** What could not be read of files that were imported. */
  readonly noted: readonly FailedFile[]
  /** Of the files. */
  readonly bytesRead: number
  /** Examples of rows that could not be read, and all of them with their whole text. */
  readonly bad: readonly BadRow[]
  readonly rejects: readonly BadRow[]
  readonly badCount: number
  /** Rows that end early, what they lack being null, and lines passed over as comments. */
  readonly shortRows: number
  readonly commentLines: number
  /** Names of the files all rows of which are in it; of documents and media. */
  readonly whole: readonly string[]
}

/** A unit without anything. */
export function emptyUnit(after: Position): Unit {
  return {
    batches: [],
    byteLength: 0,
    after,
    done: [],
    failed: [],
    noted: [],
    bytesRead: 0,
    bad: [],
    rejects: [],
    badCount: 0,
    shortRows: 0,
    commentLines: 0,
    whole: [],
  }
}
