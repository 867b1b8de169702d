import type { z } from 'zod'
import { call, stream } from '#shared/contract/define.ts'
import type { Chunk, Chunking, ParsedDocument } from '#shared/model/import/documents.ts'
import type { DocumentKind, MediaKind, SourceItem, TableKind } from '#shared/model/import/source.ts'
import type { BadRow, ColumnPlan, DetectedColumn, TableReading } from '#shared/model/import/tables.ts'
import type { BadRowPolicy } from '#shared/model/import/tables.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'

/*
 * What the parser thread can be asked: all work on bytes nobody vouches for. Both sides are ours and of one build, so
 * input is not checked again, and a thread does not load the library of schemas before its first answer.
 */
const trusted = <T>() => ({ safeParse: (data: T) => ({ success: true, data }) }) as unknown as z.ZodType<T>

export interface SourceFile {
  readonly path: string
  /** As in `SourceItem.name`. */
  readonly name: string
}

export interface TableSource extends SourceFile {
  readonly kind: TableKind
  readonly compression?: 'gzip' | 'zstd' | undefined
  readonly reading: TableReading
}

/** What reading a table needs to know beyond where it is. Columns absent = as detected. */
export interface TablePlan extends TableSource {
  readonly columns?: readonly ColumnPlan[] | undefined
  readonly nullTokens: readonly string[]
  readonly badRows: BadRowPolicy
  /** Rows of the source, good and bad, to pass over: where an earlier reading ended. */
  readonly skipRows: number
  /** Most rows to read; absent = all. */
  readonly maxRows?: number | undefined
}

/** Rows of a table, decoded and typed. */
export interface TableBatch {
  /** An Arrow IPC file with the planned columns, in their order and under their new names. Empty when `rows` is 0. */
  readonly arrow: Uint8Array
  readonly rows: number
  readonly badRows: readonly BadRow[]
  /** Every bad row of this batch with its whole text, for the reject file. */
  readonly rejects: readonly BadRow[]
  /** Bad rows of this batch, also those not among the examples of `badRows`. */
  readonly badCount: number
  /** Rows of this batch that end early and are none of the bad ones: what they lack is null. Of text with delimiters. */
  readonly shortRows?: number
  /** Lines passed over as comments. Of text with delimiters. */
  readonly commentLines?: number
  /** Rows of the source up to the end of this batch, good and bad: the `skipRows` that goes on behind it. */
  readonly sourceRows: number
  /** Bytes of the file up to the end of this batch, compressed as it lies there; about, where rows have no place of their own. */
  readonly bytesRead: number
}

/** How a table of text lies in its file, told to whoever reads a part of it. */
export interface TableLayout {
  /** Everything decided. */
  readonly reading: TableReading
  /** Names of the columns, in the order of the file; empty where rows name them. */
  readonly names: readonly string[]
  /** First byte of the first row, and its line. */
  readonly start: number
  readonly line: number
}

/** Part of a file. Its rows are those that begin in it; the last may go on behind it. */
export interface ByteRange {
  readonly start: number
  readonly end: number
  /** Line of the row that begins at `start`. Absent = the first row is looked for behind a line break, and lines count from 1. */
  readonly line?: number | undefined
}

export interface RangePlan extends Omit<TablePlan, 'skipRows' | 'maxRows'> {
  readonly layout: TableLayout
  readonly range: ByteRange
}

/**
 * Rows of a range: `sourceRows` counts from its first row, `bytesRead` is the byte behind the last row of the batch. The last
 * batch of a range has no rows and tells how far it came.
 */
export interface RangeBatch extends TableBatch {
  /** First byte of the range's first row; absent where none begins in it. */
  readonly firstByte: number | undefined
  /** Line of what comes behind the batch. */
  readonly nextLine: number
}

export interface DetectedTable {
  readonly columns: readonly DetectedColumn[]
  /** What was detected, or was told. */
  readonly reading: TableReading
  /** Exact where the format says it; absent = unknown. */
  readonly rows?: number
  readonly problems: readonly ImportProblem[]
  /** Rows looked at. */
  readonly sampled: number
}

/** Facts of a media file. */
export interface MediaFacts {
  readonly mimeType: string
  readonly width: number | null
  readonly height: number | null
  readonly durationMs: number | null
  /** RFC 3339, from EXIF or the container. */
  readonly createdAt: string | null
  /** EXIF, container and codec tags. Plain JSON. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** JPEG of at most 256 × 256. */
  readonly thumbnail: Uint8Array | null
  readonly problems: readonly ImportProblem[]
}

export const parsing = {
  'source.inspect': call<SourceItem>()('Kind, size, rows and columns of one file.', trusted<SourceFile>()),
  'document.parse': call<ParsedDocument>()(
    'Text and structure of a document.',
    trusted<SourceFile & { readonly kind: DocumentKind; readonly compression?: 'gzip' | 'zstd' | undefined }>(),
  ),
  'document.chunk': call<readonly Chunk[]>()(
    'Cuts a document.',
    trusted<{ readonly document: Pick<ParsedDocument, 'text' | 'blocks'>; readonly chunking: Chunking }>(),
  ),
  'table.detect': call<DetectedTable>()(
    'Types of the columns of a table, from a sample.',
    trusted<TableSource & { readonly nullTokens: readonly string[] }>(),
  ),
  'table.prepare': call<void>()(
    'Loads what reading tables of a kind takes, before one is read.',
    trusted<{ readonly kind: SourceItem['kind'] }>(),
  ),
  'table.read': stream<TableBatch>()('Rows of a table, typed.', trusted<TablePlan>()),
  'table.layout': call<TableLayout | null>()(
    'Where the rows of a table begin; null where it cannot be entered in the middle.',
    trusted<TablePlan>(),
  ),
  'table.range': stream<RangeBatch>()('Rows of a part of a table.', trusted<RangePlan>()),
  'media.read': call<MediaFacts>()(
    'Facts and thumbnail of a media file.',
    trusted<SourceFile & { readonly kind: MediaKind; readonly thumbnail: boolean }>(),
  ),
} as const

export type Parsing = typeof parsing
