import { DateUnit, IntervalUnit, Precision, TimeUnit, Type, type DataType } from '@uwdata/flechette'
import { AppError } from '../../errors.ts'
import { childBatch, isNullAt, rawNumber, type ArrowBatch } from './batch.ts'
import { bytesAt, decodeText, fixedBytesAt, formatUuid } from './bytes.ts'
import { formatDecimal } from './decimal.ts'
import type { ArrowColumn } from './decode.ts'
import { bfloat16FromBits, float16FromBits } from './float.ts'
import { NO_MEANING, type FieldMeaning } from './meaning.ts'
import { readFixedList, readList, readMap, readStruct } from './nested.ts'
import { formatDate, formatDateTime, formatTime } from './temporal.ts'
import { NULL_VALUE, type ExactValue, type TimeUnitName } from './value.ts'

/** The value of page row `row` (0-based), with nothing lost. Throws `internal` when the row is outside the page. */
export function exactValue(column: ArrowColumn, row: number): ExactValue {
  const place = column.locate(row)
  if (place === undefined) {
    throw new AppError({ code: 'internal', message: `Row ${row} is outside a page of ${column.rowCount} rows.` })
  }
  return readValue(place.batch, place.index, column.meaning)
}

/** Reads one value of a batch; `meaning` is that of the batch's field. */
function readValue(batch: ArrowBatch, index: number, meaning: FieldMeaning): ExactValue {
  if (isNullAt(batch, index)) return NULL_VALUE
  const { type } = batch
  switch (type.typeId) {
    case Type.NONE:
    case Type.Null:
      return NULL_VALUE
    case Type.Bool:
      return { kind: 'boolean', value: batch.value(index) as boolean }
    case Type.Int:
      return { kind: 'integer', value: rawNumber(batch, index) }
    case Type.Float:
      return readFloat(batch, index, type.precision)
    case Type.Decimal:
      return { kind: 'decimal', text: formatDecimal(BigInt(batch.value(index) as number | bigint), type.scale) }
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return readText(batch, index, meaning)
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
      return { kind: 'binary', bytes: bytesAt(batch, index) }
    case Type.FixedSizeBinary:
      return readFixedBytes(fixedBytesAt(batch, index, type.stride), meaning)
    case Type.Date:
    case Type.Time:
    case Type.Timestamp:
    case Type.Duration:
      return readTemporal(type, BigInt(rawNumber(batch, index)))
    case Type.Interval:
      return readInterval(batch, index, type.unit)
    case Type.FixedSizeList:
      return readFixedList(batch, index, meaning, readValue)
    case Type.List:
    case Type.LargeList:
    case Type.ListView:
    case Type.LargeListView:
      return readList(batch, index, meaning, readValue)
    case Type.Struct:
      return readStruct(batch, index, meaning, readValue)
    case Type.Map:
      return readMap(batch, index, meaning, readValue)
    case Type.Dictionary:
      return readDictionary(batch, index, meaning)
    case Type.RunEndEncoded:
      return readRun(batch, index, meaning)
    case Type.Union:
      return readUnion(batch, index, meaning)
  }
}

function readFloat(batch: ArrowBatch, index: number, precision: number): ExactValue {
  const stored = Number(rawNumber(batch, index))
  if (precision === Precision.HALF) return { kind: 'float', value: float16FromBits(stored), precision: 'float16' }
  return { kind: 'float', value: stored, precision: precision === Precision.SINGLE ? 'float32' : 'float64' }
}

function readText(batch: ArrowBatch, index: number, meaning: FieldMeaning): ExactValue {
  const text = decodeText(bytesAt(batch, index))
  return meaning.special === 'json' ? { kind: 'json', text } : { kind: 'string', value: text }
}

