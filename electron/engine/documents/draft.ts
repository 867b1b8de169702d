import type { ParsedDocument } from '#shared/model/import/documents.ts'
import type { Compression, SourceFile } from '../parsing/index.ts'

export type DocumentFile = SourceFile & { readonly compression?: Compression | undefined }

/** What the parser of one format knows; the rest of a {@link ParsedDocument} is found out for all alike. */
export interface Draft extends Pick<ParsedDocument, 'text' | 'blocks'> {
  /** Absent or null = its first heading. */
  readonly title?: string | null
  readonly pages?: number | null
  /** Absent = detected. */
  readonly language?: string | null
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly createdAt?: string | null
  readonly updatedAt?: string | null
  readonly problems?: ParsedDocument['problems']
  /** Why there may be no text in it: completes `has no text`. */
  readonly whyEmpty?: string
}
