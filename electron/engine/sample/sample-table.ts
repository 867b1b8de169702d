import { loadArrow } from '../lance/index.ts'
import { DIMENSION } from './embed.ts'
import type { SampleRow } from './sample-rows.ts'

type Arrow = ReturnType<typeof loadArrow>
type DataType = InstanceType<Arrow['DataType']>
type Vector = InstanceType<Arrow['Vector']>
type Table = InstanceType<Arrow['Table']>

/** The rows as an Arrow table with one column of nearly every type Lance knows. */
export function toSampleTable(rows: readonly SampleRow[]): Table {
  const arrow = loadArrow()
  const columns = columnsOf(arrow, rows)
  const fields = columns.map(({ name, vector, metadata }) => new arrow.Field(name, vector.type, true, metadata))
  const schema = new arrow.Schema(fields)
  const children = columns.flatMap(({ vector }) => vector.data)
  const data = arrow.makeData({ type: new arrow.Struct(fields), length: rows.length, nullCount: 0, children })
  return new arrow.Table(schema, [new arrow.RecordBatch(schema, data)])
}

interface Column {
  readonly name: string
  readonly vector: Vector
  readonly metadata?: Map<string, string>
}

function columnsOf(arrow: Arrow, rows: readonly SampleRow[]): readonly Column[] {
  const make = (
    name: string,
    type: DataType,
    value: (row: SampleRow) => unknown,
    metadata?: Map<string, string>,
  ): Column => ({
    name,
    vector: build(arrow, type, rows.map(value)),
    ...(metadata === undefined ? {} : { metadata }),
  })
  const text = new arrow.Utf8()
  const dictionary = (): DataType => new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())
  const json = new Map([['ARROW:extension:name', 'arrow.json']])
  return [
    make('id', new arrow.Int64(), (row) => row.id),
    make('title', text, (row) => row.title),
    make('picture', new arrow.Binary(), (row) => row.picture),
    make('topic', dictionary(), (row) => row.topic),
    make('text', text, (row) => row.text),
    { name: 'vector', vector: vectors(arrow, rows) },
    make('score', new arrow.Float64(), (row) => row.score),
    make('published', new arrow.DateDay(), (row) =>
      row.published === null ? null : new Date(row.published * 86_400_000),
    ),
    { name: 'price', vector: prices(arrow, rows) },
    make('reviewed', new arrow.Bool(), (row) => row.reviewed),
    make('tags', new arrow.List(new arrow.Field('item', text, true)), (row) => row.tags),
    make('source', sourceType(arrow), (row) => sourceOf(row)),
    make('attributes', text, (row) => row.attributes, json),
    make('note', text, (row) => row.note),
    make('kind', dictionary(), (row) => row.kind),
    make('document', text, (row) => row.document),
    { name: 'ingested_at', vector: timestamps(arrow, rows) },
    make('fingerprint', new arrow.Int64(), (row) => row.fingerprint),
  ]
}

function build(arrow: Arrow, type: DataType, values: readonly unknown[]): Vector {
  const builder = arrow.makeBuilder({ type, nullValues: [null] })
  for (const value of values) builder.append(value)
  return builder.finish().toVector()
}

/** Built from one array: the builder of fixed-size lists leaves out the values of a null in the last row. */
function vectors(arrow: Arrow, rows: readonly SampleRow[]): Vector {
  const values = new Float32Array(rows.length * DIMENSION)
  rows.forEach((row, index) => row.vector !== null && values.set(row.vector, index * DIMENSION))
  const child = arrow.makeData({ type: new arrow.Float32(), length: values.length, data: values })
  const type = new arrow.FixedSizeList(DIMENSION, new arrow.Field('item', new arrow.Float32(), true))
  const nullBitmap = validity(rows.map((row) => row.vector !== null))
  return new arrow.Vector([arrow.makeData({ type, length: rows.length, nullBitmap, child })])
}

/** Built from one array: the builder would take a float of milliseconds and lose microseconds. */
function timestamps(arrow: Arrow, rows: readonly SampleRow[]): Vector {
  const type = new arrow.Timestamp(arrow.TimeUnit.MICROSECOND, 'UTC')
  const data = BigInt64Array.from(rows, (row) => row.ingestedAt)
  return new arrow.Vector([arrow.makeData({ type, length: rows.length, data: data as never })])
}

function prices(arrow: Arrow, rows: readonly SampleRow[]): Vector {
  const data = new Uint32Array(rows.length * 4)
  new BigInt64Array(data.buffer).set(rows.flatMap((row) => [row.price ?? 0n, 0n]))
  const nullBitmap = validity(rows.map((row) => row.price !== null))
  const type = new arrow.Decimal(2, 10, 128)
  return new arrow.Vector([arrow.makeData({ type, length: rows.length, nullBitmap, data })])
}

function validity(valid: readonly boolean[]): Uint8Array {
  const bits = new Uint8Array((valid.length + 7) >> 3)
  valid.forEach((isValid, index) => {
    if (isValid) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7))
  })
  return bits
}

function sourceType(arrow: Arrow): DataType {
  const field = (name: string, type: DataType) => new arrow.Field(name, type, true) as never
  const author = new arrow.Struct([
    field('name', new arrow.Utf8()),
    field('born', new arrow.Int16()),
    field('town', new arrow.Utf8()),
  ])
  return new arrow.Struct([
    field('author', author),
    field('position', new arrow.Int32()),
    field('sentences', new arrow.Int32()),
  ])
}

function sourceOf({ source }: SampleRow): unknown {
  if (source === null) return null
  const { author, position, sentences } = source
  const born = toYear(author?.['born'] ?? null)
  const known = author === undefined ? null : { name: author['author'] ?? null, born, town: author['town'] ?? null }
  return { author: known, position, sentences }
}

function toYear(text: string | null): number | null {
  return text === null ? null : Number(text)
}
