import { describe, expect, it } from 'vitest'
import { Block } from './bytes/block.ts'
import { Cells } from './bytes/cells.ts'
import { parsed, parseFloatAt } from './bytes/numbers.ts'
import { parseVector } from './columns/vectors.ts'
import { Keys } from './json/keys.ts'
import { skipSpace, skipValue } from './json/scan.ts'
import { LineSplitter, ListSplitter, type JsonSplitter } from './json/split.ts'
import { Random } from './random.fixture.ts'
import { read, sourceOf } from './tables.fixture.ts'

/*
 * The scanner against JSON.parse. Where the two differ on purpose:
 * - NaN, Infinity and -Infinity are values, as Python writes them.
 * - Nesting deeper than 200 levels is refused.
 * - Half of a surrogate pair in a string that becomes text is refused: no UTF-8 can say it.
 * - A comma behind the last record of a list is let pass.
 */
const OURS = /NaN|Infinity/

const NUMBERS = ['0', '-0', '1', '-12', '0.5', '-3.25e2', '1E5', '1e-7', '6.02214076e+23', '9007199254740993', '1e400']
const WRONG_NUMBERS = ['01', '-', '+1', '1.', '.5', '1e', '1e+', '0x1', '--1', '1_0', '1.e3', '-01', '00']
const PIECES = [
  'a',
  'ä',
  '😀',
  ' ',
  '\\n',
  '\\"',
  '\\\\',
  '\\/',
  '\\b\\f\\r\\t',
  '\\u00e4',
  '\\ud83d\\ude00',
  '\\u0000',
  '\u2028',
]
const WRONG_PIECES = ['\\x', '\\u12', '\\u12g4', '\n', '\t', '\u0001', '\\', '"']
const SPACES = ['', '', '', ' ', '\n', '\t', '\r\n', '  ']

function space(random: Random): string {
  return random.pick(SPACES)
}

function text(random: Random): string {
  return `"${Array.from({ length: random.next(4) }, () => random.pick(PIECES)).join('')}"`
}

function value(random: Random, depth = 0): string {
  const kind = random.next(depth > 3 ? 4 : 7)
  if (kind === 0) return random.pick(NUMBERS)
  if (kind === 1) return random.pick(['true', 'false', 'null'])
  if (kind < 4) return text(random)
  const between = (): string => space(random)
  if (kind < 6) {
    const items = Array.from({ length: random.next(4) }, () => between() + value(random, depth + 1) + between())
    return `[${items.length === 0 ? between() : items.join(',')}]`
  }
  return object(random, depth)
}

function object(random: Random, depth = 0): string {
  const between = (): string => space(random)
  const entries = Array.from(
    { length: random.next(4) },
    () =>
      `${between()}${random.once(3) ? text(random) : random.pick(['"a"', '"b"', '"\\u0061"'])}${between()}:${between()}${value(random, depth + 1)}${between()}`,
  )
  return `{${entries.length === 0 ? between() : entries.join(',')}}`
}

/** A text with something taken out, put in or changed. */
function damaged(random: Random, json: string): string {
  const at = random.next(json.length + 1)
  const added = random.pick([
    ...WRONG_NUMBERS,
    ...WRONG_PIECES,
    ',',
    ':',
    '{',
    '}',
    '[',
    ']',
    '"',
    'tru',
    'nul',
    '1',
    '\ufeff',
    '\v',
  ])
  return json.slice(0, at) + (random.once(3) ? '' : added) + json.slice(at + random.next(3))
}

function isJson(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}

/** Whether the scanner takes the bytes in a larger array for one value. */
function isTaken(json: string): boolean {
  const bytes = Buffer.from(`[${json}]`)
  const end = bytes.length - 1
  const stop = skipValue(bytes, 1, end)
  return stop >= 0 && skipSpace(bytes, stop, end) === end
}

