import { Type, type DataType } from '@uwdata/flechette'

/** How flechette is to decode so that {@link textOf} says values exactly. */
export const EXACT = { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true } as const

const UNITS_A_SECOND = [1n, 1_000n, 1_000_000n, 1_000_000_000n]

interface Parts {
  readonly children?: readonly { readonly name: string; readonly type: DataType }[]
  readonly scale?: number
  readonly unit?: number
  readonly dictionary?: DataType
}

type Scalar = string | number | bigint | boolean

function scalarText(value: Scalar): string {
  return String(value)
}

/** A decoded value as text that the column builders read back: ISO times, exact numbers, JSON of what is nested. */
export function textOf(value: unknown, type: DataType): string | undefined {
  if (value === null || value === undefined) return undefined
  const { scale = 0, unit = 0, dictionary } = type as Parts
  switch (type.typeId) {
    case Type.Timestamp:
      return timeText(BigInt(value as bigint), UNITS_A_SECOND[unit] ?? 1n)
    case Type.Date:
      return new Date(Number(value)).toISOString().replace(/T00:00:00\.000Z$/, '')
    case Type.Decimal:
      return decimalText(BigInt(value as number | bigint), scale)
    case Type.Dictionary:
      return dictionary === undefined ? scalarText(value as Scalar) : textOf(value, dictionary)
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
    case Type.ListView:
    case Type.LargeListView:
    case Type.Struct:
    case Type.Map:
      return jsonText(value, type)
    default:
      if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
      return scalarText(value as Scalar)
  }
}

function timeText(value: bigint, unitsASecond: bigint): string {
  const seconds = value / unitsASecond - (value % unitsASecond < 0n ? 1n : 0n)
  const rest = value - seconds * unitsASecond
  const date = new Date(Number(seconds) * 1000)
  if (Number.isNaN(date.getTime())) return String(value)
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(String(unitsASecond).length - 1, '0')}`
  return date.toISOString().replace(/\.000Z$/, fraction)
}

function decimalText(value: bigint, scale: number): string {
  if (scale <= 0) return String(value * 10n ** BigInt(-scale))
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

function jsonText(value: unknown, type: DataType): string {
  if (value === null || value === undefined) return 'null'
  const { children = [] } = type as Parts
  if (type.typeId === Type.Struct) {
    const record = value as Readonly<Record<string, unknown>>
    return `{${children.map(({ name, type }) => `${JSON.stringify(name)}:${jsonText(record[name], type)}`).join(',')}}`
  }
  const [item] = children
  if (type.typeId === Type.Map)
    return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
  if (item !== undefined)
    return `[${Array.from(value as Iterable<unknown>, (part) => jsonText(part, item.type)).join(',')}]`
  if (type.typeId === Type.Int || type.typeId === Type.Decimal) return textOf(value, type) ?? 'null'
  if (type.typeId === Type.Float) return Number.isFinite(value) ? scalarText(value as Scalar) : 'null'
  if (type.typeId === Type.Bool) return scalarText(value as Scalar)
  return JSON.stringify(textOf(value, type) ?? null)
}
