import type { DataType, Field, Schema } from 'apache-arrow'
import type { ColumnMatch } from '#shared/model/import/preview.ts'
import { JSON_EXTENSION } from './build-rows.ts'
import { castFor, isSameType, textOfType } from './cast-data.ts'
import { loadArrow } from './module.ts'

/** Columns rows have, or are to have. Opaque outside of this folder but for what stands here. */
export interface RowsSchema {
  readonly columns: readonly RowsColumn[]
  /** For this folder. */
  readonly arrow: Schema
}

export interface RowsColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly isBlob: boolean
  /** Numbers of a vector of floats; absent for other columns. */
  readonly dimension?: number
}

/** The schema of an Arrow IPC file. */
export function schemaOfFile(file: Uint8Array): RowsSchema {
  return toRowsSchema(loadArrow().tableFromIPC(file).schema)
}

/** The columns a batch has. */
export function schemaOfBatch({ schema }: { readonly schema: Schema }): RowsSchema {
  return toRowsSchema(schema)
}

/** The schema of a dataset as rows have to come to it. */
export function schemaOfDataset(schemaFile: Uint8Array): RowsSchema {
  const { schema } = loadArrow().tableFromIPC(schemaFile)
  const { DataType: is, Field: ArrowField, Schema: ArrowSchema, Utf8 } = loadArrow()
  // Lance keeps JSON as binary of its own and takes and gives texts.
  const fields = schema.fields.map((field) => {
    if (extensionOf(field) === 'lance.json') {
      return new ArrowField(field.name, new Utf8(), field.nullable, new Map(Object.entries(JSON_EXTENSION)))
    }
    // Values are given as they are: it finds their codes by itself.
    if (!is.isDictionary(field.type)) return field
    return new ArrowField(field.name, field.type.dictionary as DataType, field.nullable, field.metadata)
  })
  return toRowsSchema(new ArrowSchema(fields, schema.metadata))
}

