import { loadArrow } from './module.ts'

/** One value as bytes: null = the cell is null; undefined = no such row. */
export interface DecodedBytes {
  readonly bytes: Uint8Array | null
  readonly isText: boolean
}

/** Bytes of the first column's only value: binaries as they are, texts as UTF-8. Undefined when its type holds no bytes. */
export function decodeBytes(file: Uint8Array): DecodedBytes | undefined {
  const arrow = loadArrow()
  const vector = arrow.tableFromIPC(file).getChildAt(0)
  if (vector === null || vector.length === 0) return undefined
  const value: unknown = vector.get(0)
  if (value === null) return { bytes: null, isText: false }
  if (value instanceof Uint8Array) return { bytes: value, isText: false }
  if (typeof value === 'string') return { bytes: new TextEncoder().encode(value), isText: true }
  return undefined
}

/**
 * Values of the first column with its type's facts, for building SQL literals: strings, booleans, exact integers, and
 * dates and times as a count of `unit` since the epoch.
 */
export function* decodeValues(file: Uint8Array): Generator<DecodedValue> {
  const arrow = loadArrow()
  const vector = arrow.tableFromIPC(file).getChildAt(0)
  if (vector === null) return
  const { DataType } = arrow
  const type: unknown = DataType.isDictionary(vector.type) ? vector.type.dictionary : vector.type
  for (const data of vector.data) {
    for (let index = 0; index < data.length; index++) {
      if (!data.getValid(index)) continue
      if (DataType.isDate(type)) yield { kind: 'date', epoch: exact(data.values, index), perDay: isDay(data.values) }
      else if (DataType.isTimestamp(type))
        yield { kind: 'timestamp', epoch: exact(data.values, index), unit: type.unit }
      else {
        const value: unknown = new arrow.Vector([data]).get(index)
        if (typeof value === 'string') yield { kind: 'string', value }
        else if (typeof value === 'boolean') yield { kind: 'boolean', value }
        else if (typeof value === 'bigint' || Number.isInteger(value)) yield { kind: 'integer', value: String(value) }
      }
    }
  }
}

export type DecodedValue =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly value: string }
  /** Days since 1970 when `perDay`, else milliseconds. */
  | { readonly kind: 'date'; readonly epoch: bigint; readonly perDay: boolean }
  /** `unit` as Arrow numbers it: 0 s, 1 ms, 2 us, 3 ns. */
  | { readonly kind: 'timestamp'; readonly epoch: bigint; readonly unit: number }

/** The stored number itself; `get` would turn it into a float of milliseconds. */
function exact(values: unknown, index: number): bigint {
  return BigInt((values as ArrayLike<number | bigint>)[index] ?? 0)
}

function isDay(values: unknown): boolean {
  return values instanceof Int32Array
}

/** Descriptor of a legacy blob with the row's address, from a file with the column first and `_rowaddr` second. */
export function decodeDescriptor(
  file: Uint8Array,
): { readonly position: number; readonly size: number; readonly rowAddress: bigint } | null {
  const table = loadArrow().tableFromIPC(file)
  const value: unknown = table.getChildAt(0)?.get(0)
  const rowAddress: unknown = table.getChildAt(1)?.get(0)
  if (value === null || value === undefined || typeof rowAddress !== 'bigint') return null
  const { position, size } = value as { position: unknown; size: unknown }
  return { position: Number(position), size: Number(size), rowAddress }
}
