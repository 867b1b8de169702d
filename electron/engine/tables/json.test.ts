import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { detect, read, sourceOf } from './tables.fixture.ts'

const lines = (...records: readonly unknown[]): string => records.map((record) => JSON.stringify(record)).join('\n')

describe('types', () => {
  it('keeps nesting, makes vectors, and reads texts as texts', async () => {
    const record = (id: number) => ({
      id,
      score: id / 2,
      ok: id % 2 === 0,
      zip: `0${id}`,
      at: `2024-01-0${id}T00:00:00Z`,
      v: [id, 0.25],
      tags: Array.from({ length: id }, (_, index) => `t${index}`),
      counts: Array.from({ length: id }, (_, index) => index),
      place: { city: `c"${id}`, at: { lat: id, lon: -id } },
      mixed: id === 1 ? { a: 1 } : [id],
      kinds: id === 1 ? 'x' : 5,
      nothing: null,
    })
    const source = sourceOf('jsonl', lines(record(1), record(2), record(3)))
    const { columns, rows: known } = await detect(source)
    expect(known).toBe(3)
    expect(Object.fromEntries(columns.map(({ source, type }) => [source, type]))).toEqual({
      id: 'int64',
      score: 'float64',
      ok: 'bool',
      zip: 'string',
      at: 'timestamp',
      v: 'vector[2]',
      tags: 'list<string>',
      counts: 'list<int64>',
      place: 'struct<"city": string, "at": struct<"lat": int64, "lon": int64>>',
      mixed: 'json',
      kinds: 'string',
      nothing: 'string',
    })
    const { rows } = await read(source)
    expect(rows[1]).toEqual({
      id: 2n,
      score: 1,
      ok: true,
      zip: '02',
      at: '2024-01-02T00:00:00.000Z',
      v: [2, 0.25],
      tags: ['t0', 't1'],
      counts: [0n, 1n],
      place: { city: 'c"2', at: { lat: 2n, lon: -2n } },
      mixed: '[2]',
      kinds: '5',
      nothing: null,
    })
  })

  it('keeps whole numbers exact', async () => {
    const { rows } = await read(
      sourceOf('jsonl', '{"a":9007199254740993,"b":[9007199254740993]}\n{"a":-9223372036854775808,"b":[]}'),
    )
    expect(rows).toEqual([
      { a: 9007199254740993n, b: [9007199254740993n] },
      { a: -9223372036854775808n, b: [] },
    ])
  })

  it('reads every escape, and refuses half a surrogate pair', async () => {
    const odd = 'ä\n\t"\\/\u0001é😀\u2028'
    const escaped = '{"t":"\\u00e4\\n\\t\\"\\\\\\/\\u0001\\u00e9\\ud83d\\ude00\\u2028"}'
    const { rows, rejects } = await read(
      sourceOf('jsonl', `${escaped}\n${JSON.stringify({ t: odd })}\n{"t":"\\ud83d"}\n`, { badRows: 'reject' }),
    )
    expect(rows).toEqual([{ t: odd }, { t: odd }])
    expect(rejects[0]?.reason).toContain('surrogate')
  })

  it('takes null as null and the words for it as texts', async () => {
    const { rows } = await read(sourceOf('jsonl', lines({ a: 'NA', b: 1 }, { a: null, b: null }, { b: 2 })))
    expect(rows).toEqual([
      { a: 'NA', b: 1n },
      { a: null, b: null },
      { a: null, b: 2n },
    ])
  })
})

describe('where records are', () => {
  it('finds a list at the top, inside, and by its path', async () => {
    for (const text of ['[{"a":1},{"a":2}]', '{"n":2,"skip":[1,2],"data":{"rows":[{"a":1},{"a":2}]}}']) {
      expect((await read(sourceOf('json', text))).rows).toEqual([{ a: 1n }, { a: 2n }])
    }
    const two = '{"first":[{"x":1}],"second":[{"a":1},{"a":2}]}'
    expect((await read(sourceOf('json', two, { reading: { records: 'second' } }))).rows).toEqual([{ a: 1n }, { a: 2n }])
    await expect(read(sourceOf('json', two, { reading: { records: 'third' } }))).rejects.toMatchObject({
      code: 'unreadable-source',
    })
  })

  it('takes lines for lines whatever the file is called', async () => {
    expect((await read(sourceOf('json', '{"a":1}\n{"a":2}\n'))).rows).toEqual([{ a: 1n }, { a: 2n }])
  })

  it('streams records across the blocks of a file', async () => {
    const records = Array.from({ length: 30_000 }, (_, id) => ({ id, text: 'x'.repeat(id % 90), inner: { id } }))
    for (const text of [JSON.stringify(records, null, 1), JSON.stringify({ meta: 'y'.repeat(700_000), records })]) {
      const { rows } = await read(sourceOf('json', text))
      expect(rows).toHaveLength(30_000)
      expect(rows[29_999]).toEqual({ id: 29_999n, text: 'x'.repeat(29_999 % 90), inner: { id: 29_999n } })
    }
  })

  it('reads paths into objects', async () => {
    const { rows } = await read(
      sourceOf('jsonl', lines({ a: { b: { c: 1, d: 2 } }, 'x.y': 3 }), {
        columns: [
          { source: 'a.b.c', type: 'int64', name: 'c' },
          { source: 'a', type: 'json' },
          { source: 'x.y', type: 'int64' },
        ],
      }),
    )
    expect(rows).toEqual([{ c: 1n, a: '{"b":{"c":1,"d":2}}', x_y: 3n }])
  })
})

