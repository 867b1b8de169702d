import { describe, expect, it } from 'vitest'
import { Random } from './random.fixture.ts'
import { read, sourceOf } from './tables.fixture.ts'

/** Reads one column of texts; what is no value of the type is null. */
async function column(type: 'bool' | 'timestamp', texts: readonly string[]): Promise<readonly unknown[]> {
  const content = ['x', ...texts.map((text) => `"${text}"`)].join('\n')
  const reading = { hasHeader: true, delimiter: ',', skipLines: 0 }
  const source = sourceOf('csv', content, { reading, columns: [{ source: 'x', type }], badRows: 'null' })
  return (await read(source)).rows.map(({ x }) => x)
}

const two = (value: number): string => String(value).padStart(2, '0')

describe('values against the language', () => {
  it('reads days and times at every edge as Date does', async () => {
    const random = new Random(1)
    const texts = Array.from({ length: 20_000 }, () => {
      const year = String(random.pick([0, 1, 99, 1582, 1600, 1900, 1969, 1970, 2000, 2023, 2024, 9999])).padStart(
        4,
        '0',
      )
      const day = `${year}-${two(random.next(14))}-${two(random.pick([0, 1, 15, 28, 29, 30, 31, 32]))}`
      const time = `${two(random.pick([0, 9, 10, 23, 24, 25]))}:${two(random.pick([0, 59, 60]))}:${two(random.pick([0, 59, 60]))}`
      return `${day}${random.pick(['T', 'T', ' '])}${time}${random.pick(['', 'Z', '.5Z', '.25'])}`
    })
    const found = await column('timestamp', texts)
    const expected = texts.map((text) => {
      const [, day, , time] = /^(.{10})(.)(.{8})/.exec(text) ?? []
      const start = new Date(`${day}T00:00:00Z`)
      // Date takes 31 February for 2 March.
      if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day) return null
      const end = new Date(text.replace(' ', 'T').replace(/Z?$/, 'Z'))
      return Number.isNaN(end.getTime()) || time === undefined ? null : end.toISOString()
    })
    expect(found.map((value, index) => [texts[index], value])).toEqual(
      texts.map((text, index) => [text, expected[index]]),
    )
  })

  it('takes the words for true and false in any case, and nothing like them', async () => {
    const random = new Random(2)
    const words = [
      'true',
      't',
      'yes',
      'y',
      '1',
      'false',
      'f',
      'no',
      'n',
      '0',
      'tru',
      'falsee',
      '\x11',
      'ye5',
      'on',
      'q',
      'nö',
    ]
    const texts = Array.from({ length: 3000 }, () => {
      const word = [...random.pick(words)].map((letter) => (random.once(2) ? letter.toUpperCase() : letter)).join('')
      return random.once(4) ? ` ${word}\t` : word
    })
    const expected = texts.map((text) => {
      const word = text.trim().toLowerCase()
      if (['true', 't', 'yes', 'y', '1'].includes(word)) return true
      return ['false', 'f', 'no', 'n', '0'].includes(word) ? false : null
    })
    expect((await column('bool', texts)).map((value, index) => [texts[index], value])).toEqual(
      texts.map((text, index) => [text, expected[index]]),
    )
  })

  it('copies texts of every length', async () => {
    const texts = Array.from({ length: 600 }, (_, length) =>
      'aä😀b'
        .repeat(200)
        .slice(0, length)
        .replace(/[\ud800-\udbff]$/, ''),
    )
    const content = ['{"x":""}', ...texts.map((x) => JSON.stringify({ x }))].join('\n')
    const { rows } = await read(sourceOf('jsonl', content, { columns: [{ source: 'x', type: 'string' }] }))
    expect(rows.map(({ x }) => x)).toEqual(['', ...texts])
  })
})
