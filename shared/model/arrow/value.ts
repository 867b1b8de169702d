/**
 * One value, exactly as stored: nothing is rounded, and null, NaN, empty and absent stay apart.
 * Lists, structs and maps are read item by item, so that a long list costs nothing until its items are asked for.
 */
export type ExactValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `bits` of the stored type; 64-bit integers are always bigint, smaller ones always number. */
  | { readonly kind: 'integer'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number; readonly precision: FloatPrecision }
  /** Scale applied, every digit kept: `-12345.000`. */
  | { readonly kind: 'decimal'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  /** JSON as text, so that large numbers inside survive; may be invalid JSON, for Lance does not check. */
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'uuid'; readonly text: string }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array }
  /** ISO 8601 date, or date and time when a date64 is not a whole day. */
  | { readonly kind: 'date'; readonly text: string }
  /** Time of day, `03:04:05.123456789`. */
  | { readonly kind: 'time'; readonly text: string }
  | TimestampValue
  | { readonly kind: 'duration'; readonly count: bigint; readonly unit: TimeUnitName }
  | { readonly kind: 'interval'; readonly months: number; readonly days: number; readonly nanoseconds: bigint }
  | VectorValue
  | ListValue
  | StructValue
  | MapValue
  | BlobValue

export type FloatPrecision = 'float16' | 'bfloat16' | 'float32' | 'float64'
export type TimeUnitName = 's' | 'ms' | 'us' | 'ns'

export interface TimestampValue {
  readonly kind: 'timestamp'
  /** RFC 3339 with every stored digit; ends in `Z` exactly when the type has a time zone. */
  readonly text: string
  /** Units since 1970-01-01T00:00:00 (UTC when there is a zone, local otherwise). */
  readonly epoch: bigint
  readonly unit: TimeUnitName
  /** Zone name of the type, such as `Europe/Berlin`; null for wall-clock timestamps. */
  readonly zone: string | null
}

/** A fixed-size list of numbers without nulls; `values` shares memory with the page where the type allows it. */
export interface VectorValue {
  readonly kind: 'vector'
  readonly values: ArrayLike<number>
  /** Arrow name of the element type: `float32`, `uint8`… */
  readonly element: string
  readonly precision: FloatPrecision | null
}

export interface ListValue {
  readonly kind: 'list'
  readonly length: number
  /** 0-based; null values and positions outside the list give `{kind: 'null'}`. */
  item(index: number): ExactValue
}

export interface StructValue {
  readonly kind: 'struct'
  readonly names: readonly string[]
  /** By position in `names`; names may repeat in Arrow. */
  field(index: number): ExactValue
}

export interface MapValue {
  readonly kind: 'map'
  readonly length: number
  key(index: number): ExactValue
  value(index: number): ExactValue
}

/** What Lance returns instead of a blob's bytes. The bytes are read apart, by row. */
export interface BlobValue {
  readonly kind: 'blob'
  /** Where the bytes lie; `legacy` is the older blob encoding (`lance-encoding:blob`). */
  readonly storage: 'inline' | 'packed' | 'dedicated' | 'external' | 'legacy' | 'unknown'
  /** Bytes. */
  readonly size: bigint
  readonly uri: string | null
  /** The descriptor as stored, for evidence. */
  readonly descriptor: StructValue
}

export const NULL_VALUE: ExactValue = { kind: 'null' }