describe('hostile records', () => {
  it('costs the row what is no JSON, with its line', async () => {
    const text = '{"a":1}\n{"a":}\n\n[1]\n{"a":2} x\n{"a":3,"new":1}\n{"a":01}\n{"a":"x\ty"}\n{"a":4\n{"a":5}'
    const { rows, rejects } = await read(
      sourceOf('jsonl', text, { badRows: 'reject', columns: [{ source: 'a', type: 'int64' }] }),
    )
    expect(rows).toEqual([{ a: 1n }, { a: 5n }])
    expect(rejects.map(({ line }) => line)).toEqual([2, 4, 5, 6, 7, 8, 9])
    expect(rejects[3]?.reason).toBe('has the key "new", for which there is no column')
    const kept = await read(sourceOf('jsonl', text, { badRows: 'null', columns: [{ source: 'a', type: 'int64' }] }))
    expect(kept.rows).toContainEqual({ a: 3n })
  })

  it('survives nesting of a hundred thousand levels', async () => {
    const deep = `{"a":1}\n{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n{"a":2}\n`
    const { rows, rejects } = await read(sourceOf('jsonl', deep, { badRows: 'reject' }))
    expect(rows).toEqual([{ a: 1n }, { a: 2n }])
    expect(rejects[0]?.reason).toContain('deeper')
    await expect(detect(sourceOf('json', '['.repeat(100_000)))).rejects.toMatchObject({ code: 'unreadable-source' })
    await expect(detect(sourceOf('json', '{"a":'.repeat(100_000)))).rejects.toMatchObject({ code: 'unreadable-source' })
  })

  it('refuses what comes behind the list that is the document', async () => {
    for (const text of ['[{"a":1}]\n[{"a":2}]', '[{"a":1}]{"a":2}', `[{"a":1}]${' '.repeat(3_000_000)}x`]) {
      const message = expect.stringContaining('behind the end')
      await expect(read(sourceOf('json', text))).rejects.toMatchObject({ code: 'unreadable-source', message })
    }
    expect((await read(sourceOf('json', `[{"a":1},]${' '.repeat(3_000_000)}\n`))).rows).toEqual([{ a: 1n }])
  })

  it('refuses keys that are data', async () => {
    const bomb = lines(
      ...Array.from({ length: 200 }, (_, row) =>
        Object.fromEntries(Array.from({ length: 1000 }, (_, key) => [`k${row}_${key}`, 1])),
      ),
    )
    await expect(detect(sourceOf('jsonl', bomb))).rejects.toMatchObject({ code: 'unreadable-source' })
    const { rows } = await read(sourceOf('jsonl', '{"__proto__":1,"constructor":"x","toString":true}'))
    expect(Object.entries(rows[0] ?? {})).toContainEqual(['constructor', 'x'])
  })

  it('says where a list breaks off', async () => {
    const cut = sourceOf('json', '[{"a":1},{"a":2},{"a":', { columns: [{ source: 'a', type: 'int64' }] })
    await expect(read(cut)).rejects.toMatchObject({
      code: 'unreadable-source',
      message: expect.stringContaining('record 3'),
    })
    await expect(read(sourceOf('json', '[{"a":1}'))).rejects.toMatchObject({ code: 'unreadable-source' })
    for (const text of ['', '[', '{}', '[]', '[1,2]', '"x"', '<html>', 'PK\u0003\u0004']) {
      await expect(detect(sourceOf('json', text))).rejects.toMatchObject({ code: 'unreadable-source' })
    }
  })

  it('reads what others pack', async () => {
    const { rows } = await read(sourceOf('jsonl', gzipSync('\ufeff{"a":1}\r\n{"a":2}\r\n'), { compression: 'gzip' }))
    expect(rows).toEqual([{ a: 1n }, { a: 2n }])
  })
})
