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
  /** Rows of the source up to the end of this batch, good and bad: the `skipRows` that goes on behind it. */
  readonly sourceRows: number
  /** Bytes of the file up to the end of this batch, compressed as it lies there; about, where rows have no place of their own. */
  readonly bytesRead: number
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
  'table.read': stream<TableBatch>()('Rows of a table, typed.', trusted<TablePlan>()),
  'media.read': call<MediaFacts>()(
    'Facts and thumbnail of a media file.',
    trusted<SourceFile & { readonly kind: MediaKind; readonly thumbnail: boolean }>(),
  ),
} as const

export type Parsing = typeof parsing
