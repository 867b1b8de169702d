import { SCALAR_TYPES, type ImportType, type ScalarType } from '#shared/model/import/tables.ts'
import { badPlan } from '../errors.ts'

/** An {@link ImportType} taken apart. */
export type ColumnType =
  | { readonly kind: 'scalar'; readonly type: ScalarType }
  | { readonly kind: 'vector'; readonly dimension: number }
  | { readonly kind: 'list'; readonly items: ScalarType }
  | { readonly kind: 'struct'; readonly fields: readonly StructField[] }
  | { readonly kind: 'as-is' }

export interface StructField {
  readonly name: string
  readonly type: ColumnType
}

export const MAX_DIMENSION = 65_536

/** Reads the name of a type. Fails with `invalid-input` on what is none. */
export function parseType(text: string): ColumnType {
  const reader = { text, at: 0 }
  const type = readType(reader)
  if (reader.at !== text.length) throw unknownType(text)
  return type
}

interface Reader {
  readonly text: string
  at: number
}

function readType(reader: Reader): ColumnType {
  const word = /^[a-z0-9-]+/.exec(reader.text.slice(reader.at))?.[0] ?? ''
  reader.at += word.length
  if (word === 'as-is') return { kind: 'as-is' }
  if (isScalar(word)) return { kind: 'scalar', type: word }
  if (word === 'vector') {
    const [whole, digits] = /^\[(\d{1,6})\]/.exec(reader.text.slice(reader.at)) ?? []
    const dimension = Number(digits)
    if (whole === undefined || dimension < 1 || dimension > MAX_DIMENSION) throw unknownType(reader.text)
    reader.at += whole.length
    return { kind: 'vector', dimension }
  }
  if (word === 'list') {
    take(reader, '<')
    const items = readType(reader)
    take(reader, '>')
    if (items.kind !== 'scalar') throw unknownType(reader.text)
    return { kind: 'list', items: items.type }
  }
  if (word === 'struct') return readStruct(reader)
  throw unknownType(reader.text)
}

function readStruct(reader: Reader): ColumnType {
  const fields: StructField[] = []
  take(reader, '<')
  for (;;) {
    const [key] = /^\s*"(?:[^"\\]|\\.)*"/.exec(reader.text.slice(reader.at)) ?? []
    if (key === undefined) throw unknownType(reader.text)
    reader.at += key.length
    take(reader, ':')
    fields.push({ name: JSON.parse(key) as string, type: readType(reader) })
    if (reader.text[reader.at] !== ',') break
    reader.at++
  }
  take(reader, '>')
  return { kind: 'struct', fields }
}

function take(reader: Reader, mark: string): void {
  if (reader.text[reader.at] !== mark) throw unknownType(reader.text)
  reader.at++
  while (reader.text[reader.at] === ' ') reader.at++
}

export function formatType(type: ColumnType): ImportType {
  switch (type.kind) {
    case 'as-is':
      return 'as-is'
    case 'scalar':
      return type.type
    case 'vector':
      return `vector[${type.dimension}]`
    case 'list':
      return `list<${type.items}>`
    case 'struct':
      return `struct<${type.fields.map(({ name, type }) => `${JSON.stringify(name)}: ${formatType(type)}`).join(', ')}>`
  }
}

function isScalar(word: string): word is ScalarType {
  return (SCALAR_TYPES as readonly string[]).includes(word)
}

function unknownType(text: string) {
  return badPlan(
    `"${text.slice(0, 200)}" is not a type a column can have.`,
    `Use one of ${SCALAR_TYPES.join(', ')}, vector[768], list<string> or struct<"key": string>.`,
  )
}