/** The schema as an Arrow IPC file without rows. */
export function toSchemaFile({ arrow }: RowsSchema): Buffer {
  const { Table, tableToIPC } = loadArrow()
  const bytes = tableToIPC(new Table(arrow), 'file')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/**
 * The schema of a new dataset for such rows: every column may be null, since a later file may leave it out, and
 * dictionaries become their values. `json`: columns of texts that are JSON.
 */
export function schemaForNew({ arrow }: RowsSchema, json: ReadonlySet<string> = new Set()): RowsSchema {
  const { Field: ArrowField, Schema: ArrowSchema, DataType: is } = loadArrow()
  const fields = arrow.fields.map((field) => {
    const type: DataType = is.isDictionary(field.type) ? field.type.dictionary : field.type
    const isJson = json.has(field.name) && is.isUtf8(type)
    const metadata = isJson ? new Map([...field.metadata, ...Object.entries(JSON_EXTENSION)]) : field.metadata
    return new ArrowField(field.name, type, true, metadata)
  })
  return toRowsSchema(new ArrowSchema(fields))
}

export interface VectorColumn {
  readonly name: string
  readonly dimension: number
  readonly metadata: Readonly<Record<string, string>>
}

export function vectorField({ name, dimension, metadata }: VectorColumn): Field {
  const { Field: ArrowField, FixedSizeList, Float32 } = loadArrow()
  const type = new FixedSizeList(dimension, new ArrowField('item', new Float32(), true))
  return new ArrowField(name, type, true, new Map(Object.entries(metadata)))
}

/** The same columns with a vector column at their end, in place of one of its name. */
export function withVectorColumn({ arrow }: RowsSchema, vector: VectorColumn): RowsSchema {
  const { Schema: ArrowSchema } = loadArrow()
  const others = arrow.fields.filter(({ name }) => name !== vector.name)
  return toRowsSchema(new ArrowSchema([...others, vectorField(vector)]))
}

/**
 * The columns of several sources as one dataset has them: each in the type that holds the values of all. The columns that
 * have no such type are named in `clashes`, with the types they have.
 */
export function unionSchemas(schemas: readonly RowsSchema[]): {
  readonly schema: RowsSchema
  readonly clashes: readonly { readonly column: string; readonly types: readonly [string, string] }[]
} {
  const fields = new Map<string, Field>()
  const clashes: { readonly column: string; readonly types: readonly [string, string] }[] = []
  for (const field of schemas.flatMap(({ arrow }) => arrow.fields)) {
    const known = fields.get(field.name)
    if (known === undefined || castFor(known.type, field.type) !== undefined) fields.set(field.name, field)
    else if (castFor(field.type, known.type) === undefined) {
      clashes.push({ column: field.name, types: [typeName(known), typeName(field)] })
    }
  }
  const { Schema: ArrowSchema } = loadArrow()
  return { schema: toRowsSchema(new ArrowSchema([...fields.values()])), clashes }
}

/** How columns of rows meet those of a dataset; the dataset's columns first. `mapping`: dataset's name to rows' name. */
export function matchColumns(
  rows: RowsSchema,
  target: RowsSchema,
  mapping: Readonly<Record<string, string | null>> = {},
): readonly ColumnMatch[] {
  const sources = new Map(rows.arrow.fields.map((field) => [field.name, field]))
  const used = new Set<string>()
  const matches = target.arrow.fields.map((field): ColumnMatch => {
    const wanted = Object.hasOwn(mapping, field.name) ? (mapping[field.name] ?? null) : field.name
    const source = wanted === null ? undefined : sources.get(wanted)
    const to = { target: field.name, targetType: typeName(field) }
    if (source === undefined) {
      if (wanted !== null && Object.hasOwn(mapping, field.name)) {
        const problem = `The rows have no column "${wanted}".`
        return { ...to, source: wanted, sourceType: null, state: 'conflict', problem }
      }
      if (field.nullable) return { ...to, source: null, sourceType: null, state: 'null' }
      const problem = `"${field.name}" may not be null, and the rows have nothing for it.`
      return { ...to, source: null, sourceType: null, state: 'missing', problem }
    }
    used.add(source.name)
    return { ...to, source: source.name, sourceType: typeName(source), ...fitOf(source, field) }
  })
  const extra = rows.arrow.fields
    .filter(({ name }) => !used.has(name))
    .map((field): ColumnMatch => {
      const problem = `The dataset has no column for "${field.name}".`
      const from = { source: field.name, sourceType: typeName(field) }
      return { target: null, targetType: null, ...from, state: 'extra', problem }
    })
  return [...matches, ...extra]
}

function fitOf(source: Field, target: Field): Pick<ColumnMatch, 'state' | 'problem'> {
  const conflict = (problem: string): Pick<ColumnMatch, 'state' | 'problem'> => ({ state: 'conflict', problem })
  const [have, want] = [dimensionOf(source.type), dimensionOf(target.type)]
  if (want !== undefined && have !== undefined && want !== have) {
    return conflict(`Vectors of ${have} numbers do not go into "${target.name}", whose vectors have ${want}.`)
  }
  if (isBlobField(source) !== isBlobField(target)) {
    return conflict(`"${target.name}" is ${isBlobField(target) ? '' : 'not '}a column of blobs.`)
  }
  if (isSameType(source.type, target.type)) return { state: 'same' }
  if (castFor(source.type, target.type) !== undefined) return { state: 'cast' }
  return conflict(`${typeName(source)} cannot become ${typeName(target)} without loss.`)
}

function toRowsSchema(schema: Schema): RowsSchema {
  return {
    arrow: schema,
    columns: schema.fields.map((field) => {
      const dimension = dimensionOf(field.type)
      return {
        name: field.name,
        type: typeName(field),
        nullable: field.nullable,
        isBlob: isBlobField(field),
        ...(dimension === undefined ? {} : { dimension }),
      }
    }),
  }
}

export function isBlobField(field: Field): boolean {
  return extensionOf(field) === 'lance.blob.v2'
}

function extensionOf(field: Field): string | undefined {
  return field.metadata.get('ARROW:extension:name')
}

function dimensionOf(type: DataType): number | undefined {
  return loadArrow().DataType.isFixedSizeList(type) ? type.listSize : undefined
}

/** A type in the words of the app: `int64`, `vector[768]`, `list<string>`. */
function typeName(field: Field): string {
  const extension = extensionOf(field)
  if (extension === 'lance.blob.v2') return 'blob'
  if (extension === 'arrow.json' || extension === 'lance.json') return 'json'
  return nameOfType(field.type)
}

function nameOfType(type: DataType): string {
  const { DataType: is } = loadArrow()
  const item = (): string => nameOfType((type.children[0] as Field).type)
  if (is.isUtf8(type) || is.isLargeUtf8(type)) return is.isUtf8(type) ? 'string' : 'large_string'
  if (is.isFixedSizeList(type)) {
    const inner = item()
    return inner === 'float32' ? `vector[${type.listSize}]` : `vector[${type.listSize}] of ${inner}`
  }
  if (is.isList(type)) return `list<${item()}>`
  if (is.isStruct(type)) return `struct{${type.children.length}}`
  if (is.isDictionary(type)) return `dictionary<${nameOfType(type.dictionary)}>`
  return textOfType(type).toLowerCase()
}
