import {
  binary,
  bool,
  columnFromArray,
  dateDay,
  Endianness,
  field as arrowField,
  fixedSizeList,
  float,
  int,
  largeBinary,
  largeUtf8,
  list,
  Precision,
  struct,
  Table,
  tableToIPC,
  timestamp,
  TimeUnit as ArrowUnit,
  utf8,
  Version,
  type DataType,
} from '@uwdata/flechette'
import type { RecordField, RecordType, TimeUnit } from './record-type.ts'

const UNITS = { s: ArrowUnit.SECOND, ms: ArrowUnit.MILLISECOND, us: ArrowUnit.MICROSECOND, ns: ArrowUnit.NANOSECOND }
const PRECISIONS = { 16: Precision.HALF, 32: Precision.SINGLE, 64: Precision.DOUBLE }

/** Fitted records as an Arrow IPC file. Columns JSON has nothing for are left out: Lance fills them with nulls. */
export function toArrowFile(fields: readonly RecordField[], rows: readonly (readonly unknown[])[]): Uint8Array {
  const times = new Times()
  const columns = fields.flatMap(({ name, type, nullable }, at) => {
    if (type.kind === 'unwritable') return []
    const values = rows.map((row) => row[at])
    const column = columnFromArray(values, toArrowType(type, times))
    return [{ column, field: arrowField(name, column.type, nullable, type.kind === 'json' ? JSON_METADATA : null) }]
  })
  times.setUnits()
  const schema = {
    version: Version.V5,
    endianness: Endianness.Little,
    fields: columns.map(({ field }) => field),
    metadata: null,
  }
  const table = new Table(
    schema,
    columns.map(({ column }) => column),
  )
  const bytes = tableToIPC(table, { format: 'file' })
  if (bytes === null) throw new Error('no bytes were made')
  return bytes
}

const JSON_METADATA = new Map([['ARROW:extension:name', 'arrow.json']])

/**
 * Builders turn times from doubles of milliseconds into a column's unit. Ours are exact integers of that unit already, so
 * columns are built as milliseconds, which are taken as they are, and get their unit afterwards.
 */
class Times {
  readonly #types: { readonly type: { unit: number }; readonly unit: TimeUnit }[] = []

  add(unit: TimeUnit, zone: string | null): DataType {
    const type = timestamp(ArrowUnit.MILLISECOND, zone)
    this.#types.push({ type, unit })
    return type
  }

  setUnits(): void {
    for (const { type, unit } of this.#types) type.unit = UNITS[unit]
  }
}

function toArrowType(type: RecordType, times: Times): DataType {
  switch (type.kind) {
    case 'bool':
      return bool()
    case 'int':
      return int(type.bits, type.signed)
    case 'float':
      return float(PRECISIONS[type.bits])
    case 'string':
      return type.isLarge ? largeUtf8() : utf8()
    case 'json':
      return utf8()
    case 'binary':
      return type.isLarge ? largeBinary() : binary()
    case 'date':
      return dateDay()
    case 'timestamp':
      return times.add(type.unit, type.zone)
    case 'vector':
      return fixedSizeList(arrowField('item', float(PRECISIONS[type.bits]), true), type.dimension)
    case 'list':
      return list(arrowField(type.item.name, toArrowType(type.item.type, times), type.item.nullable))
    case 'struct':
      return struct(type.fields.map((it) => arrowField(it.name, toArrowType(it.type, times), it.nullable)))
    case 'unwritable':
      throw new Error(`no Arrow type for ${type.type}`)
  }
}
