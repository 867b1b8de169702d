import { corrupt, damageOf } from './corrupt.ts'
import { namePageEncoding } from './page-encoding.ts'
import { readField, type RawField } from './schema.ts'
import { readTextEntry, WireReader } from './wire.ts'
import { readFooter, SparseBytes, type ByteRange, type FileSlice, type Footer, type TailStep } from './file-footer.ts'
import { readLegacyFile } from './legacy-file.ts'

/** One column of a data file; its number in the file is its place in the list. */
export interface FileColumn {
  /** Sum of the buffers of its pages and of the column itself. */
  readonly bytes: number
  readonly pages: number
  /** Sum of the pages' lengths: rows, or items for what lies inside lists in format 2.0. */
  readonly length: number
  /** Every layout and compression its pages use, outermost first. */
  readonly encodings: readonly string[]
}

/** What the end of a data or index file says of it. */
export interface DataFileMetadata {
  /** As the manifest names it: `2.0` for a footer of 0.3, `0.1` for legacy files. */
  readonly formatVersion: string
  readonly rows: number | null
  /** Null for legacy files, which do not record the sizes of their columns. */
  readonly columns: readonly FileColumn[] | null
  /** The schema the file was written with; empty for legacy files. */
  readonly fields: readonly RawField[]
  readonly schemaMetadata: Readonly<Record<string, string>>
  /** Where the global buffers lie; the first is the schema. */
  readonly globalBuffers: readonly ByteRange[]
}

/**
 * Decodes the metadata of a Lance file (formats 2.0 to 2.3, and the row count of 0.1) from pieces of it, the first of
 * which is its end: {@link DATA_FILE_TAIL_BYTES} hold all of it for most files. Asks for the range that is missing;
 * call again with it added, three times at most. Throws `corrupt-data`.
 *
 * Footer: 40 bytes, see {@link readFooter}. The table at B holds u64 position and size of each column's metadata, the one
 * at C those of the global buffers, of which the first is lance.file.FileDescriptor.
 */
export function decodeDataFile(slices: readonly FileSlice[], fileBytes: number): TailStep<DataFileMetadata> {
  return damageOf('data file', () => {
    const bytes = new SparseBytes(slices, fileBytes)
    const footer = readFooter(bytes)
    if (footer === 'legacy') return readLegacyFile(bytes)
    const missing = findMissing(bytes, footer)
    if (missing !== undefined) return { kind: 'need', range: missing }
    return { kind: 'done', result: readAll(bytes, footer) }
  })
}

/** Enough for all metadata of a narrow file: Lance itself reads as much ahead. */
export const DATA_FILE_TAIL_BYTES = 64 * 1024

/** Metadata larger than this belongs to no real file. */
const MAX_METADATA_BYTES = 256 * 1024 * 1024
/** The schema is written just before the column metadata; further away it is worth a request of its own. */
const NEAR_BYTES = 4 * 1024 * 1024

function findMissing(bytes: SparseBytes, footer: Footer): ByteRange | undefined {
  const { columnsAt, columnTableAt, bufferTableAt, bufferCount, columnCount, end } = footer
  if (columnsAt > columnTableAt || columnTableAt + columnCount * 16 > end) throw corrupt('it points outside itself')
  if (bufferTableAt + bufferCount * 16 > end) throw corrupt('it points outside itself')
  if (end - columnsAt > MAX_METADATA_BYTES) throw corrupt('its metadata is impossibly large')
  const tables = bytes.missing(Math.min(columnTableAt, bufferTableAt), end)
  if (tables !== undefined) return bytes.missing(Math.min(columnsAt, bufferTableAt), end)
  const [schema] = readTable(bytes, bufferTableAt, Math.min(1, bufferCount))
  const start = schema !== undefined && schema.start < columnsAt && columnsAt - schema.start < NEAR_BYTES
  const metadata = bytes.missing(start ? schema.start : columnsAt, end)
  return metadata ?? (schema === undefined ? undefined : bytes.missing(schema.start, schema.end))
}

