import type { ImportProblem } from './source.ts'

/** Scalar types a text value can be read as. Parquet, Arrow and Lance sources keep the types they have. */
export const SCALAR_TYPES = [
  'bool',
  'int32',
  'int64',
  'float32',
  'float64',
  'string',
  'date',
  'timestamp',
  'binary',
  'json',
] as const
export type ScalarType = (typeof SCALAR_TYPES)[number]

/**
 * Type of a column to write: a scalar, `vector[768]` of float32, a list of scalars, an object of known keys such as
 * `struct<"city": string, "zip": int64>` (keys as JSON strings, types as here), or `as-is` for typed sources.
 */
export type ImportType = ScalarType | `vector[${number}]` | `list<${ScalarType}>` | `struct<${string}>` | 'as-is'

/** What is done with a value or row that cannot be read. `reject`: the row goes to the reject file. */
export type BadRowPolicy = 'stop' | 'reject' | 'null'

/** What the person decided of one column of the source. */
export interface ColumnPlan {
  /** Name in the source; of nested JSON the path, dot-separated. */
  readonly source: string
  /** Name in the dataset; absent = as in the source. */
  readonly name?: string | undefined
  readonly type: ImportType
  readonly skip?: boolean | undefined
  /** Values that mean null beside the empty one; absent = those of the import. */
  readonly nullTokens?: readonly string[] | undefined
  /** Of dates and timestamps: `iso`, `epoch-s`, `epoch-ms`, or a pattern such as `dd.MM.yyyy HH:mm`. */
  readonly dateFormat?: string | undefined
}

export type ShortRows = 'null' | 'bad'

/** How tables are read. Everything absent is detected, by file. */
export interface TableReading {
  /** `,` `;` `\t` `|` or any one character. */
  readonly delimiter?: string | undefined
  /** One character; '' = quotes are characters like any other. */
  readonly quote?: string | undefined
  /** One character: lines that begin with it are left out; '' = none are. */
  readonly comment?: string | undefined
  /** What rows with too few values are: filled with null, or bad. Absent = filled, unless many have one value only. */
  readonly shortRows?: ShortRows | undefined
  readonly hasHeader?: boolean | undefined
  /** WHATWG name, such as `utf-8`, `windows-1252`, `utf-16le`. */
  readonly encoding?: string | undefined
  /** Lines before the header. */
  readonly skipLines?: number | undefined
  /** Of workbooks: name of the sheet; absent = the first one that is not empty. */
  readonly sheet?: string | undefined
  /** Of JSON: dot-separated path of the array of records; absent = the first one found. */
  readonly records?: string | undefined
}

export const DEFAULT_NULL_TOKENS: readonly string[] = ['', 'NULL', 'null', 'NA', 'N/A', 'NaN', 'None', '\\N']

/** A column as detection found it. */
export interface DetectedColumn {
  readonly source: string
  readonly type: ImportType
  /** How it looks in its source or in Arrow: `string`, `decimal128(10, 2)`, `struct{3}`. */
  readonly sourceType: string
  /** In plain words: `998 of 1,000 values are whole numbers; 2 are "n/a"`. */
  readonly evidence: string
  readonly nulls: number
  /** A few values, as they stand. */
  readonly examples: readonly string[]
  readonly dateFormat?: string
  /** Words that seem to mean null in this column beside those of the import; to be put into its plan. */
  readonly nullTokens?: readonly string[]
  readonly problems: readonly ImportProblem[]
}

/** A row that could not be read as planned. */
export interface BadRow {
  /** As in `SourceItem.name`. */
  readonly file: string
  /** 1-based line or record of the file. */
  readonly line: number
  readonly column?: string
  readonly reason: string
  /** The line or value, at most 1,000 characters. */
  readonly text: string
}
