import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { batchesOf, detect, read, sourceOf } from './tables.fixture.ts'

const types = async (text: string | Uint8Array): Promise<Readonly<Record<string, string>>> => {
  const { columns } = await detect(sourceOf('csv', text))
  return Object.fromEntries(columns.map(({ source, type }) => [source, type]))
}

describe('types', () => {
  it('tells numbers, times, truth, vectors and JSON apart', async () => {
    const header = 'whole;float;flag;day;time;vector;json;code;text'
    const row = (id: number) =>
      `${id};${id}.5;${id % 2 === 0 ? 'yes' : 'no'};${10 + id}.02.2024;2024-02-0${id}T10:00:00Z;"[${id}, 0.5, -1e-3]";"{""a"": ${id}}";00${id};word ${id}`
    const text = [header, row(1), row(2), row(3), ''].join('\n')
    expect(await types(text)).toEqual({
      whole: 'int64',
      float: 'float64',
      flag: 'bool',
      day: 'date',
      time: 'timestamp',
      vector: 'vector[3]',
      json: 'json',
      code: 'string',
      text: 'string',
    })
    const { rows } = await read(sourceOf('csv', text))
    expect(rows[1]).toEqual({
      whole: 2n,
      float: 2.5,
      flag: true,
      day: '2024-02-12T00:00:00.000Z',
      time: '2024-02-02T10:00:00.000Z',
      vector: [2, 0.5, Math.fround(-1e-3)],
      json: '{"a": 2}',
      code: '002',
      text: 'word 2',
    })
  })

  it('says what it saw, and takes words for null that mean it', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => (index % 50 === 7 ? 'n/a' : `${index}`))
    const source = sourceOf('csv', `amount,other\n${lines.map((line) => `${line},x`).join('\n')}\n`)
    const [amount] = (await detect(source)).columns
    expect(amount).toMatchObject({ type: 'int64', nullTokens: ['n/a'] })
    expect(amount?.evidence).toBe('98 of 100 values are whole numbers; 2 are "n/a"')
    const { rows } = await read(source)
    expect(rows[7]).toEqual({ amount: null, other: 'x' })
  })

  it('keeps numbers beyond 2^53 exact and those beyond int64 as text', async () => {
    const { rows } = await read(
      sourceOf('csv', 'a,b,c\n9007199254740993,18446744073709551616,123456789012345678.5\n-9223372036854775808,1,2\n'),
    )
    expect(rows.map(({ a }) => a)).toEqual([9007199254740993n, -9223372036854775808n])
    expect(rows.map(({ b }) => b)).toEqual(['18446744073709551616', '1'])
    expect(rows[0]?.['c']).toBe(Number('123456789012345678.5'))
  })

  it('notes dates that can be read in two ways', async () => {
    const { columns } = await detect(sourceOf('csv', 'd\n01/02/2024\n03/04/2024\n'))
    expect(columns[0]).toMatchObject({ type: 'date', dateFormat: 'MM/dd/yyyy' })
    expect(columns[0]?.problems[0]?.message).toContain('dd/MM/yyyy')
    const clear = await detect(sourceOf('csv', 'd\n01/02/2024\n13/04/2024\n'))
    expect(clear.columns[0]).toMatchObject({ dateFormat: 'dd/MM/yyyy', problems: [] })
  })

  it('reads floats to the last bit', async () => {
    const numbers = [
      '0.1',
      '1e23',
      '9007199254740993',
      '1.7976931348623157e308',
      '5e-324',
      '123456789.123456789',
      '-0.30000000000000004',
      '.5',
      '1.',
    ]
    const { rows } = await read(
      sourceOf('csv', `n,other\n${numbers.map((number) => `${number},x`).join('\n')}\n`, {
        columns: [{ source: 'n', type: 'float64' }],
      }),
    )
    expect(rows.map(({ n }) => n)).toEqual(numbers.map(Number))
  })
})

