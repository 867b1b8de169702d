import { CompressionType, setCompressionCodec, tableFromIPC, type Table } from '@uwdata/flechette'
import { AppError } from '#shared/errors.ts'
import type { DetectedTable, TableBatch, TablePlan, TableSource } from '../../parsing/index.ts'
import { unreadable } from '../errors.ts'
import { plansOf, wantedColumns } from '../rows/plan.ts'
import { describeColumns } from '../typed/detect.ts'
import { guarded, readTyped, type TypedRows } from '../typed/read.ts'
import { EXACT } from '../typed/text.ts'
import { ArrowFault } from '../typed/take.ts'
import { checkColumn } from './check.ts'
import { unpackLz4 } from './lz4.ts'
import { arrowMessages } from './messages.ts'

/** Most bytes a packed buffer may have unpacked. */
const MAX_BUFFER_BYTES = 1024 ** 3
const END = new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0])

let codecs: Promise<void> | undefined

function loadCodecs(): Promise<void> {
  codecs ??= (async () => {
    const { ZSTDDecoder } = await import('zstddec')
    const zstd = new ZSTDDecoder()
    await zstd.init()
    const encode = (): never => {
      throw new Error('Nothing is packed here.')
    }
    const bounded = (unpack: (bytes: Uint8Array, length: number) => Uint8Array) => ({
      encode,
      decode: (bytes: Uint8Array, length?: number) => {
        if (length === undefined || length < 0 || length > MAX_BUFFER_BYTES)
          throw new Error('claims an impossible size')
        const unpacked = length === 0 ? new Uint8Array(0) : unpack(bytes, length)
        if (unpacked.length !== length) throw new Error('does not unpack to its size')
        return unpacked
      },
    })
    setCompressionCodec(CompressionType.LZ4_FRAME, bounded(unpackLz4))
    setCompressionCodec(
      CompressionType.ZSTD,
      bounded((bytes, length) => zstd.decode(bytes, length)),
    )
  })()
  return codecs
}

/** Record batches of an Arrow IPC file or stream, one at a time. */
async function* arrowRows({ path, name }: TableSource, most = Infinity): AsyncGenerator<TypedRows> {
  await loadCodecs()
  let schema: Uint8Array | undefined
  const dictionaries: Uint8Array[] = []
  let rowStart = 0
  let batches = 0
  for await (const { kind, bytes, end } of arrowMessages(path, name)) {
    if (kind === 'schema') schema ??= bytes
    if (schema === undefined) throw unreadable(name, 'it is no Arrow data, or damaged.')
    if (kind === 'dictionary') dictionaries.push(bytes)
    if (kind !== 'batch') continue
    const table = decode([schema, ...dictionaries, bytes, END], name)
    yield { table, rowStart, byteLength: bytes.length, bytesRead: end }
    rowStart += table.numRows
    if (++batches >= most) return
  }
  if (schema === undefined) throw unreadable(name, 'it is empty.')
  if (batches === 0) yield { table: decode([schema, END], name), rowStart: 0, byteLength: 0, bytesRead: 0 }
}

function decode(messages: readonly Uint8Array[], name: string): Table {
  try {
    const table = tableFromIPC([...messages], EXACT)
    const rows = new Set(table.children.map(({ length }) => length))
    if (rows.size > 1 || !(table.numRows >= 0 && table.numRows < 2 ** 31)) throw new Error('its rows do not agree')
    for (const column of table.children) checkColumn(column)
    return table
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    if (cause instanceof ArrowFault) throw unreadable(name, `its data ${cause.message}.`)
    throw unreadable(name, `its data cannot be decoded: ${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}

const SAMPLE_ROWS = 200

/** Columns of an Arrow file as its schema has them, with values of its first batch. */
export async function detectArrow(source: TableSource): Promise<DetectedTable> {
  for await (const { table } of arrowRows(source, 1)) {
    return {
      columns: guarded(source.name, 0, () => describeColumns(table, SAMPLE_ROWS)),
      reading: source.reading,
      problems: [],
      sampled: Math.min(table.numRows, SAMPLE_ROWS),
    }
  }
  throw unreadable(source.name, 'it is empty.')
}

export async function* readArrow(plan: TablePlan, signal: AbortSignal): AsyncGenerator<TableBatch> {
  const columns = plan.columns ?? plansOf((await detectArrow(plan)).columns, plan.nullTokens)
  yield* readTyped(plan, wantedColumns(plan, columns), arrowRows(plan), signal)
}
