import { formatCount } from '#shared/model/format.ts'
import type { Guess } from '../detect/infer.ts'
import { inferLists } from '../detect/infer.ts'
import { detectTime } from '../detect/times.ts'
import type { ColumnType } from '../columns/types.ts'
import { entriesOf } from './entries.ts'

const INT64 = 2n ** 63n
const MAX_STRUCT_KEYS = 200

type Kind = 'text' | 'whole' | 'float' | 'huge' | 'bool' | 'list' | 'object'

/** The type of a key by the JSON of some of its values; null = it was null or not there. */
export function inferJson(values: readonly (string | null)[]): Guess {
  const present = values.filter((value) => value !== null)
  const nulls = values.length - present.length
  const examples = [...new Set(present)].slice(0, 5).map((value) => value.slice(0, 200))
  const kinds = new Set(present.map(kindOf))
  const others = nulls === 0 ? '' : `; ${formatCount(nulls)} are null or not there`
  const of = `${formatCount(present.length)} of ${formatCount(values.length)} values are`
  if (present.length === 0) {
    return {
      type: scalar('string'),
      evidence: `all ${formatCount(values.length)} values are null`,
      nulls,
      examples,
      problems: [],
    }
  }
  const found = inferKinds(present, kinds)
  return { evidence: `${of} ${found.what}${others}`, nulls, examples, problems: [], ...found }
}

function inferKinds(
  present: readonly string[],
  kinds: ReadonlySet<Kind>,
): Pick<Guess, 'type'> & Partial<Pick<Guess, 'problems'>> & { readonly what: string } {
  const only = (...some: Kind[]): boolean => [...kinds].every((kind) => some.includes(kind))
  if (only('text')) {
    // Strings of digits are strings: whoever wrote JSON had numbers to choose.
    const time = detectTime(present.map((value) => JSON.parse(value) as string))
    return time === undefined || time.dateFormat !== undefined ? { type: scalar('string'), what: 'text' } : time
  }
  if (only('bool')) return { type: scalar('bool'), what: 'true or false' }
  if (only('whole')) return { type: scalar('int64'), what: 'whole numbers' }
  if (only('whole', 'float')) return { type: scalar('float64'), what: 'numbers' }
  if (only('whole', 'huge', 'float')) {
    const message = 'Some whole numbers are beyond int64: they are kept as text. As float64 they would be rounded.'
    return { type: scalar('string'), what: 'numbers, some beyond int64', problems: [{ severity: 'note', message }] }
  }
  if (only('list')) {
    const guess = inferLists(present)
    if (guess !== undefined) return guess
  }
  if (only('object')) return inferObjects(present)
  if (only('text', 'bool', 'whole', 'float', 'huge')) {
    const message = 'Its values are of several kinds: they are kept as text.'
    return {
      type: scalar('string'),
      what: 'texts, numbers or true and false',
      problems: [{ severity: 'note', message }],
    }
  }
  return { type: scalar('json'), what: 'JSON of several kinds' }
}

function inferObjects(present: readonly string[]): Pick<Guess, 'type' | 'problems'> & { readonly what: string } {
  const json = (message: string) => ({
    type: scalar('json'),
    what: 'objects',
    problems: [{ severity: 'note' as const, message }],
  })
  const rows = present.map((value) => {
    const bytes = Buffer.from(value)
    return new Map(entriesOf(bytes, 0, bytes.length))
  })
  const names = [...(rows[0] ?? new Map<string, string>()).keys()]
  const isSame = rows.every((row) => row.size === names.length && names.every((name) => row.has(name)))
  if (!isSame) return json('Its objects have different keys: they are kept as JSON.')
  if (names.length === 0 || names.length > MAX_STRUCT_KEYS) return json('Its objects are kept as JSON.')
  const fields = names.map((name) => {
    const { type } = inferJson(rows.map((row) => nullable(row.get(name))))
    return { name, type }
  })
  return {
    type: { kind: 'struct', fields },
    what: `objects with the same ${formatCount(names.length)} keys`,
    problems: [],
  }
}

/** The JSON of a value, or null for null. */
export function nullable(text: string | undefined): string | null {
  return text === undefined || text === 'null' ? null : text
}

function kindOf(text: string): Kind {
  const [first] = text
  if (first === '"') return 'text'
  if (first === '{') return 'object'
  if (first === '[') return 'list'
  if (first === 't' || first === 'f') return 'bool'
  if (!/^-?\d+$/.test(text)) return 'float'
  if (text.length < 19) return 'whole'
  const value = BigInt(text)
  return value >= -INT64 && value < INT64 ? 'whole' : 'huge'
}

function scalar(type: 'string' | 'int64' | 'float64' | 'bool' | 'json'): ColumnType {
  return { kind: 'scalar', type }
}
