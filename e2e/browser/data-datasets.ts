import path from 'node:path'
import zlib from 'node:zlib'
import { arrow, lancedb } from './datasets.ts'

type Table = Parameters<import('@lancedb/lancedb').Connection['createTable']>[1]

/** Writes `<folder>/<name>.lance`; returns its location. */
export async function writeTable(folder: string, name: string, table: Table): Promise<string> {
  const db = await lancedb.connect(folder)
  await db.createTable(name, table)
  return path.join(folder, `${name}.lance`)
}

/** Four rows of values that are easily shown wrong: beyond 2^53, exact decimals, nanoseconds, and all kinds of nothing. */
export function exactRows(): Table {
  const { Decimal, Field, FixedSizeList, Float32, Float64, Int64, List, Struct, TimestampNanosecond, Utf8 } = arrow
  const meta = new Struct([
    new Field('lang', new Utf8(), true),
    new Field('scores', new List(new Field('item', new Float64(), true)), true),
  ])
  return new arrow.Table({
    big: arrow.vectorFromArray([9007199254740993n, -9223372036854775808n, 0n, null], new Int64()),
    price: decimals([1234567890123456789n, -5n, 0n, 10000n], new Decimal(4, 30, 128)),
    at: nanoseconds([1700000000123456789n, 0n, -1n, 1n], new TimestampNanosecond()),
    text: arrow.vectorFromArray(['plain, "quoted"', '', null, 'NULL'], new Utf8()),
    ratio: arrow.vectorFromArray([0.1, NaN, null, -Infinity], new Float64()),
    vector: arrow.vectorFromArray(
      [0, 1, 2, 3].map((row) => Array.from({ length: 64 }, (_, i) => Math.sin(i / 5 + row))),
      new FixedSizeList(64, new Field('item', new Float32(), true)),
    ),
    meta: arrow.vectorFromArray(
      [
        { lang: 'de', scores: [0.5, 1.5] },
        { lang: '', scores: [] },
        { lang: null, scores: null },
        { lang: 'en', scores: [2] },
      ],
      meta,
    ),
  })
}

/** One row of big cells: 100 kB of text and 10,000 list items. */
export function bigCells(): Table {
  const { Field, Int32, List, Utf8 } = arrow
  const items = Array.from({ length: 10_000 }, (_, i) => i)
  return new arrow.Table({
    text: arrow.vectorFromArray([`start ${'x'.repeat(100_000)} end`], new Utf8()),
    items: arrow.vectorFromArray([items], new List(new Field('item', new Int32(), true))),
  })
}

/** One row of bytes of several kinds. */
export function mediaRows(): Table {
  const { Binary } = arrow
  const bytes = (value: Uint8Array) => arrow.vectorFromArray([value], new Binary())
  const text = (value: string) => bytes(new TextEncoder().encode(value))
  return new arrow.Table({
    picture: bytes(png(48, 32)),
    letter: text('Dear reader,\nthis is plain text.\n'),
    settings: text(JSON.stringify({ theme: { name: 'dusk', sizes: [1, 2, 3] } })),
    raw: bytes(Uint8Array.from({ length: 30_000 }, (_, i) => (i * 7) % 251)),
    film: bytes(webm()),
  })
}

/** `columns` int32 columns c0, c1, … with value row × columns + column. */
export function wideRows(columns: number, rows: number): Table {
  const vectors = Array.from({ length: columns }, (_, column) => {
    const data = Int32Array.from({ length: rows }, (_, row) => row * columns + column)
    return [`c${column}`, arrow.makeVector(data)] as const
  })
  return new arrow.Table(Object.fromEntries(vectors))
}

/** Built from raw words: arrow's builders take neither bigint decimals nor nanoseconds beyond 2^53. */
function decimals(values: readonly bigint[], type: InstanceType<typeof arrow.Decimal>) {
  const words = new BigUint64Array(
    values.flatMap((value) => [BigInt.asUintN(64, value), BigInt.asUintN(64, value >> 64n)]),
  )
  return arrow.makeVector(arrow.makeData({ type, length: values.length, data: new Uint32Array(words.buffer) }))
}

function nanoseconds(values: readonly bigint[], type: InstanceType<typeof arrow.TimestampNanosecond>) {
  return arrow.makeVector(arrow.makeData({ type, length: values.length, data: BigInt64Array.from(values) }))
}

/** A PNG of one colour that differs by column, so that a stretched or missing picture shows. */
function png(width: number, height: number): Uint8Array {
  const line = Buffer.from([0, ...Array.from({ length: width }, (_, x) => [x * 5, 120, 255 - x * 5]).flat()])
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', zlib.deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return (sum ^ 0xffffffff) >>> 0
}

/** The head of a WebM file: enough to be taken for a film, too little to be played. */
function webm(): Uint8Array {
  return Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 0x01, 0x42, 0xf7, 0x81, 0x01, 0x42, 0xf2, 0x81, 0x04]),
    Buffer.from([0x42, 0xf3, 0x81, 0x08, 0x42, 0x82, 0x84]),
    Buffer.from('webm', 'latin1'),
    Buffer.alloc(64),
  ])
}
