import { ENUMS, MESSAGES } from './messages.ts'

/** Types of one value, as {@link MESSAGES} names them. */
export const SCALARS = [
  'u32',
  'u64',
  'i32',
  'i64',
  'bool',
  'f32',
  'f64',
  'text',
  'bytes',
  'u16le',
  'u32le',
  'u64le',
  'uuid',
  'roaring',
  'timestamp',
  'any',
] as const
export type Scalar = (typeof SCALARS)[number]

export type ValueType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'enum'; readonly names: readonly string[] }
  | { readonly kind: 'message'; readonly fields: ReadonlyMap<number, FieldSpec>; readonly name: string }

/** One field of a message. */
export interface FieldSpec {
  readonly name: string
  readonly isRepeated: boolean
  /** True for fields whose 0 says something: shown although the writer leaves a 0 out. */
  readonly isAlwaysShown: boolean
  /** Set for maps, whose values `type` describes. */
  readonly key?: Scalar
  readonly type: () => ValueType
}

const parsed = new Map<string, ReadonlyMap<number, FieldSpec>>()

/** The fields of a message by number; undefined for a name {@link MESSAGES} does not have. */
export function fieldsOf(message: string): ReadonlyMap<number, FieldSpec> | undefined {
  const known = parsed.get(message)
  if (known !== undefined) return known
  const source = Object.hasOwn(MESSAGES, message) ? MESSAGES[message] : undefined
  if (source === undefined) return undefined
  const fields = new Map(Object.entries(source).map(([number, text]) => [Number(number), parseField(text)]))
  parsed.set(message, fields)
  return fields
}

/** `name: type`, `name: type[]` or `name: map<key, type>`; `name!` is shown even when absent. */
function parseField(text: string): FieldSpec {
  const colon = text.indexOf(': ')
  const isAlwaysShown = text[colon - 1] === '!'
  const name = text.slice(0, isAlwaysShown ? colon - 1 : colon)
  const type = text.slice(colon + 2)
  const map = /^map<(\w+), (\w+)>$/.exec(type)
  if (map?.[1] !== undefined && map[2] !== undefined) {
    const value = map[2]
    return { name, isRepeated: true, isAlwaysShown, key: map[1] as Scalar, type: () => resolve(value) }
  }
  const isRepeated = type.endsWith('[]')
  const single = isRepeated ? type.slice(0, -2) : type
  return { name, isRepeated, isAlwaysShown, type: () => resolve(single) }
}

function resolve(type: string): ValueType {
  const names = ENUMS[type]
  if (names !== undefined) return { kind: 'enum', names }
  const fields = fieldsOf(type)
  if (fields !== undefined) return { kind: 'message', fields, name: type }
  return { kind: 'scalar', scalar: type as Scalar }
}
