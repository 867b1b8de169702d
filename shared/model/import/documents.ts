import type { ImportProblem } from './source.ts'

/** A run of a document's text of one nature. Blocks are in order and do not overlap; between them is white space. */
export interface DocumentBlock {
  readonly kind: 'heading' | 'paragraph' | 'list' | 'table' | 'code' | 'quote'
  /** UTF-16 offsets into the text, `end` exclusive. */
  readonly start: number
  readonly end: number
  /** 1 to 6, of headings. */
  readonly level?: number
  /** 1-based page or slide it begins on, where the format has any. */
  readonly page?: number
}

/** What a parser made of a document. */
export interface ParsedDocument {
  /** As the document itself says it, else its first heading; null when neither. */
  readonly title: string | null
  readonly text: string
  readonly blocks: readonly DocumentBlock[]
  readonly pages: number | null
  /** ISO 639-1; null when the text is too short to tell. */
  readonly language: string | null
  /** What the document says of itself: author, subject, dates, e-mail headers. Plain JSON. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** RFC 3339; null when it does not say. */
  readonly createdAt: string | null
  readonly updatedAt: string | null
  /** What could not be read of it. A document without any text is an error, not an empty document. */
  readonly problems: readonly ImportProblem[]
}

/** How documents are cut into records. */
export interface Chunking {
  /** `structure` ends chunks at headings, then at blocks, then at sentences; `fixed` only by size. */
  readonly by: 'structure' | 'fixed'
  readonly unit: 'tokens' | 'characters'
  /** Most of a chunk. */
  readonly size: number
  /** What a chunk repeats of the one before, less than `size`. */
  readonly overlap: number
}

/** Right for most embedders of today: well below their 512 tokens, with a sentence or two of context. */
export const DEFAULT_CHUNKING: Chunking = { by: 'structure', unit: 'tokens', size: 400, overlap: 40 }

/** One record's part of a document's text. */
export interface Chunk {
  /** UTF-16 offsets into the text, `end` exclusive. With an overlap, chunks share text. */
  readonly start: number
  readonly end: number
  /** Tokens of cl100k_base: an estimate for other models. */
  readonly tokens: number
  /** Headings it stands under, outermost first. */
  readonly headings: readonly string[]
  readonly page: number | null
}

/** Columns of a dataset of documents, one row a chunk, in this order. `vector` and `raw` only when asked for. */
export const DOCUMENT_COLUMNS = [
  'uuid',
  'title',
  'content',
  'source_path',
  'content_hash',
  'page',
  'heading',
  'position',
  'chunk',
  'chunks',
  'language',
  'tags',
  'metadata',
  'created_at',
  'updated_at',
  'raw_data_type',
  'raw_data',
  'vector',
] as const