async function* pieces(bytes: Uint8Array, lengths: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const length = lengths()
    const piece = Uint8Array.from(bytes.subarray(at, at + length))
    yield piece
    piece.fill(63)
    at += length
  }
}

/** Two columns of records: texts of the cells and what is bad. */
async function records(
  json: string,
  create: (target: { readonly keys: Keys }) => JsonSplitter,
  lengths: () => number,
  limit = 3,
) {
  const block = new Block(pieces(Buffer.from(json), lengths))
  const keys = new Keys(true)
  keys.add('a', 0, true)
  keys.add('b', 1)
  const splitter = create({ keys })
  const cells = new Cells(block, 2)
  const rows: (string | null)[][] = []
  const faults: string[] = []
  try {
    for (;;) {
      cells.clear()
      const taken = splitter.split(cells, limit)
      for (let row = 0; row < cells.rows; row++) {
        const at = row * 2
        const cellText = (cell: number): string | null =>
          (cells.starts[cell] as number) < 0 ? null : block.bytes.toString('utf8', cells.starts[cell], cells.ends[cell])
        rows.push([cellText(at), cellText(at + 1)])
      }
      for (const { line, reason } of cells.faults) faults.push(`${line} ${reason}`)
      if (taken > 0) continue
      if (block.isLast) return { rows, faults }
      await block.fill()
    }
  } catch (error) {
    return { rows, faults: [...faults, (error as Error).message] }
  }
}

const unbroken = (): number => 1_000_000
const asLines = (target: { readonly keys: Keys }): JsonSplitter => new LineSplitter(target)
/** Of a text whose first `[` is left out. */
const asList = (target: { readonly keys: Keys }): JsonSplitter => new ListSplitter(target, 'x', true)

