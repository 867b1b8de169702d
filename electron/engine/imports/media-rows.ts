import type { MediaKind } from '#shared/model/import/source.ts'
import type { MediaRows } from '#shared/model/import/spec.ts'
import type { BuiltColumn } from '../lance/index.ts'
import { toColumn } from './document-rows.ts'
import { hashFile, readBlob, recordId } from './file-facts.ts'
import type { Lane } from './reader.ts'
import type { PlannedFile } from './unit.ts'

/** Columns of a dataset of media, one row a file, in this order. */
const TYPES = {
  uuid: 'text',
  source_path: 'text',
  content_hash: 'text',
  mime_type: 'text',
  width: 'int32',
  height: 'int32',
  duration_ms: 'int64',
  created_at: 'time',
  tags: 'texts',
  metadata: 'json',
  thumbnail: 'binary',
  data: 'blob',
} as const satisfies Readonly<Record<string, BuiltColumn['type']>>

type Column = keyof typeof TYPES

export type MediaRow = { readonly [K in Column]: unknown }

export async function mediaRow(
  reader: Lane,
  { path, name, kind, bytes }: PlannedFile,
  { thumbnails, tags, metadata }: MediaRows,
  signal: AbortSignal,
): Promise<MediaRow> {
  const source = { path, name, kind: kind as MediaKind, thumbnail: thumbnails }
  const facts = await reader.call('media.read', source, { name, bytes }, signal)
  return {
    uuid: recordId(`${name}#0`),
    source_path: name,
    content_hash: await hashFile(path, signal),
    mime_type: facts.mimeType,
    width: facts.width,
    height: facts.height,
    duration_ms: facts.durationMs === null ? null : Math.round(facts.durationMs),
    created_at: facts.createdAt,
    tags,
    metadata: JSON.stringify({ ...facts.metadata, ...metadata }),
    thumbnail: facts.thumbnail,
    data: await readBlob(path, name),
  }
}

export function mediaColumns(rows: readonly MediaRow[], { thumbnails }: MediaRows): readonly BuiltColumn[] {
  const names = Object.keys(TYPES) as readonly Column[]
  return names.filter((name) => thumbnails || name !== 'thumbnail').map((name) => toColumn(name, TYPES[name], rows))
}
