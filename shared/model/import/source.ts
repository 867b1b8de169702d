/** What a file is taken for, by its content first and its name second. */
export const DOCUMENT_KINDS = ['pdf', 'docx', 'pptx', 'epub', 'html', 'markdown', 'text', 'code', 'email'] as const
export const TABLE_KINDS = ['csv', 'json', 'jsonl', 'parquet', 'arrow', 'xlsx', 'lance'] as const
export const MEDIA_KINDS = ['image', 'audio', 'video', 'binary'] as const

export type DocumentKind = (typeof DOCUMENT_KINDS)[number]
export type TableKind = (typeof TABLE_KINDS)[number]
export type MediaKind = (typeof MEDIA_KINDS)[number]
export type SourceKind = DocumentKind | TableKind | MediaKind
/** Files of one family make rows of one shape. */
export type SourceFamily = 'documents' | 'tables' | 'media'

/** Something to know about a source or an import, in plain words. An `error` keeps what it is about from being imported. */
export interface ImportProblem {
  readonly severity: 'error' | 'warning' | 'note'
  readonly message: string
  readonly hint?: string
  /** As in `SourceItem.name`; absent = of the whole import, or of the file it is told with. */
  readonly file?: string
}

/** What files, folders and uploads hold. */
export interface Inspected {
  readonly items: readonly SourceItem[]
  /** There are more files than are looked at. */
  readonly truncated: boolean
}

/** Files looked at so far, and at the end what they are. */
export type InspectEvent =
  { readonly kind: 'looking'; readonly done: number; readonly total: number } | ({ readonly kind: 'done' } & Inspected)

/** A column as a table source has it. `type` is an {@link import('./tables.ts').ImportType}. */
export interface SourceColumn {
  readonly name: string
  readonly type: string
}

/** One file, or one dataset, that was dropped or chosen, or found in a folder that was. */
export interface SourceItem {
  /** Absolute path on the machine the engine runs on; for uploads, where they were put. */
  readonly path: string
  /** Path below what was dropped, `/`-separated: what people see, and what records keep as `source_path`. */
  readonly name: string
  readonly kind: SourceKind
  readonly family: SourceFamily
  readonly compression?: 'gzip' | 'zstd'
  readonly bytes: number
  /** Rows of a table; absent = unknown until it is read. */
  readonly rows?: number
  readonly pages?: number
  readonly schema?: readonly SourceColumn[]
  readonly problems: readonly ImportProblem[]
}

export function familyOf(kind: SourceKind): SourceFamily {
  if ((DOCUMENT_KINDS as readonly string[]).includes(kind)) return 'documents'
  return (TABLE_KINDS as readonly string[]).includes(kind) ? 'tables' : 'media'
}
