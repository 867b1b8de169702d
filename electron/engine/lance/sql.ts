import type { SchemaField } from '#shared/model/schema.ts'

/** A column name as SQL. Lance reads backticks as identifiers in every position; double quotes are strings in projections. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/**
 * True when LanceDB 0.39 can read the column at all: it mangles names with a backtick while planning
 * (`No field named "a\`b". Valid fields are \`a\`\`b\``), in projections, filters and sorts alike.
 */
export function isAddressable(name: string): boolean {
  return !name.includes('`')
}

/**
 * SQL that turns a column into types that decode everywhere and cost what is shown, or undefined when it needs none.
 * LargeList becomes List, which apache-arrow 18.1 can decode. A dictionary becomes its values: Lance sends the whole
 * dictionary of a fragment with every page, megabytes for a hundred rows when most values differ. A decimal of negative
 * scale gets its zeros written out, since readers of Arrow in JavaScript refuse such scales.
 */
export function castForDecoding(field: SchemaField): string | undefined {
  if (!needsCast(field)) return undefined
  const type = arrowTypeText(field)
  return type === undefined ? undefined : `arrow_cast(${quoteIdentifier(field.name)}, '${type.replaceAll("'", "''")}')`
}

function needsCast(field: SchemaField): boolean {
  return /^(large_list|dict:)|^decimal:\d+:\d+:-/.test(field.logicalType) || field.children.some(needsCast)
}

const LEAVES: Readonly<Record<string, string>> = {
  null: 'Null',
  bool: 'Boolean',
  int8: 'Int8',
  uint8: 'UInt8',
  int16: 'Int16',
  uint16: 'UInt16',
  int32: 'Int32',
  uint32: 'UInt32',
  int64: 'Int64',
  uint64: 'UInt64',
  halffloat: 'Float16',
  float: 'Float32',
  double: 'Float64',
  string: 'Utf8',
  large_string: 'LargeUtf8',
  binary: 'Binary',
  large_binary: 'LargeBinary',
  'date32:day': 'Date32',
  'date64:ms': 'Date64',
  'time32:s': 'Time32(s)',
  'time32:ms': 'Time32(ms)',
  'time64:us': 'Time64(µs)',
  'time64:ns': 'Time64(ns)',
  'duration:s': 'Duration(s)',
  'duration:ms': 'Duration(ms)',
  'duration:us': 'Duration(µs)',
  'duration:ns': 'Duration(ns)',
}

/**
 * The type as DataFusion's `arrow_cast` spells it, LargeList written as List and dictionaries as their values; undefined
 * for types it cannot spell.
 */
function arrowTypeText(field: Pick<SchemaField, 'logicalType' | 'children'>): string | undefined {
  const logical = field.logicalType
  const leaf = LEAVES[logical]
  if (leaf !== undefined) return leaf
  if (/^(large_)?list/.test(logical)) {
    const item = field.children[0] === undefined ? undefined : arrowTypeText(field.children[0])
    return item === undefined ? undefined : `List(${item})`
  }
  if (logical === 'struct') {
    const parts = field.children.map((child) => {
      const type = arrowTypeText(child)
      return type === undefined ? undefined : `"${child.name.replaceAll('"', '""')}": ${type}`
    })
    return parts.includes(undefined) ? undefined : `Struct(${parts.join(', ')})`
  }
  // `dict:{value}:{index}:false`; the value's type may itself hold colons.
  const dictionary = /^dict:(.+):[a-z0-9]+:(?:true|false)$/.exec(logical)
  if (dictionary?.[1] !== undefined) return arrowTypeText({ logicalType: dictionary[1], children: [] })
  const decimal = /^decimal:(128|256):(\d+):(-?\d+)$/.exec(logical)
  if (decimal !== null) return decimalText(Number(decimal[1]), Number(decimal[2]), Number(decimal[3]))
  const timestamp = /^timestamp:(s|ms|us|ns):(.*)$/.exec(logical)
  if (timestamp !== null) {
    const zone = timestamp[2] === '-' || timestamp[2] === '' ? '' : `, "${timestamp[2]}"`
    return `Timestamp(${timestamp[1] === 'us' ? 'µs' : timestamp[1]}${zone})`
  }
  const binary = /^fixed_size_binary:(\d+)$/.exec(logical)
  return binary === null ? undefined : `FixedSizeBinary(${binary[1]})`
}

const MAX_DIGITS_128 = 38
const MAX_DIGITS_256 = 76

/** A negative scale becomes 0 in a type wide enough for the zeros. */
function decimalText(bits: number, precision: number, scale: number): string {
  if (scale >= 0) return `Decimal${bits}(${precision}, ${scale})`
  const digits = Math.min(precision - scale, MAX_DIGITS_256)
  return `Decimal${digits > MAX_DIGITS_128 ? 256 : bits}(${digits}, 0)`
}