function readFixedBytes(bytes: Uint8Array, meaning: FieldMeaning): ExactValue {
  if (meaning.special === 'uuid' && bytes.length === 16) return { kind: 'uuid', text: formatUuid(bytes) }
  if (meaning.special === 'bfloat16' && bytes.length === 2) {
    return { kind: 'float', value: bfloat16FromBits((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8)), precision: 'bfloat16' }
  }
  return { kind: 'binary', bytes }
}

const UNIT_NAMES: Readonly<Record<(typeof TimeUnit)[keyof typeof TimeUnit], TimeUnitName>> = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'us',
  [TimeUnit.NANOSECOND]: 'ns',
}

type TemporalType = Extract<DataType, { typeId: 8 | 9 | 10 | 18 }>

function readTemporal(type: TemporalType, count: bigint): ExactValue {
  switch (type.typeId) {
    case Type.Date:
      return { kind: 'date', text: type.unit === DateUnit.DAY ? formatDate(Number(count)) : formatDate64(count) }
    case Type.Time:
      return { kind: 'time', text: formatTime(count, UNIT_NAMES[type.unit]) }
    case Type.Duration:
      return { kind: 'duration', count, unit: UNIT_NAMES[type.unit] }
    case Type.Timestamp: {
      const unit = UNIT_NAMES[type.unit]
      const zone = type.timezone === null || type.timezone === '' ? null : type.timezone
      const text = `${formatDateTime(count, unit)}${zone === null ? '' : 'Z'}`
      return { kind: 'timestamp', text, epoch: count, unit, zone }
    }
  }
}

/** Arrow asks for whole days here; writers do not always obey, and then the time must not vanish. */
function formatDate64(milliseconds: bigint): string {
  const text = formatDateTime(milliseconds, 'ms')
  return text.endsWith('T00:00:00') ? text.slice(0, -'T00:00:00'.length) : text
}

function readInterval(batch: ArrowBatch, index: number, unit: number): ExactValue {
  if (unit === IntervalUnit.YEAR_MONTH) {
    return { kind: 'interval', months: Number(rawNumber(batch, index)), days: 0, nanoseconds: 0n }
  }
  const values = batch.values
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength)
  if (unit === IntervalUnit.DAY_TIME) {
    const milliseconds = view.getInt32(index * 8 + 4, true)
    return {
      kind: 'interval',
      months: 0,
      days: view.getInt32(index * 8, true),
      nanoseconds: BigInt(milliseconds) * 1_000_000n,
    }
  }
  return {
    kind: 'interval',
    months: view.getInt32(index * 16, true),
    days: view.getInt32(index * 16 + 4, true),
    nanoseconds: view.getBigInt64(index * 16 + 8, true),
  }
}

function readDictionary(batch: ArrowBatch, index: number, meaning: FieldMeaning): ExactValue {
  const { dictionary } = batch as ArrowBatch & { readonly dictionary?: { readonly data: readonly ArrowBatch[] } }
  let key = Number(rawNumber(batch, index))
  for (const part of dictionary?.data ?? []) {
    if (key < part.length) return readValue(part, key, meaning)
    key -= part.length
  }
  throw new AppError({ code: 'corrupt-data', message: 'A dictionary column refers to a value its dictionary lacks.' })
}

function readRun(batch: ArrowBatch, index: number, meaning: FieldMeaning): ExactValue {
  const ends = childBatch(batch, 0)
  let run = 0
  while (run < ends.length - 1 && Number(rawNumber(ends, run)) <= index) run++
  return readValue(childBatch(batch, 1), run, meaning.children[1] ?? NO_MEANING)
}

function readUnion(batch: ArrowBatch, index: number, meaning: FieldMeaning): ExactValue {
  const union = batch as ArrowBatch & {
    readonly typeIds: Int8Array
    readonly typeMap: Readonly<Record<number, number>>
  }
  const child = union.typeMap[union.typeIds[index] ?? 0] ?? 0
  const offsets = union.offsets as Int32Array | null | undefined
  return readValue(childBatch(batch, child), offsets?.[index] ?? index, meaning.children[child] ?? NO_MEANING)
}
