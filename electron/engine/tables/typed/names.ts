import { Type, type DataType } from '@uwdata/flechette'

const TIME_UNITS = ['s', 'ms', 'us', 'ns']

interface Parts {
  readonly children?: readonly { readonly name: string; readonly type: DataType }[]
  readonly bitWidth?: number
  readonly signed?: boolean
  readonly precision?: number
  readonly scale?: number
  readonly unit?: number
  readonly timezone?: string | null
  readonly stride?: number
  readonly dictionary?: DataType
}

/** An Arrow type in a few letters, such as `decimal128(10, 2)` or `struct{3}`. */
export function arrowTypeName(type: DataType): string {
  const { children = [], bitWidth = 64, signed = true, precision = 0, scale = 0, unit = 0, ...rest } = type as Parts
  const item = (): string => (children[0] === undefined ? 'null' : arrowTypeName(children[0].type))
  switch (type.typeId) {
    case Type.Null:
      return 'null'
    case Type.Bool:
      return 'bool'
    case Type.Int:
      return `${signed ? '' : 'u'}int${bitWidth}`
    case Type.Float:
      return ['float16', 'float32', 'float64'][precision] ?? 'float'
    case Type.Utf8:
      return 'string'
    case Type.LargeUtf8:
      return 'large string'
    case Type.Utf8View:
      return 'string view'
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
      return 'binary'
    case Type.FixedSizeBinary:
      return `binary[${rest.stride ?? 0}]`
    case Type.Date:
      return unit === 0 ? 'date32' : 'date64'
    case Type.Time:
      return `time${bitWidth}(${TIME_UNITS[unit] ?? ''})`
    case Type.Timestamp:
      return `timestamp(${[TIME_UNITS[unit], rest.timezone].filter(Boolean).join(', ')})`
    case Type.Duration:
      return `duration(${TIME_UNITS[unit] ?? ''})`
    case Type.Decimal:
      return `decimal${bitWidth}(${precision}, ${scale})`
    case Type.List:
    case Type.LargeList:
    case Type.ListView:
    case Type.LargeListView:
      return `list<${item()}>`
    case Type.FixedSizeList:
      return `${item()}[${rest.stride ?? 0}]`
    case Type.Struct:
      return `struct{${children.length}}`
    case Type.Map:
      return 'map'
    case Type.Dictionary:
      return `dictionary<${rest.dictionary === undefined ? '' : arrowTypeName(rest.dictionary)}>`
    default:
      return 'unknown'
  }
}