describe('dialects', () => {
  it('takes byte order marks, any line ends and lines before the header', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const { rows } = await read(sourceOf('csv', `\ufeffmade by a tool${end}a\tb${end}1\t"x${end}y"${end}${end}2\tz`))
      expect(rows).toEqual([
        { a: 1n, b: `x${end}y` },
        { a: 2n, b: 'z' },
      ])
    }
    const mixed = await read(sourceOf('csv', 'a,b\r\n1,2\n3,4\r5,6'))
    expect(mixed.rows).toHaveLength(3)
  })

  it('reads UTF-16 and Windows text', async () => {
    const text = 'name;city\nJörg;Köln\nÄnne;Gießen\n'
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    const bare = Buffer.from(text, 'utf16le')
    for (const bytes of [utf16, bare, utf16.subarray(0).swap16(), Buffer.from(text, 'latin1')]) {
      const { rows } = await read(sourceOf('csv', bytes))
      expect(rows).toEqual([
        { name: 'Jörg', city: 'Köln' },
        { name: 'Änne', city: 'Gießen' },
      ])
    }
  })

  it('names columns without one and those that come twice', async () => {
    const { columns } = await detect(sourceOf('csv', 'a,,a,a_2,x.y\nq,w,e,r,t\n'))
    expect(columns.map(({ source }) => source)).toEqual(['a', 'column_2', 'a_3', 'a_2', 'x.y'])
    expect(columns[2]?.problems[0]?.message).toContain('more than once')
    const { rows } = await read(sourceOf('csv', 'a,,a,a_2,x.y\nq,w,e,r,t\n'))
    expect(Object.keys(rows[0] ?? {})).toEqual(['a', 'column_2', 'a_3', 'a_2', 'x_y'])
  })

  it('tells files without a header', async () => {
    const { columns, reading } = await detect(sourceOf('csv', '1,2.5,x\n2,3.5,y\n'))
    expect(reading).toMatchObject({ hasHeader: false, delimiter: ',' })
    expect(columns.map(({ source, type }) => `${source} ${type}`)).toEqual([
      'column_1 int64',
      'column_2 float64',
      'column_3 string',
    ])
  })

  it('knows the rows of a file it has seen whole', async () => {
    expect((await detect(sourceOf('csv', 'a,b\n1,2\n'))).rows).toBe(1)
    expect((await detect(sourceOf('csv', 'a,b\n'))).rows).toBe(0)
    await expect(detect(sourceOf('csv', ''))).rejects.toMatchObject({ code: 'unreadable-source' })
    await expect(detect(sourceOf('csv', '\n\n\r\n'))).rejects.toMatchObject({ code: 'unreadable-source' })
  })

  it('takes ten thousand columns and refuses more', async () => {
    const wide = (columns: number): string => {
      const row = (make: (index: number) => string) =>
        Array.from({ length: columns }, (_, index) => make(index)).join(',')
      return `${row((index) => `c${index}`)}\n${row(String)}\n`
    }
    const { rows } = await read(sourceOf('csv', wide(10_000)))
    expect(rows[0]?.['c9999']).toBe(9999n)
    await expect(detect(sourceOf('csv', wide(10_001)))).rejects.toMatchObject({ code: 'unreadable-source' })
  })
})

describe('bad rows', () => {
  const columns = [
    { source: 'id', type: 'int64' },
    { source: 'v', type: 'vector[2]' },
  ] as const
  const text = 'id,v\n1,"[1,2]"\nx,"[1,2]"\n3\n4,"[1,2,3]"\n5,"[3,4]",6\n"6","[5,6]"\n'

  it('stops at the first, with its place', async () => {
    const source = sourceOf('csv', text, { columns })
    await expect(read(source)).rejects.toMatchObject({
      code: 'bad-rows',
      message: `The value of "id" in line 3 of "${source.name}" cannot be read: it is not a whole number.`,
      detail: { line: 3, column: 'id', text: 'x,"[1,2]"' },
    })
  })

  it('rejects them with their whole text', async () => {
    const reading = { shortRows: 'bad' } as const
    const { rows, rejects } = await read(sourceOf('csv', text, { columns, reading, badRows: 'reject' }))
    expect(rows).toEqual([
      { id: 1n, v: [1, 2] },
      { id: 6n, v: [5, 6] },
    ])
    expect(rejects.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '3 is not a whole number',
      '4 has 1 values instead of 2',
      '5 has 3 numbers instead of 2',
      '6 has 3 values instead of 2',
    ])
    expect(rejects[2]?.text).toBe('4,"[1,2,3]"')
  })

  it('leaves values null', async () => {
    const { rows, rejects } = await read(sourceOf('csv', text, { columns, badRows: 'null' }))
    expect(rows).toEqual([
      { id: 1n, v: [1, 2] },
      { id: null, v: [1, 2] },
      { id: 3n, v: null },
      { id: 4n, v: null },
      { id: 5n, v: [3, 4] },
      { id: 6n, v: [5, 6] },
    ])
    expect(rejects).toHaveLength(3)
  })

  it('loses one line to a quote that is never closed or goes wrong', async () => {
    const open = await read(sourceOf('csv', 'a,b\n1,x\n2,"y\n3,z\n4,w\n', { badRows: 'reject' }))
    expect(open.rows.map(({ a }) => a)).toEqual([1n, 3n, 4n])
    expect(open.rejects).toMatchObject([{ line: 3, text: '2,"y' }])
    const wrong = await read(sourceOf('csv', 'a,b\n1,x\n2,"y" z\n3,z\n', { badRows: 'reject' }))
    expect(wrong.rows.map(({ a }) => a)).toEqual([1n, 3n])
  })

  it('finds text that is no UTF-8', async () => {
    const lines = ['a,b', ...Array.from({ length: 3000 }, (_, index) => `${index},text ${index}`)]
    const bytes = Buffer.concat([
      Buffer.from(`${lines.join('\n')}\n`.repeat(1)),
      Buffer.from([52, 44, 0xc3, 0x28, 10]),
      Buffer.from('5,y\n'),
    ])
    const { rows, rejects } = await read(sourceOf('csv', bytes, { badRows: 'reject', reading: { encoding: 'utf-8' } }))
    expect(rows).toHaveLength(3001)
    expect(rejects).toMatchObject([{ line: 3002, column: 'b', reason: 'is not UTF-8' }])
  })

  it('keeps zero bytes', async () => {
    const { rows } = await read(sourceOf('csv', 'a,b\n1,x\0y\n'))
    expect(rows).toEqual([{ a: 1n, b: 'x\0y' }])
  })
})

