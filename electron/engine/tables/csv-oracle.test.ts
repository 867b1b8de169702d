import { parse } from 'papaparse'
import { describe, expect, it } from 'vitest'
import { Block } from './bytes/block.ts'
import { Cells } from './bytes/cells.ts'
import { toUtf8 } from './bytes/encoding.ts'
import { CsvSplitter } from './csv/split.ts'
import { Random } from './random.fixture.ts'
import { detect, read, sourceOf } from './tables.fixture.ts'

/*
 * The splitter against papaparse. Where the two differ on purpose:
 * - A line that has nothing in it is no row of ours; papaparse does the same with `skipEmptyLines`. But a line of one
 *   empty value in quotes is a row: whoever wrote it meant the value.
 * - Papaparse takes one kind of line end for a whole file, ours takes LF, CR and CRLF wherever they stand. The tables here
 *   have one kind each, and mixed ones are held against the same table with LF.
 * - A quote that is never closed, or something behind a closing one, costs us its line; papaparse takes what follows, up to
 *   the end of the file, into the value. Only well-formed tables are compared; of the others only what has to hold for any.
 * - Blanks behind a closing quote are dropped by both, but by papaparse not at the very end of a file without a line end,
 *   where it keeps the quote as well.
 */
const COLUMNS = 40
const LINE_ENDS = ['\n', '\r\n', '\r'] as const

interface SplitRow {
  readonly line: number
  readonly cells: readonly string[]
}

interface Split {
  readonly rows: readonly SplitRow[]
  readonly faults: readonly { readonly line: number; readonly text: string }[]
}

async function* inPieces(bytes: Uint8Array, lengths: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const length = lengths()
    // A copy that is overwritten once it was taken, as the reader's buffers are.
    const piece = Uint8Array.from(bytes.subarray(at, at + length))
    yield piece
    piece.fill(63)
    at += length
  }
}

/** Splits bytes that come in pieces of the lengths given, a few rows at a time. */
async function split(
  bytes: Uint8Array,
  delimiter: string,
  quote: string,
  lengths: () => number,
  limit: number,
  comment = '',
): Promise<Split> {
  const block = new Block(toUtf8(inPieces(bytes, lengths), 'utf-8', 'x'))
  const codeOf = (mark: string): number => (mark === '' ? -1 : mark.charCodeAt(0))
  const marks = {
    delimiter: codeOf(delimiter),
    quote: codeOf(quote),
    comment: codeOf(comment),
    columns: COLUMNS,
    keepsRagged: true,
    padsShort: false,
  }
  const splitter = new CsvSplitter(marks)
  const cells = new Cells(block, COLUMNS)
  const rows: SplitRow[] = []
  const faults: { readonly line: number; readonly text: string }[] = []
  for (;;) {
    cells.clear()
    const taken = splitter.split(cells, limit)
    for (let row = 0; row < cells.rows; row++) {
      const texts: string[] = []
      for (let cell = row * COLUMNS; cell < (row + 1) * COLUMNS && (cells.starts[cell] as number) >= 0; cell++) {
        texts.push(block.bytes.toString('utf8', cells.starts[cell], cells.ends[cell]))
      }
      rows.push({ line: cells.lines[row] as number, cells: texts })
    }
    for (const { line, start, end, row } of cells.faults)
      if (row === undefined) faults.push({ line, text: block.bytes.toString('utf8', start, end) })
    if (taken > 0) continue
    if (block.isLast) return { rows, faults }
    await block.fill()
  }
}

const PARTS = [
  'a',
  'bc',
  '0',
  ' ',
  '  ',
  'ä',
  '😀',
  '\u2028',
  '\ufeff',
  '1.5',
  "'",
  ';',
  ',',
  '|',
  '\t',
  '"',
  '""',
  '\n',
  '',
]

/** A table of texts, and how a writer that quotes what it has to, and sometimes more, writes it down. */
function randomTable(random: Random, delimiter: string, quote: string, lineEnd: string) {
  const lines: string[] = []
  const rowCount = random.next(6)
  for (let row = 0; row < rowCount; row++) {
    if (random.once(8)) {
      lines.push('')
      continue
    }
    const cells = Array.from({ length: 1 + random.next(5) }, () => {
      const text = Array.from({ length: random.next(4) }, () => random.pick(PARTS)).join('')
      return random.once(2) ? text.replaceAll('\n', lineEnd) : text.replaceAll('\n', '')
    })
    lines.push(cells.map((text) => written(random, text, delimiter, quote)).join(delimiter))
  }
  return lines.join(lineEnd) + (random.once(2) || lines.at(-1)?.endsWith(' ') === true ? lineEnd : '')
}