describe('the JSON scanner against JSON.parse', () => {
  it('takes what is JSON and nothing else', () => {
    const random = new Random(1)
    for (let round = 0; round < 20_000; round++) {
      const json = space(random) + value(random) + space(random)
      expect(isTaken(json), JSON.stringify(json)).toBe(true)
      const wrong = damaged(random, json)
      if (!OURS.test(wrong)) expect(isTaken(wrong), JSON.stringify(wrong)).toBe(isJson(wrong))
    }
    for (const number of [...NUMBERS, ...WRONG_NUMBERS]) expect(isTaken(number), number).toBe(isJson(number))
  })

  it('finds the values of keys, unescaped, the last of each', async () => {
    const random = new Random(2)
    for (let round = 0; round < 4000; round++) {
      const json = object(random).replaceAll(/[\r\n]/g, ' ')
      const { rows, faults } = await records(json, asLines, random.once(2) ? unbroken : () => 1 + random.next(7))
      expect(faults, json).toEqual([])
      const { a, b } = JSON.parse(json) as { readonly a?: unknown; readonly b?: unknown }
      const [[rawA, plainB] = []] = rows
      expect(rawA === null ? null : JSON.parse(rawA as string), json).toEqual(a ?? null)
      if (typeof b === 'string') expect(plainB, json).toBe(b)
      else expect(plainB === null ? null : JSON.parse(plainB as string), json).toEqual(b ?? null)
    }
  })

  it('finds keys however they were written in the rows before', async () => {
    const random = new Random(9)
    const shapes = [
      '{"a":A,"b":B}',
      '{"a": A, "b": B}',
      '{"a" :  A  ,  "b"\t: B }',
      '{ "b":B, "a":A}',
      '{"\\u0061":A,"\\u0062":B}',
      '{"a":0,"a":A,"b":B}',
      '{"a":A,"c":[{"a":7}],"b":B}',
      '{"ab":5,"b":B,"a":A,"":1}',
      '{"a":A}',
      '{"b":B}',
      '{}',
      '{ }',
    ]
    const wrong = [
      '{"a":A"b":B}',
      '{"a":A,}',
      '{"a":A,{"b":B}',
      '{"a"A,"b":B}',
      '{,"a":A}',
      '{"a":A,"b":B',
      '{"a":',
      '{"a',
    ]
    const texts = [
      '',
      'x',
      'abc',
      'abcd',
      'abcde',
      'four\\n',
      '\\"',
      'ä😀',
      'abc\\u00e4bc',
      '\x7f',
      '~}',
      'a long one, "b": 2'.replaceAll('"', "'"),
    ]
    for (let round = 0; round < 600; round++) {
      const lines = Array.from({ length: 2 + random.next(10) }, () =>
        random
          .pick(random.once(6) ? wrong : shapes)
          .replace('A', random.pick(['0', '-1.5e3', 'true', 'null', '"t"', '[1, 2]', '{"b":1}']))
          .replace('B', `"${random.pick(texts)}"`),
      )
      const { rows, faults } = await records(lines.join('\n'), asLines, () => 1 + random.next(60), 1 + random.next(9))
      const good = lines.filter(isJson).map((line) => JSON.parse(line) as { readonly a?: unknown; readonly b?: string })
      const read = rows.map(([a, b]) => [a === null || a === undefined ? null : JSON.parse(a), b])
      expect(read, JSON.stringify(lines)).toEqual(good.map(({ a, b }) => [a ?? null, b ?? null]))
      expect(faults.length, JSON.stringify(lines)).toBe(lines.length - good.length)
    }
  })

  it('costs a line that is no object itself alone', async () => {
    const random = new Random(3)
    for (let round = 0; round < 3000; round++) {
      const lines = Array.from({ length: 1 + random.next(5) }, () => {
        const json = object(random).replaceAll(/[\r\n]/g, ' ')
        return random.once(3) ? damaged(random, json).replaceAll(/[\r\n]/g, ' ') : json
      }).filter((line) => !OURS.test(line) && !/^[\s\0]*$/.test(line))
      const end = random.pick(['\n', '\r\n', '\n\n'])
      const { rows, faults } = await records(lines.join(end), asLines, () => 1 + random.next(20))
      const good = lines.filter((line) => isJson(line) && line.trim().startsWith('{'))
      expect(rows.length, JSON.stringify(lines)).toBe(good.length)
      expect(faults.length, JSON.stringify(lines)).toBe(lines.length - good.length)
    }
  })

  it('reads lines and lists alike wherever a piece of the file ends', async () => {
    const random = new Random(4)
    for (let round = 0; round < 60; round++) {
      const objects = Array.from({ length: random.next(4) }, () => object(random))
      const lines = objects.map((json) => json.replaceAll(/[\r\n]/g, ' ')).join(random.pick(['\n', '\r\n']))
      const list = `${objects.map((json) => space(random) + json + space(random)).join(',')} ]`
      for (const [json, create] of [
        [lines, asLines],
        [list, asList],
        [damaged(random, list), asList],
        [damaged(random, lines), asLines],
      ] as const) {
        const { length } = Buffer.from(json)
        const whole = await records(json, create, unbroken, 1)
        for (let cut = 1; cut < length; cut++) {
          const lengths = [cut, length]
          const found = await records(json, create, () => lengths.shift() ?? 1, 1)
          expect(found, JSON.stringify([json, cut])).toEqual(whole)
        }
      }
    }
  })

  it('takes a list for one exactly where JSON.parse does', async () => {
    const random = new Random(5)
    for (let round = 0; round < 4000; round++) {
      const items = Array.from({ length: random.next(4) }, () => space(random) + object(random) + space(random))
      const list = random.once(2) ? `${items.join(',')}]` : damaged(random, `${items.join(',')}]`)
      if (OURS.test(list)) continue
      const { rows, faults } = await records(list, asList, () => 1 + random.next(20))
      const strict = list.replace(/(?<=\S\s*),(\s*\]\s*)$/, '$1')
      if (isJson(`[${strict}`)) {
        const value = JSON.parse(`[${strict}`) as readonly unknown[]
        expect(rows.length + faults.length, JSON.stringify(list)).toBe(value.length)
      } else expect(faults.length, JSON.stringify(list)).toBeGreaterThan(0)
    }
  })

  it('reads whole files as JSON.parse does', async () => {
    const random = new Random(6)
    for (let round = 0; round < 150; round++) {
      const rows = Array.from({ length: 1 + random.next(20) }, (_, id) => ({
        id,
        score: random.next(2 ** 31) / 7,
        flag: random.once(2),
        words: `${random.pick(['x', '"', '\\', 'ü\n', '😀'])}${id}`,
        list: Array.from({ length: random.next(4) }, () => random.pick(['p', 'q"', ''])),
        inner: { deep: random.next(9) / 2, text: random.pick(['a', 'b']) },
        maybe: random.once(3) ? null : random.pick(['l', 'm']),
      }))
      const content = random.once(2)
        ? JSON.stringify(rows, null, random.next(3))
        : rows.map((row) => JSON.stringify(row)).join('\n')
      const kind = content.startsWith('[') ? 'json' : 'jsonl'
      const found = await read(
        sourceOf(kind, content, {
          columns: [
            { source: 'id', type: 'int64' },
            { source: 'score', type: 'float64' },
            { source: 'flag', type: 'bool' },
            { source: 'words', type: 'string' },
            { source: 'list', type: 'list<string>' },
            { source: 'inner', type: 'struct<"deep": float64, "text": string>' },
            { source: 'maybe', type: 'string' },
          ],
        }),
      )
      expect(found.rows, content).toEqual(rows.map((row) => ({ ...row, id: BigInt(row.id) })))
    }
  })
})