describe('size', () => {
  it.each(['csv', 'jsonl'] as const)('tells the bytes its rows took of a %s, not those read ahead', async (kind) => {
    const line = (n: number): string => (kind === 'csv' ? `${n},text ${n}\n` : `{"id":${n},"text":"text ${n}"}\n`)
    const lines = Array.from({ length: 50_000 }, (_, n) => line(n))
    const content = `${kind === 'csv' ? 'id,text\n' : ''}${lines.join('')}`
    const whole = await batchesOf(sourceOf(kind, content))
    expect(whole.at(-1)?.bytesRead).toBe(content.length)
    const [first] = await batchesOf(sourceOf(kind, content, { maxRows: 1000 }))
    const taken = lines.slice(0, 1000).join('').length
    expect(first?.bytesRead).toBeGreaterThan(taken * 0.9)
    expect(first?.bytesRead).toBeLessThan(taken * 1.1)
  })

  const many = `id,name\n${Array.from({ length: 150_000 }, (_, index) => `${index},"name ""${index}"""`).join('\n')}\n`

  it('reads in batches and goes on exactly where it ended', async () => {
    const source = sourceOf('csv', many)
    const batches = await batchesOf(source)
    expect(batches.map(({ rows }) => rows)).toEqual([65_536, 65_536, 18_928])
    const first = batches[0]
    const { rows } = await read({ ...source, skipRows: first?.sourceRows ?? 0, maxRows: 2 })
    expect(rows).toEqual([
      { id: 65_536n, name: 'name "65536"' },
      { id: 65_537n, name: 'name "65537"' },
    ])
  })

  it('unpacks gzip and says when it is cut or damaged', async () => {
    const packed = gzipSync(many)
    const { rows } = await read(sourceOf('csv', packed, { compression: 'gzip', maxRows: 3 }))
    expect(rows).toHaveLength(3)
    const cut = sourceOf('csv', packed.subarray(0, packed.length >> 1), { compression: 'gzip' })
    await expect(read(cut)).rejects.toMatchObject({ code: 'unreadable-source' })
    const damaged = Buffer.from(packed)
    damaged.fill(7, 1000, 1100)
    await expect(read(sourceOf('csv', damaged, { compression: 'gzip' }))).rejects.toMatchObject({
      code: 'unreadable-source',
    })
    await expect(read(sourceOf('csv', 'a,b\n', { compression: 'gzip' }))).rejects.toMatchObject({
      code: 'unreadable-source',
    })
    await expect(read(sourceOf('csv', 'a,b\n', { compression: 'zstd' }))).rejects.toMatchObject({
      code: 'unreadable-source',
    })
  })

  it('refuses a line without an end, with its number', async () => {
    const line = Buffer.concat([Buffer.from('a,b\n1,2\n3,'), Buffer.alloc(20 * 1024 ** 2, 'x')])
    await expect(read(sourceOf('csv', line))).rejects.toMatchObject({ code: 'too-large', detail: { line: 3 } })
    const quoted = Buffer.concat([
      Buffer.from('a,b\n1,2\n3,"'),
      Buffer.alloc(20 * 1024 ** 2, 'x'),
      Buffer.from('\n4,5\n'),
    ])
    const { rows } = await read(
      sourceOf('csv', quoted, { badRows: 'reject', columns: [{ source: 'a', type: 'int64' }] }),
    ).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'too-large', detail: { line: 3 } })
      return { rows: [] }
    })
    expect(rows.length).toBeLessThanOrEqual(2)
  })
})

it('has plans that leave out, rename, cast and know their own nulls', async () => {
  const { rows } = await read(
    sourceOf('csv', 'a,b,c\n1,-,1700000000\n2,5,0\n', {
      columns: [
        { source: 'c', type: 'timestamp', dateFormat: 'epoch-s', name: 'at' },
        { source: 'b', type: 'int32', nullTokens: ['-'] },
        { source: 'a', type: 'string', skip: true },
        { source: 'absent', type: 'string' },
      ],
    }),
  )
  expect(rows).toEqual([
    { at: '2023-11-14T22:13:20.000Z', b: null, absent: null },
    { at: '1970-01-01T00:00:00.000Z', b: 5, absent: null },
  ])
  const plan = (columns: readonly { source: string; type: never; dateFormat?: string }[]) =>
    read(sourceOf('csv', 'a\n1\n', { columns }))
  await expect(plan([{ source: 'a', type: 'vector[0]' as never }])).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(plan([{ source: 'a', type: 'date' as never, dateFormat: 'qq' }])).rejects.toMatchObject({
    code: 'invalid-input',
  })
  await expect(plan([])).rejects.toMatchObject({ code: 'invalid-input' })
})
