import type { Chunk, DOCUMENT_COLUMNS, ParsedDocument } from '#shared/model/import/documents.ts'
import type { DocumentKind } from '#shared/model/import/source.ts'
import type { DocumentRows } from '#shared/model/import/spec.ts'
import type { BuiltColumn } from '../lance/index.ts'
import { hashFile, readBlob, recordId } from './file-facts.ts'
import type { Lane } from './reader.ts'
import type { PlannedFile } from './unit.ts'

type Column = Exclude<(typeof DOCUMENT_COLUMNS)[number], 'vector'>

/** One record: a chunk of a document. */
export type DocumentRow = { readonly [K in Column]: unknown }

const TYPES: { readonly [K in Column]: BuiltColumn['type'] } = {
  uuid: 'text',
  title: 'text',
  content: 'text',
  source_path: 'text',
  content_hash: 'text',
  page: 'int32',
  heading: 'text',
  position: 'int32',
  chunk: 'int32',
  chunks: 'int32',
  language: 'text',
  tags: 'texts',
  metadata: 'json',
  created_at: 'time',
  updated_at: 'time',
  raw_data_type: 'text',
  raw_data: 'blob',
}

const MEDIA_TYPES: { readonly [K in DocumentKind]: string } = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  epub: 'application/epub+zip',
  html: 'text/html',
  markdown: 'text/markdown',
  text: 'text/plain',
  code: 'text/plain',
  email: 'message/rfc822',
}

/** A document, parsed and cut. */
export interface CutDocument {
  readonly document: ParsedDocument
  readonly chunks: readonly Chunk[]
}

export async function cutDocument(
  reader: Lane,
  { path, name, kind, compression, bytes }: Pick<PlannedFile, 'path' | 'name' | 'kind' | 'compression' | 'bytes'>,
  { chunking }: DocumentRows,
  signal: AbortSignal,
): Promise<CutDocument> {
  const file = { path, name, kind: kind as DocumentKind, compression }
  const document = await reader.call('document.parse', file, { ...file, bytes }, signal)
  const { text, blocks } = document
  const about = { name, bytes: text.length }
  const chunks = await reader.call('document.chunk', { document: { text, blocks }, chunking }, about, signal)
  return { document, chunks }
}

/** The records of a document, one a chunk. */
export async function documentRows(
  { document, chunks }: CutDocument,
  { path, name, kind, mtimeMs }: PlannedFile,
  { tags, metadata, keepRaw }: DocumentRows,
  signal: AbortSignal,
): Promise<readonly DocumentRow[]> {
  const hash = await hashFile(path, signal)
  const raw = keepRaw ? await readBlob(path, name) : null
  const updatedAt = document.updatedAt ?? new Date(mtimeMs).toISOString()
  const about = JSON.stringify({ ...document.metadata, ...metadata })
  return chunks.map((chunk, index) => ({
    uuid: recordId(`${name}#${index}`),
    title: document.title,
    content: document.text.slice(chunk.start, chunk.end),
    source_path: name,
    content_hash: hash,
    page: chunk.page,
    heading: chunk.headings.length === 0 ? null : chunk.headings.join(' > '),
    position: chunk.start,
    chunk: index,
    chunks: chunks.length,
    language: document.language,
    tags,
    metadata: about,
    created_at: document.createdAt,
    updated_at: updatedAt,
    raw_data_type: MEDIA_TYPES[kind as DocumentKind],
    raw_data: index === 0 ? raw : null,
  }))
}

export function documentColumns(rows: readonly DocumentRow[], { keepRaw }: DocumentRows): readonly BuiltColumn[] {
  const names = Object.keys(TYPES) as readonly Column[]
  return names
    .filter((name) => keepRaw || (name !== 'raw_data' && name !== 'raw_data_type'))
    .map((name) => toColumn(name, TYPES[name], rows))
}

/** Values were made to fit the types above them. */
export function toColumn(
  name: string,
  type: BuiltColumn['type'],
  rows: readonly Readonly<Record<string, unknown>>[],
): BuiltColumn {
  return { name, type, values: rows.map((row) => row[name] ?? null) } as unknown as BuiltColumn
}