describe('numbers against Number', () => {
  const number = (random: Random): string => {
    const digits = (most: number): string =>
      Array.from({ length: 1 + random.next(most) }, () => random.next(10)).join('')
    const sign = random.pick(['', '', '-', '+'])
    const point = random.next(3)
    const exponent = random.once(3)
      ? `${random.pick(['e', 'E'])}${random.pick(['', '-', '+'])}${random.next(random.pick([5, 30, 340]))}`
      : ''
    const most = random.pick([3, 9, 17, 25])
    return sign + (point === 0 ? digits(most) : `${digits(random.pick([1, 2, most]))}.${digits(most)}`) + exponent
  }

  it('reads every form as Number does, bit for bit', () => {
    const random = new Random(7)
    for (let round = 0; round < 200_000; round++) {
      const text =
        round % 4 === 0 ? String((random.next(2 ** 32) / 2 ** 31 - 1) * 10 ** (random.next(40) - 20)) : number(random)
      const bytes = Buffer.from(`${text},`)
      const value = parseFloatAt(bytes, 0, bytes.length)
      if (parsed.end !== text.length || !Object.is(value, Number(text)))
        expect([text, value, parsed.end]).toEqual([text, Number(text), text.length])
    }
  })

  it('reads vectors as JSON.parse and Float32Array do', () => {
    const random = new Random(8)
    for (let round = 0; round < 3000; round++) {
      const dimension = 1 + random.next(9)
      const items = Array.from({ length: dimension }, () =>
        number(random)
          .replace('+', '')
          .replace(/^(-?)0+(?=\d)/, '$1'),
      )
      const text = `[${items.map((item) => space(random) + item + space(random)).join(',')}]`
      const bytes = Buffer.from(`x${text}]`)
      const expected = Float32Array.from(JSON.parse(text) as readonly number[])
      const values = new Float32Array(dimension)
      const fault = parseVector(bytes, 1, bytes.length - 1, values, 0, dimension)
      if ((JSON.parse(text) as readonly number[]).some((item) => !Number.isFinite(item)))
        expect(fault).toContain('finite')
      else expect([fault, values], text).toEqual([undefined, expected])
      expect(parseVector(bytes, 1, bytes.length - 1, values, 0, dimension + 1)).toBeDefined()
    }
  })
})
