import { formatCount } from '#shared/model/format.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import { formatType, MAX_DIMENSION, type ColumnType } from '../columns/types.ts'
import { detectTime } from './times.ts'

/** What a column seems to be. */
export interface Guess {
  readonly type: ColumnType
  readonly evidence: string
  readonly nulls: number
  readonly examples: readonly string[]
  readonly dateFormat?: string
  readonly nullTokens?: readonly string[]
  readonly problems: readonly ImportProblem[]
}

/** Words people write where there is no value. */
const NULL_WORDS = new Set([
  'n/a',
  'na',
  '#n/a',
  'nan',
  'none',
  'null',
  'nil',
  '-',
  '--',
  '?',
  'unknown',
  'missing',
  '.',
  '(null)',
  '(empty)',
  '\\n',
  'undefined',
  'n.a.',
])
/** Share of values that may be such words in a column that is otherwise of one type. */
const MAX_NULL_WORDS = 0.2
const INT64 = 2n ** 63n
/** Whole numbers a vector of float32 holds exactly. */
const MAX_FLOAT32_WHOLE = 2 ** 24

const DIGITS = /^[+-]?\d+$/
const LEADING_ZERO = /^[+-]?0\d/
const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?inf(inity)?$/i
const BOOL = /^(true|false|yes|no|t|f|y|n)$/i

type Kind = 'whole' | 'float' | 'zeros' | 'huge' | 'bool' | 'list' | 'object' | 'text'

function kindOf(text: string): Kind {
  if (DIGITS.test(text)) {
    if (LEADING_ZERO.test(text)) return 'zeros'
    if (text.length < 19) return 'whole'
    const value = BigInt(text.replace('+', ''))
    return value >= -INT64 && value < INT64 ? 'whole' : 'huge'
  }
  if (FLOAT.test(text)) return /^[+-]?0\d/.test(text) ? 'text' : 'float'
  if (BOOL.test(text)) return 'bool'
  if (text.startsWith('[')) return 'list'
  if (text.startsWith('{')) return 'object'
  return 'text'
}

/** The type of a column of text by some of its values; null stands for one that is not there. */
export function inferText(name: string, values: readonly (string | null)[], nullTokens: readonly string[]): Guess {
  const tokens = new Set(nullTokens)
  const present = values.flatMap((value) =>
    value === null || tokens.has(value) || tokens.has(value.trim()) ? [] : [value],
  )
  const nulls = values.length - present.length
  const examples = examplesOf(present)
  const base = { nulls, examples, problems: [] as ImportProblem[] }
  if (present.length === 0) {
    const evidence =
      values.length === 0 ? 'there are no rows to look at' : `all ${formatCount(values.length)} values mean null`
    return { ...base, type: scalar('string'), evidence }
  }
  const trimmed = present.map((value) => value.trim())
  const words = trimmed.filter((value) => NULL_WORDS.has(value.toLowerCase()))
  const isTyped = words.length > 0 && words.length <= trimmed.length * MAX_NULL_WORDS && new Set(words).size <= 5
  const told = isTyped ? trimmed.filter((value) => !NULL_WORDS.has(value.toLowerCase())) : trimmed
  const guess = told.length === 0 ? undefined : inferTyped(name, told)
  const of = `of ${formatCount(present.length)} values`
  const others = nulls === 0 ? '' : `; ${formatCount(nulls)} more mean null`
  if (guess === undefined)
    return { ...base, ...describeText(name, trimmed), evidence: `${textEvidence(trimmed, of)}${others}` }
  const kinds = [...new Set(isTyped ? words : [])].map((word) => JSON.stringify(word))
  const meaning = isTyped
    ? `; ${formatCount(words.length)} ${words.length === 1 ? 'is' : 'are'} ${kinds.join(', ')}`
    : ''
  return {
    ...base,
    type: guess.type,
    ...(guess.dateFormat === undefined ? {} : { dateFormat: guess.dateFormat }),
    ...(isTyped ? { nullTokens: [...new Set(words)] } : {}),
    evidence: `${formatCount(told.length)} ${of} are ${guess.what}${meaning}${others}`,
    problems: guess.problems,
  }
}

interface TypedGuess {
  readonly type: ColumnType
  readonly what: string
  readonly dateFormat?: string
  readonly problems: readonly ImportProblem[]
}

/** The one type all values have; undefined when only text has. */
function inferTyped(name: string, values: readonly string[]): TypedGuess | undefined {
  const kinds = new Set(values.map(kindOf))
  const only = (...some: Kind[]): boolean => [...kinds].every((kind) => some.includes(kind))
  if (only('whole')) return { type: scalar('int64'), what: 'whole numbers', problems: epochNote(name, values) }
  if (only('whole', 'float')) return { type: scalar('float64'), what: 'numbers', problems: digitNote(values) }
  if (only('bool')) return { type: scalar('bool'), what: 'true or false', problems: [] }
  if (only('list')) return inferLists(values)
  if (only('object', 'list') && values.every((value) => parseJson(value) !== undefined)) {
    return { type: scalar('json'), what: 'JSON', problems: [] }
  }
  if (kinds.has('text')) {
    const time = detectTime(values)
    if (time !== undefined) return time
  }
  return undefined
}

