/** What a column holds, as far as showing it is concerned. Derived from the Lance logical type and field metadata. */
export type FieldKind =
  | 'null'
  | 'boolean'
  | 'integer'
  | 'float'
  | 'decimal'
  | 'string'
  | 'binary'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'duration'
  | 'vector'
  | 'list'
  | 'struct'
  | 'map'
  | 'dictionary'
  | 'json'
  | 'blob'
  | 'uuid'
  | 'unknown'

/** One field of a dataset's schema; nested types have children. */
export interface SchemaField {
  /** Lance field id; never reused within a dataset. */
  readonly id: number
  readonly name: string
  /** Readable type for people: `int64`, `fixed_size_list<float>[768]`, `timestamp[us, UTC]`, `struct{3}`. */
  readonly type: string
  /** Lance logical type exactly as the manifest says it: `fixed_size_list:float:768`. */
  readonly logicalType: string
  readonly kind: FieldKind
  readonly nullable: boolean
  readonly metadata: Readonly<Record<string, string>>
  readonly children: readonly SchemaField[]
  /** Number of values per row for vectors and other fixed-size lists. */
  readonly dimension?: number
}