/** A table of u64 position and u64 size. */
export function readTable(bytes: SparseBytes, at: number, count: number): readonly ByteRange[] {
  return Array.from({ length: count }, (_, index) => {
    const start = bytes.size(at + index * 16)
    const end = start + bytes.size(at + index * 16 + 8)
    if (end > bytes.fileBytes || end - start > MAX_METADATA_BYTES) throw corrupt('it points outside itself')
    return { start, end }
  })
}

function readAll(bytes: SparseBytes, footer: Footer): DataFileMetadata {
  const globalBuffers = readTable(bytes, footer.bufferTableAt, footer.bufferCount)
  const columnRanges = readTable(bytes, footer.columnTableAt, footer.columnCount)
  // The ranges may overlap in a damaged file; together they are no more than the metadata then, or all work would repeat.
  const total = columnRanges.reduce((sum, { start, end }) => sum + end - start, 0)
  if (total > footer.end - footer.columnsAt) throw corrupt('its columns overlap')
  const columns = columnRanges.map(({ start, end }) => readColumn(new WireReader(bytes.slice(start, end))))
  const [descriptor] = globalBuffers
  return {
    formatVersion: footer.formatVersion,
    columns,
    globalBuffers,
    ...(descriptor === undefined
      ? { rows: null, fields: [], schemaMetadata: {} }
      : readDescriptor(new WireReader(bytes.slice(descriptor.start, descriptor.end)))),
  }
}

/** FileDescriptor {1 schema {1 fields, 5 metadata}, 2 length}. */
function readDescriptor(message: WireReader): Pick<DataFileMetadata, 'rows' | 'fields' | 'schemaMetadata'> {
  let rows = 0
  const fields: RawField[] = []
  const metadata: (readonly [string, string])[] = []
  while (message.next()) {
    if (message.field === 2) rows = message.uint()
    else if (message.field === 1) readSchema(message.message(), fields, metadata)
    else message.skip()
  }
  return { rows, fields, schemaMetadata: Object.fromEntries(metadata) }
}

function readSchema(schema: WireReader, fields: RawField[], metadata: (readonly [string, string])[]): void {
  while (schema.next()) {
    if (schema.field === 1) fields.push(readField(schema.message()))
    else if (schema.field === 5) metadata.push(readTextEntry(schema.message()))
    else schema.skip()
  }
}

/** ColumnMetadata {1 encoding, 2 pages, 3 buffer_offsets, 4 buffer_sizes}. */
function readColumn(message: WireReader): FileColumn {
  const column = { bytes: 0, pages: 0, length: 0 }
  const encodings = new Set<string>()
  while (message.next()) {
    if (message.field === 2) {
      column.pages++
      readPage(message.message(), column, encodings)
    } else if (message.field === 4) message.eachUint((bytes) => (column.bytes += bytes))
    else message.skip()
  }
  return { ...column, encodings: [...encodings] }
}

/** Page {1 buffer_offsets, 2 buffer_sizes, 3 length, 4 encoding, 5 priority}. */
function readPage(page: WireReader, column: { bytes: number; length: number }, encodings: Set<string>): void {
  while (page.next()) {
    if (page.field === 2) page.eachUint((bytes) => (column.bytes += bytes))
    else if (page.field === 3) column.length += page.uint()
    else if (page.field === 4) for (const name of readEncoding(page.message())) encodings.add(name)
    else page.skip()
  }
}

/** Encoding {1 indirect, 2 direct {1 encoding, an Any in bytes}, 3 none}; indirect ones are written by nobody. */
function readEncoding(encoding: WireReader): readonly string[] {
  let names: readonly string[] = []
  while (encoding.next()) {
    if (encoding.field === 2) names = readDirect(encoding.message())
    else encoding.skip()
  }
  return names
}

function readDirect(direct: WireReader): readonly string[] {
  let names: readonly string[] = []
  while (direct.next()) {
    if (direct.field === 1) names = namePageEncoding(direct.message())
    else direct.skip()
  }
  return names
}
