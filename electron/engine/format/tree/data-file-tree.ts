import type { MetadataTree } from '#shared/model/metadata.ts'
import { corrupt, damageOf } from '../corrupt.ts'
import { decodeDataFile, readTable, type DataFileMetadata } from '../data-file.ts'
import { readFooter, SparseBytes, type ByteRange, type FileSlice, type Footer, type TailStep } from '../file-footer.ts'
import { describeMessage } from './decode.ts'
import { describeJson } from './json-tree.ts'
import { describePartitions } from './partitions.ts'
import { leftOut } from './scalars.ts'

/** Columns whose pages are shown one by one. */
const MAX_COLUMNS_IN_FULL = 32
const MAX_COLUMNS = 1000
const MAX_BUFFERS = 1000
/** Column metadata longer than this (some thousand pages) is only summed up. */
const MAX_COLUMN_BYTES = 64 * 1024
/** IVF of a vector index is shown up to this size: centroids of a million vectors. */
const MAX_IVF_BYTES = 64 * 1024 * 1024

/**
 * The end of a data or index file as a tree: footer, schema, columns with their pages, global buffers, and for vector
 * indices the rows of each partition. Asks for ranges as `decodeDataFile` does. Throws `corrupt-data`.
 */
export function describeDataFileTree(slices: readonly FileSlice[], fileBytes: number): TailStep<MetadataTree> {
  const step = decodeDataFile(slices, fileBytes)
  if (step.kind === 'need') return step
  return damageOf('file', () => {
    const bytes = new SparseBytes(slices, fileBytes)
    const footer = readFooter(bytes)
    if (footer === 'legacy') return { kind: 'done', result: describeLegacy(bytes, step.result) }
    const ivf = findIvf(step.result)
    const missing = ivf === undefined ? undefined : bytes.missing(ivf.start, ivf.end)
    if (missing !== undefined) return { kind: 'need', range: missing }
    return { kind: 'done', result: describeAll(bytes, footer, step.result, ivf) }
  })
}

/** Schema metadata `lance:ivf` of index files names the global buffer with the IVF message. */
export function findIvf({ schemaMetadata, globalBuffers }: DataFileMetadata): ByteRange | undefined {
  const buffer = globalBuffers[Number(schemaMetadata['lance:ivf'] ?? Number.NaN)]
  return buffer === undefined || buffer.end - buffer.start > MAX_IVF_BYTES ? undefined : buffer
}

function describeAll(
  bytes: SparseBytes,
  footer: Footer,
  file: DataFileMetadata,
  ivf: ByteRange | undefined,
): MetadataTree {
  const [descriptor] = file.globalBuffers
  const metadata = Object.entries(file.schemaMetadata)
  return {
    format_version: file.formatVersion,
    footer: {
      column_metadata_start: footer.columnsAt,
      column_metadata_offsets_start: footer.columnTableAt,
      global_buffer_offsets_start: footer.bufferTableAt,
      num_global_buffers: footer.bufferCount,
      num_columns: footer.columnCount,
    },
    rows: file.rows,
    ...(metadata.length === 0
      ? {}
      : { schema_metadata: Object.fromEntries(metadata.map(([key, value]) => [key, describeJson(value)])) }),
    ...(ivf === undefined ? {} : { partitions: describePartitions(bytes.slice(ivf.start, ivf.end)) }),
    ...(descriptor === undefined
      ? {}
      : { file_descriptor: describeMessage('FileDescriptor', bytes.slice(descriptor.start, descriptor.end)) }),
    columns: describeColumns(bytes, footer, file),
    global_buffers: cut(
      file.globalBuffers.slice(0, MAX_BUFFERS).map(({ start, end }) => ({ position: start, size: end - start })),
      file.globalBuffers.length,
    ),
  }
}

function describeColumns(bytes: SparseBytes, footer: Footer, file: DataFileMetadata): MetadataTree {
  const columns = file.columns ?? []
  const ranges = readTable(bytes, footer.columnTableAt, Math.min(columns.length, MAX_COLUMNS))
  const shown = ranges.map(({ start, end }, index) => {
    const column = columns[index]
    if (column === undefined) throw corrupt('it has fewer columns than it says')
    const { bytes: size, pages, length, encodings } = column
    const isShown = index < MAX_COLUMNS_IN_FULL && end - start <= MAX_COLUMN_BYTES
    return {
      bytes: size,
      num_pages: pages,
      length,
      encodings,
      ...(isShown ? { metadata: describeMessage('ColumnMetadata', bytes.slice(start, end)) } : {}),
    }
  })
  return cut(shown, columns.length)
}

function cut(entries: readonly MetadataTree[], all: number): MetadataTree {
  return all > entries.length ? [...entries, leftOut(all - entries.length)] : entries
}

/** lance.file.Metadata of format 0.1, whose position the last 16 bytes give. */
function describeLegacy(bytes: SparseBytes, file: DataFileMetadata): MetadataTree {
  const start = bytes.size(bytes.fileBytes - 16)
  const length = bytes.uint32(start)
  const end = start + 4 + length
  if (end > bytes.fileBytes) throw corrupt('it points outside itself')
  return {
    format_version: file.formatVersion,
    rows: file.rows,
    metadata: describeMessage('LegacyMetadata', bytes.slice(start + 4, end)),
  }
}