function written(random: Random, text: string, delimiter: string, quote: string): string {
  const needsQuotes = [delimiter, quote, '\n', '\r'].some((mark) => text.includes(mark))
  if (!needsQuotes && !random.once(4)) return text
  const behind = random.once(10) ? ' ' : ''
  return `${quote}${text.replaceAll(quote, quote + quote)}${quote}${behind}`
}

const unbroken = (): number => 1_000_000

describe('the CSV splitter against papaparse', () => {
  it('splits thousands of well-formed tables alike', async () => {
    const random = new Random(1)
    for (let round = 0; round < 6000; round++) {
      const delimiter = random.pick([',', ';', '\t', '|'])
      const quote = random.pick(['"', '"', "'"])
      const lineEnd = random.pick(LINE_ENDS)
      const text = randomTable(random, delimiter, quote, lineEnd)
      const parsed = parse<string[]>(text, { delimiter, quoteChar: quote, newline: lineEnd, skipEmptyLines: true })
      const mark = random.once(5) ? '\ufeff' : ''
      const pieces = random.once(2) ? unbroken : () => 1 + random.next(9)
      const found = await split(Buffer.from(mark + text), delimiter, quote, pieces, 1 + random.next(4))
      // A byte order mark that is part of the first value is one to every reader.
      if (text.startsWith('\ufeff')) continue
      expect(found.faults, JSON.stringify(text)).toEqual([])
      expect(
        found.rows.map(({ cells }) => cells).filter((cells) => cells.length > 1 || cells[0] !== ''),
        JSON.stringify(text),
      ).toEqual(parsed.data)
    }
  })

  it('splits alike wherever a piece of the file ends', async () => {
    const random = new Random(2)
    for (let round = 0; round < 150; round++) {
      const text = randomTable(random, ',', '"', random.pick(LINE_ENDS))
      const bytes = Buffer.from(text)
      const whole = await split(bytes, ',', '"', unbroken, 100)
      for (let cut = 1; cut < bytes.length; cut++) {
        const lengths = [cut, bytes.length]
        expect(await split(bytes, ',', '"', () => lengths.shift() ?? 1, 100), JSON.stringify([text, cut])).toEqual(
          whole,
        )
      }
    }
  })

  it('takes mixed line ends, with the lines counted', async () => {
    const random = new Random(3)
    for (let round = 0; round < 1000; round++) {
      const text = randomTable(random, ',', '"', '\n')
      const outside = text.split('"')
      const mixed = outside
        // Not CR before another line end, with which it would be one.
        .map((part, index) => (index % 2 === 0 ? part.replaceAll(/\n(?!\n|$)/g, () => random.pick(LINE_ENDS)) : part))
        .join('"')
      const one = await split(Buffer.from(text), ',', '"', unbroken, 3)
      expect(await split(Buffer.from(mixed), ',', '"', () => 1 + random.next(5), 3), JSON.stringify(mixed)).toEqual(one)
    }
  })

  it('loses no byte and no line of tables that are none', async () => {
    const random = new Random(4)
    const parts = [...PARTS, '"', '"', ',', '\n', '\r\n', '\r']
    for (let round = 0; round < 4000; round++) {
      const text = Array.from({ length: random.next(14) }, () => random.pick(parts)).join('')
      const bytes = Buffer.from(text)
      const whole = await split(bytes, ',', '"', unbroken, 100)
      expect(await split(bytes, ',', '"', () => 1, 1), JSON.stringify(text)).toEqual(whole)
      const lines = text.split(/\r\n|\r|\n/)
      for (const { line, text: bad } of whole.faults) {
        const kept = line === 1 ? lines[0]?.replace(/^\ufeff/, '') : lines[line - 1]
        expect(bad, JSON.stringify(text)).toBe(kept)
      }
    }
  })

  it('reads whole files as papaparse does, header and types apart', async () => {
    const random = new Random(5)
    for (let round = 0; round < 300; round++) {
      const delimiter = random.pick([',', ';', '\t', '|'])
      const lineEnd = random.pick(LINE_ENDS)
      const words = ['x', 'y z', 'ü"', `a${delimiter}b`, 'two\nlines'.replace('\n', lineEnd), '-', '😀']
      const rows = Array.from({ length: 1 + random.next(30) }, () => ['k', 'l', 'm'].map(() => random.pick(words)))
      const text = [['k1', 'k2', 'k3'], ...rows]
        .map((row) => row.map((cell) => written(random, cell, delimiter, '"')).join(delimiter))
        .join(lineEnd)
        .trimEnd()
      const source = sourceOf('csv', text, {
        reading: { delimiter, hasHeader: true, skipLines: 0 },
        columns: ['k1', 'k2', 'k3'].map((name) => ({ source: name, type: 'string' })),
      })
      const { data } = parse<Record<string, string>>(text, { delimiter, newline: lineEnd, header: true })
      expect((await read(source)).rows, JSON.stringify(text)).toEqual(data)
      expect((await detect(source)).rows).toBe(rows.length)
    }
  })

  it('takes quotes for characters where there is no quoting, and leaves comments out', async () => {
    const random = new Random(6)
    const parts = [...PARTS.filter((part) => part !== '\n' && part !== '\t'), '#', '# c', '"']
    for (let round = 0; round < 2000; round++) {
      const lineEnd = random.pick(LINE_ENDS)
      const rows = Array.from({ length: random.next(8) }, () =>
        Array.from({ length: 1 + random.next(4) }, () =>
          Array.from({ length: random.next(4) }, () => random.pick(parts)).join(''),
        ).join('\t'),
      )
      const text = rows.join(lineEnd)
      if (text.startsWith('\ufeff')) continue
      // Papaparse knows no table without quotes: a character that is nowhere does the same.
      const options = { delimiter: '\t', quoteChar: '\u0001', newline: lineEnd, comments: '#', skipEmptyLines: true }
      const { data } = parse<string[]>(text, options)
      const pieces = random.once(2) ? unbroken : () => 1 + random.next(9)
      const found = await split(Buffer.from(text), '\t', '', pieces, 1 + random.next(4), '#')
      expect(found.faults, JSON.stringify(text)).toEqual([])
      expect(
        found.rows.map(({ cells }) => cells),
        JSON.stringify(text),
      ).toEqual(data)
    }
  })

  it('goes on alike before and behind rows that are not plain', async () => {
    const random = new Random(6)
    const plain = ['1,"two words",3.5,x', '"a","b","c","d"', ',,,', '"",x,"",y', 'tab\there,1,2,3', 'ä,😀,"ü, ö",z']
    const others = [
      '',
      '1,2',
      '1,2,3,4,5',
      '1,2,3,4,',
      '"x""y",1,2,3',
      '"two\nlines",1,2,3',
      '"x" ,1,2,3',
      '"x"y,1,2,3',
    ]
    for (let round = 0; round < 120; round++) {
      const lines = Array.from({ length: 1 + random.next(12) }, () => random.pick(random.once(4) ? others : plain))
      const text = lines.join('\n') + (random.once(2) ? '\n' : '')
      const whole = await split(Buffer.from(text), ',', '"', unbroken, 1 + random.next(20))
      // A row of its own is neither behind nor before another.
      const alone = []
      let line = 1
      for (const row of lines) {
        const { rows, faults } = await split(Buffer.from(row), ',', '"', unbroken, 1)
        const shift = line - 1
        alone.push(...[...rows, ...faults].map((found) => ({ ...found, line: found.line + shift })))
        line += row.split('\n').length
      }
      const found = [...whole.rows, ...whole.faults].sort((left, right) => left.line - right.line)
      expect(found, JSON.stringify(text)).toEqual(alone)
      const crlf = text.replaceAll('\n', '\r\n')
      const crlfPieces = await split(Buffer.from(crlf), ',', '"', () => 1 + random.next(30), 1 + random.next(4))
      const unwrapped = JSON.parse(JSON.stringify(crlfPieces).replaceAll('\\r\\n', '\\n')) as Split
      expect(unwrapped, JSON.stringify(crlf)).toEqual(whole)
    }
  })
})
