import type { Input, Output } from '#shared/contract/index.ts'
import type { CellBytes } from '#shared/contract/rows.ts'
import { AppError } from '#shared/errors.ts'
import { formatExactBytes } from '#shared/model/format.ts'
import type { FieldKind, SchemaField } from '#shared/model/schema.ts'
import type { EngineContext } from '../context.ts'
import type { ByteSource } from './byte-source.ts'
import { formatCellId, parseCellId, parseRowId, rowNotFound, type CellAddress } from './cell-id.ts'
import { guessMediaType, SNIFF_BYTES } from './media-type.ts'
import { openBytes, takeCell } from './open-bytes.ts'
import type { SourceCache } from './source-cache.ts'
import { openView, requireReadable, type View } from './view.ts'

/** Values up to this size cross as Arrow; larger ones travel as bytes, in ranges. */
const ARROW_BYTES = 8 * 1024 * 1024
/** Lists, structs and maps cannot be read in ranges; beyond this they are refused. */
const MAX_ARROW_BYTES = 64 * 1024 * 1024
const UNKNOWN_MEDIA_TYPE = 'application/octet-stream'

export async function getCell(
  context: EngineContext,
  sources: SourceCache,
  input: Input<'cells.get'>,
): Promise<Output<'cells.get'>> {
  const view = await openView(context, input)
  const field = requireReadable(view.manifest, input.column)
  const rowId = parseRowId(input.rowId)
  if (field.kind === 'blob') return { kind: 'bytes', ...(await describe(view, field, rowId, sources)) }
  const arrow = await takeCell(view, field, rowId)
  if (arrow.byteLength <= ARROW_BYTES) return { kind: 'arrow', arrow }
  if (hasBytes(field.kind)) return { kind: 'bytes', ...(await describe(view, field, rowId, sources)) }
  if (arrow.byteLength <= MAX_ARROW_BYTES) return { kind: 'arrow', arrow }
  throw new AppError({
    code: 'too-large',
    message: `This value of "${field.name}" takes ${formatExactBytes(arrow.byteLength)}, too many to show at once.`,
    hint: 'Read part of it by a query.',
    detail: { column: field.name, bytes: arrow.byteLength },
  })
}

export async function describeCell(
  context: EngineContext,
  sources: SourceCache,
  input: Input<'cells.describe'>,
): Promise<CellBytes> {
  const view = await openView(context, input)
  const field = requireReadable(view.manifest, input.column)
  return describe(view, field, parseRowId(input.rowId), sources)
}

export async function readCell(
  context: EngineContext,
  sources: SourceCache,
  input: Input<'cells.read'>,
): Promise<Output<'cells.read'>> {
  const cell = parseCellId(input.cell)
  const ref = cell.branch === undefined ? { version: cell.version } : { branch: cell.branch, version: cell.version }
  const view = await openView(context, { dataset: cell.dataset, ref })
  const field = requireReadable(view.manifest, cell.column)
  const source = await sources.get(sourceKey(view, cell), () => openBytes(view, field, cell.rowId))
  if (source === null) throw rowNotFound(cell.rowId)
  const start = Math.min(input.start, source.size)
  const end = Math.min(start + input.length, source.size)
  const bytes = end > start ? compact(await source.read(start, end)) : new Uint8Array(0)
  return { bytes, size: source.size, mediaType: await mediaTypeOf(source) }
}

async function describe(view: View, field: SchemaField, rowId: bigint, sources: SourceCache): Promise<CellBytes> {
  const cell: CellAddress = { dataset: view.dataset.handle, ...view.at, rowId, column: field.name }
  const source = await sources.get(sourceKey(view, cell), () => openBytes(view, field, rowId))
  const id = formatCellId(cell)
  if (source === null) return { id, size: null, mediaType: UNKNOWN_MEDIA_TYPE }
  return { id, size: source.size, mediaType: await mediaTypeOf(source) }
}

async function mediaTypeOf(source: ByteSource): Promise<string> {
  if (source.size === 0) return UNKNOWN_MEDIA_TYPE
  return guessMediaType(await source.read(0, Math.min(SNIFF_BYTES, source.size)), source.size)
}

function sourceKey(view: View, cell: CellAddress): string {
  return JSON.stringify([view.key, String(cell.rowId), cell.column])
}

/** Posting a view of a larger buffer would copy all of that buffer. */
function compact(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
}

function hasBytes(kind: FieldKind): boolean {
  return kind === 'binary' || kind === 'string' || kind === 'json' || kind === 'blob' || kind === 'dictionary'
}