export function inferLists(values: readonly string[]): TypedGuess | undefined {
  const lists = values.map(parseJson)
  if (!lists.every((list) => Array.isArray(list))) return undefined
  const items = lists.flat(1)
  const isAll = (test: (item: unknown) => boolean): boolean => items.every((item) => item === null || test(item))
  const lengths = new Set(lists.map(({ length }) => length))
  const [length] = lengths
  const areNumbers = items.length > 0 && items.every((item) => typeof item === 'number')
  const areWhole = areNumbers && !values.some((value) => /[.e]/i.test(value))
  const isBeyondFloat32 = areWhole && items.some((item) => Math.abs(item) > MAX_FLOAT32_WHOLE)
  if (areWhole && items.some((item) => Math.abs(item) >= 2 ** 63)) {
    return { type: scalar('json'), what: 'JSON lists', problems: [] }
  }
  const isOneLength = lengths.size === 1 && length !== undefined && length > 1 && length <= MAX_DIMENSION
  if (areNumbers && isOneLength && !isBeyondFloat32) {
    return {
      type: { kind: 'vector', dimension: length },
      what: `lists of ${formatCount(length)} numbers`,
      problems: [],
    }
  }
  const lengthNote = `lists of ${formatCount(leastOf(lengths))} to ${formatCount(mostOf(lengths))}`
  if (areNumbers) {
    const problems: ImportProblem[] =
      lengths.size > 1
        ? [
            {
              severity: 'note',
              message: `The lists have ${lengths.size} lengths, so they are no vectors of one dimension.`,
            },
          ]
        : []
    return { type: { kind: 'list', items: areWhole ? 'int64' : 'float64' }, what: `${lengthNote} numbers`, problems }
  }
  if (items.length > 0 && isAll((item) => typeof item === 'string')) {
    return { type: { kind: 'list', items: 'string' }, what: `${lengthNote} texts`, problems: [] }
  }
  if (items.length > 0 && isAll((item) => typeof item === 'boolean')) {
    return { type: { kind: 'list', items: 'bool' }, what: `${lengthNote} of true or false`, problems: [] }
  }
  return { type: scalar('json'), what: 'JSON lists', problems: [] }
}

function leastOf(numbers: ReadonlySet<number>): number {
  return [...numbers].reduce((least, number) => Math.min(least, number), Infinity)
}

function mostOf(numbers: ReadonlySet<number>): number {
  return [...numbers].reduce((most, number) => Math.max(most, number), 0)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function describeText(name: string, values: readonly string[]): Pick<Guess, 'type' | 'problems'> {
  const kinds = values.map(kindOf)
  const zeros = kinds.findIndex((kind) => kind === 'zeros')
  const areDigits = kinds.every((kind) => kind === 'whole' || kind === 'zeros' || kind === 'huge')
  if (areDigits && zeros >= 0) {
    return note(
      `Some values begin with 0, such as "${values[zeros]}": they are kept as text, since numbers would lose it.`,
    )
  }
  if (kinds.every((kind) => kind === 'whole' || kind === 'huge' || kind === 'float')) {
    return note('Some whole numbers are beyond int64: they are kept as text. As float64 they would be rounded.')
  }
  if (values.every((value) => /^[+-]?\d{1,3}(\.\d{3})*,\d+$/.test(value))) {
    return note(`The values of "${name}" look like numbers with a decimal comma: they are kept as text.`)
  }
  return { type: scalar('string'), problems: [] }
}

function note(message: string): Pick<Guess, 'type' | 'problems'> {
  return { type: scalar('string'), problems: [{ severity: 'note', message }] }
}

function textEvidence(values: readonly string[], of: string): string {
  const other = values.filter((value) => kindOf(value) === 'text')
  const numbers = values.length - other.length
  if (numbers === 0 || other.length === 0) return `${formatCount(values.length)} ${of} are text`
  const shown = [...new Set(other)].slice(0, 3).map((value) => JSON.stringify(value.slice(0, 40)))
  return `${formatCount(other.length)} ${of} are text, such as ${shown.join(', ')}`
}

function digitNote(values: readonly string[]): readonly ImportProblem[] {
  const long = values.find(
    (value) =>
      value
        .replace(/e.*$/i, '')
        .replace(/^[+-]?0*\.?0*/, '')
        .replace(/\D/g, '').length > 17,
  )
  if (long === undefined) return []
  return [
    { severity: 'note', message: `Some numbers, such as ${long.slice(0, 60)}, have more digits than float64 keeps.` },
  ]
}

/** Whole numbers that could be times are only read as such when told. */
function epochNote(name: string, values: readonly string[]): readonly ImportProblem[] {
  if (!/time|date|_at$|created|updated|^ts$|_ts$|epoch/i.test(name)) return []
  const numbers = values.map(Number)
  const areWithin = (from: number, to: number): boolean => numbers.every((value) => value >= from && value <= to)
  const unit = areWithin(6e8, 5e9) ? 'seconds' : areWithin(6e11, 5e12) ? 'milliseconds' : undefined
  if (unit === undefined) return []
  const format = unit === 'seconds' ? 'epoch-s' : 'epoch-ms'
  return [
    {
      severity: 'note',
      message: `They could be ${unit} since 1970: choose timestamp with the format ${format} to have times.`,
    },
  ]
}

function examplesOf(values: readonly string[]): readonly string[] {
  return [...new Set(values)].slice(0, 5).map((value) => value.slice(0, 200))
}

function scalar(type: 'string' | 'int64' | 'float64' | 'bool' | 'json'): ColumnType {
  return { kind: 'scalar', type }
}

/** Name of a guess's type, as plans have it. */
export function typeName(guess: Guess): ReturnType<typeof formatType> {
  return formatType(guess.type)
}
