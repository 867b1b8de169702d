import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Duplicates, ImportSpec } from '#shared/model/import/spec.ts'
import { arrow, column, lancedb, tableOf } from '../lance/tables.fixture.ts'
import { documents, into, isBuilt, newAt, outcome, rowsOf, run, tables, useImportDesk } from './imports.fixture.ts'
import { blobsOf, valuesOf } from './values.fixture.ts'

/* What an import can be told beside its sources, run by a real engine: duplicates, modes, mapping, compaction. */

// Every import is a process of its own, on machines that are busy.
vi.setConfig({ testTimeout: 120_000 })

const desk = useImportDesk()
const { place } = desk
let names = 0
const write = (content: string | Uint8Array, ending = 'csv') => desk.write(`choice${names++}.${ending}`, content)

async function made(content: string, ending = 'csv'): Promise<string> {
  const location = place()
  await run(desk.world, tables([write(content, ending)], newAt(location)))
  return location
}

const preview = (spec: ImportSpec) => desk.world.client().call('import.preview', { spec })
const errorsOf = async (spec: ImportSpec): Promise<string> =>
  (await preview(spec)).problems.flatMap(({ severity, message }) => (severity === 'error' ? [message] : [])).join('\n')
const sorted = async (location: string, name: string): Promise<readonly unknown[]> =>
  (await valuesOf(location, [name]))[name]?.toSorted() ?? []

describe.skipIf(!isBuilt)('duplicates', () => {
  const BEFORE = 'id,v\n1,old\n2,old\n'
  const FILE = 'id,v\n2,a\n3,b\n3,c\n3,c\n,d\n,d\n'
  const keeps = ['first', 'last', 'error'] as const

  it.each(keeps)('by key within a file: %s', async (keep) => {
    const location = place()
    const spec = tables([write(FILE)], newAt(location), { duplicates: { by: ['id'], keep } })
    if (keep === 'error') {
      expect(await outcome(run(desk.world, spec))).toBe('duplicate-rows')
      expect(existsSync(location)).toBe(false)
      return
    }
    const result = await run(desk.world, spec)
    // A row without a key is like no other; where later rows replace earlier ones there is no place for it.
    const wanted = keep === 'first' ? ['a', 'b', 'd', 'd'] : ['a', 'c']
    expect(await sorted(location, 'v')).toEqual(wanted)
    expect(result).toMatchObject({ rowsSkipped: 2, rowsRejected: keep === 'first' ? 0 : 2 })
    const log = await desk.world.client().call('import.log', { import: result.import })
    expect(log.some(({ message }) => message.includes('no value in the key'))).toBe(keep === 'last')
  })

  it.each(keeps)('by key against the dataset: %s', async (keep) => {
    const location = await made(BEFORE)
    const file = write('id,v\n2,a\n4,b\n')
    const end = await outcome(
      run(desk.world, tables([file], into(location, 'append'), { duplicates: { by: ['id'], keep } })),
    )
    expect(end).toBe(keep === 'error' ? 'duplicate-rows' : 'done')
    const wanted = { first: ['b', 'old', 'old'], last: ['a', 'b', 'old'], error: ['old', 'old'] }
    expect(await sorted(location, 'v')).toEqual(wanted[keep])
  })

  it.each(keeps)('by content, within a file and against the dataset: %s', async (keep) => {
    const location = await made(BEFORE)
    const duplicates: Duplicates = { by: 'content', keep }
    const within = await outcome(run(desk.world, tables([write(FILE)], into(location, 'append'), { duplicates })))
    expect(within).toBe(keep === 'error' ? 'duplicate-rows' : 'done')
    const added = keep === 'error' ? [] : ['a', 'b', 'c', 'd']
    expect(await sorted(location, 'v')).toEqual([...added, 'old', 'old'])
    const again = await outcome(run(desk.world, tables([write(BEFORE)], into(location, 'append'), { duplicates })))
    expect(again).toBe(keep === 'error' ? 'duplicate-rows' : 'done')
    expect(await sorted(location, 'v')).toEqual([...added, 'old', 'old'])
  })

  it('by content are told in columns of every kind, also as the dataset gives them back', async () => {
    const rows = [
      {
        id: 1,
        j: { b: [1, { c: null }], a: 'x' },
        l: ['p', 'q'],
        v: [1, 2, 3],
        o: { deep: { er: 1.5 } },
        t: '2024-01-02',
      },
      {
        id: 1,
        j: { b: [1, { c: null }], a: 'y' },
        l: ['p', 'q'],
        v: [1, 2, 3],
        o: { deep: { er: 1.5 } },
        t: '2024-01-02',
      },
      { id: 1, j: null, l: [], v: [1, 2, 4], o: { deep: { er: null } }, t: null },
      { id: null, j: {}, l: null, v: null, o: null, t: '2024-01-03' },
    ]
    const text = (some: readonly object[]): string => some.map((row) => `${JSON.stringify(row)}\n`).join('')
    const columns = [
      { source: 'id', type: 'int64' },
      { source: 'j', type: 'json' },
      { source: 'l', type: 'list<string>' },
      { source: 'v', type: 'vector[3]' },
      { source: 'o', type: 'json' },
      { source: 't', type: 'date' },
    ] as const
    const more = {
      rows: { kind: 'tables', reading: {}, badRows: 'stop', columns },
      duplicates: { by: 'content', keep: 'first' },
    } as const
    const location = place()
    const twice = write(text([...rows, ...rows]), 'jsonl')
    expect(await run(desk.world, tables([twice], newAt(location), more))).toMatchObject({
      rowsWritten: 4,
      rowsSkipped: 4,
    })
    const again = tables([twice], into(location, 'append'), more)
    expect(await run(desk.world, again)).toMatchObject({ rowsWritten: 0, rowsSkipped: 8 })
  })

  it('by content are told of types only datasets have, and blobs are said not to be compared', async () => {
    const field = (name: string, type: InstanceType<typeof arrow.DataType>) => new arrow.Field(name, type, true)
    const struct = new arrow.Struct([
      field('a', new arrow.Int32()),
      field('b', new arrow.List(field('item', new arrow.Utf8()))),
    ])
    const source = tableOf({
      s: column(struct, [{ a: 1, b: ['x'] }, { a: 1, b: ['y'] }, null, { a: 1, b: ['x'] }]),
      d: column(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), ['r', 'r', 'g', 'r']),
      f: column(new arrow.Float32(), [Number.NaN, 0, null, Number.NaN]),
      w: column(new arrow.LargeUtf8(), ['1', '2', '3', '1']),
    })
    const connection = await lancedb.connect(desk.world.folder)
    await connection.createTable('kinds', source)
    connection.close()
    const location = join(desk.world.folder, 'kinds.lance')
    const file = write(arrow.tableToIPC(source, 'stream'), 'arrow')
    const duplicates = { by: 'content', keep: 'first' } as const
    const copy = place()
    expect(await run(desk.world, tables([file], newAt(copy), { duplicates }))).toMatchObject({
      rowsWritten: 3,
      rowsSkipped: 1,
    })
    expect(await run(desk.world, tables([file], into(location, 'append'), { duplicates }))).toMatchObject({
      rowsWritten: 0,
    })

    const media = join(desk.folder, 'blobs')
    mkdirSync(media)
    writeFileSync(join(media, 'a.bin'), Buffer.from([0, 1, 2]))
    const rows = { kind: 'media', thumbnails: false, tags: [], metadata: {} } as const
    const spec: ImportSpec = { version: 1, sources: { paths: [media] }, rows, target: newAt(place()), duplicates }
    const { problems } = await preview(spec)
    expect(problems).toMatchObject([{ severity: 'warning', message: expect.stringContaining('"data"') }])
    await run(desk.world, spec)
    expect(await blobsOf(spec.target.location, 'data')).toEqual(['000102'])
  })

  it('by content are told though their vectors are yet to be made', async () => {
    const location = place()
    const file = write('id,text\n1,one thing\n2,another\n1,one thing\n')
    const more = {
      embed: { embedder: 'built-in', source: 'text', target: 'vector' },
      duplicates: { by: 'content', keep: 'first' },
    } as const
    expect(await run(desk.world, tables([file], newAt(location), more))).toMatchObject({
      rowsWritten: 2,
      rowsSkipped: 1,
    })
    expect(await run(desk.world, tables([file], into(location, 'append'), more))).toMatchObject({ rowsWritten: 0 })
  })

  it('by columns of every kind: the first is kept, and the last where Lance can replace by them', async () => {
    const lines = [1, 2, 1].map((id, row) =>
      JSON.stringify({
        v: [id, 2.5],
        l: [`${id}`],
        j: { b: id, a: [1] },
        s: `${id}`,
        f: id / 2,
        t: `2024-01-0${id}`,
        b: id === 1,
        row,
      }),
    )
    const columns = [
      { source: 'v', type: 'vector[2]' },
      { source: 'l', type: 'list<string>' },
      { source: 'j', type: 'json' },
      { source: 's', type: 'string' },
      { source: 'f', type: 'float64' },
      { source: 't', type: 'timestamp' },
      { source: 'b', type: 'bool' },
      { source: 'row', type: 'int64' },
    ] as const
    const rows = { kind: 'tables', reading: {}, badRows: 'stop', columns } as const
    const file = write(`${lines.join('\n')}\n`, 'jsonl')
    const names = ['v', 'l', 's', 'f', 't', 'b']
    for (const name of names) {
      const location = place()
      await run(desk.world, tables([file], newAt(location), { rows, duplicates: { by: [name], keep: 'first' } }))
      expect(await sorted(location, 'row'), name).toEqual(['0n', '1n'])
      await run(
        desk.world,
        tables([file], into(location, 'append'), { rows, duplicates: { by: [name], keep: 'last' } }),
      )
      expect(await sorted(location, 'row'), name).toEqual(['1n', '2n'])
    }
    // Lance finds no row again by JSON.
    const location = place()
    await run(desk.world, tables([file], newAt(location), { rows, duplicates: { by: ['j'], keep: 'first' } }))
    const again = tables([file], into(location, 'append'), { rows, duplicates: { by: ['j'], keep: 'first' } })
    expect(await run(desk.world, again)).toMatchObject({ rowsWritten: 0, rowsSkipped: 3 })
    const last = tables([file], into(location, 'append'), { rows, duplicates: { by: ['j'], keep: 'last' } })
    const upsert = tables([file], into(location, 'upsert', { key: ['j'] }), { rows })
    for (const spec of [last, upsert]) {
      expect(await errorsOf(spec)).toContain('Rows cannot be replaced by "j"')
      expect(await outcome(run(desk.world, spec))).toBe('schema-mismatch')
    }
  })

  it('are refused where nothing could be done about them', async () => {
    const location = place()
    const path = join(desk.folder, 'doc.md')
    writeFileSync(path, '# A\n\ntext\n')
    await run(desk.world, documents([path], newAt(location)))
    const update = documents([path], into(location, 'update'), { duplicates: { by: 'content', keep: 'first' } })
    expect(await errorsOf(update)).toContain('whole files')
    expect(await outcome(run(desk.world, update))).toBe('schema-mismatch')

    const rows = await made('id,v\n1,a\n')
    const last = tables([write('id,v\n1,b\n')], into(rows, 'upsert', { key: ['id'] }), {
      duplicates: { by: ['v'], keep: 'last' },
    })
    expect(await errorsOf(last)).toContain('by their key')
    expect(await outcome(run(desk.world, last))).toBe('schema-mismatch')
    const gone = tables([write('id,v\n1,b\n')], into(rows, 'append'), { duplicates: { by: ['none'], keep: 'last' } })
    expect(await errorsOf(gone)).toContain('"none"')
  })
})

describe.skipIf(!isBuilt)('modes', () => {
  it('replacing by a key of two columns leaves out rows without one, and says so', async () => {
    const location = await made('a,b,v\n1,x,1\n1,y,2\n2,x,3\n')
    const file = write('a,b,v\n1,y,20\n,x,30\n3,,40\n3,z,50\n')
    const result = await run(desk.world, tables([file], into(location, 'upsert', { key: ['a', 'b'] })))
    expect(await sorted(location, 'v')).toEqual(['1n', '20n', '3n', '50n'])
    expect(result).toMatchObject({ rowsWritten: 2, rowsRejected: 2 })
    const log = await desk.world.client().call('import.log', { import: result.import })
    expect(log).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('2 rows') }),
    )
  })

  it('overwriting by rows that are none leaves what is there, and says so', async () => {
    const location = await made('id,v\n1,a\n')
    const before = (await rowsOf(location)).length
    const rows = {
      kind: 'tables',
      reading: {},
      badRows: 'reject',
      columns: [{ source: 'id', type: 'int64' }],
    } as const
    const end = await outcome(run(desk.world, tables([write('id\nx\ny\n')], into(location, 'overwrite'), { rows })))
    expect(end).toBe('schema-mismatch')
    expect(await rowsOf(location)).toHaveLength(before)
  })

  it('overwriting keeps the last of a key, and undoing brings back what was there', async () => {
    const location = await made('id,v\n1,a\n9,z\n')
    const duplicates = { by: ['id'], keep: 'last' } as const
    await run(desk.world, tables([write('id,w\n1,b\n2,c\n1,d\n')], into(location, 'overwrite'), { duplicates }))
    expect((await rowsOf(location)).map(({ id, w }) => `${String(id)}${String(w)}`).toSorted()).toEqual(['1d', '2c'])
    await undoLast(location)
    expect(await valuesOf(location)).toEqual({ id: ['1n', '9n'], v: ['a', 'z'] })
  })

  it('compacting at the end leaves few fragments and is one step with the import', async () => {
    const location = await made('id,v\n1,a\n')
    for (let part = 0; part < 4; part++) {
      await run(desk.world, tables([write(`id,v\n${part},b\n`)], into(location, 'append')))
    }
    const before = await rowsOf(location)
    const spec = tables([write('id,v\n100,c\n')], into(location, 'append'), { compactAtEnd: true })
    const result = await run(desk.world, spec)
    expect(result.compacted).toBe(true)
    const { dataset } = await desk.world.client().call('datasets.open', { location })
    expect(await desk.world.client().call('fragments.list', { dataset })).toHaveLength(1)
    expect(await rowsOf(location)).toHaveLength(6)
    await undoLast(location)
    expect(await rowsOf(location)).toEqual(before)
  })

  async function undoLast(location: string): Promise<void> {
    const { dataset } = await desk.world.client().call('datasets.open', { location })
    const [item] = await desk.world.client().call('undo.list', { dataset })
    expect(item).toMatchObject({ kind: 'undo', entry: { operation: 'import.run' }, later: [] })
    const newest = item?.entry.versionAfter ?? 0
    await desk.world.client().call('undo.undo', { dataset, entry: item?.entry.id ?? '', newest })
  }
})

describe.skipIf(!isBuilt)('mapping', () => {
  const states = async (spec: ImportSpec) =>
    (await preview(spec)).matches?.map(({ target, source, state }) => `${target ?? '-'} < ${source ?? '-'}: ${state}`)

  it('shows what is missing, extra, left null and in conflict, and the import does as it says', async () => {
    const location = await made('id,name,price\n1,a,1.5\n')
    const file = write('id,name,title,extra\n7,b,c,d\n')
    const fits = tables([file], into(location, 'append', { mapping: { name: 'title', price: null } }))
    expect(await states(fits)).toEqual([
      'id < id: same',
      'name < title: same',
      'price < -: null',
      '- < name: extra',
      '- < extra: extra',
    ])
    await run(desk.world, fits)
    expect((await rowsOf(location))[1]).toEqual({ id: 7n, name: 'c', price: null })
    const absent = tables([file], into(location, 'append', { mapping: { price: 'cost' } }))
    expect(await states(absent)).toContain('price < cost: conflict')
    expect(await errorsOf(absent)).toContain('no column "cost"')
    const unknown = tables([file], into(location, 'append', { mapping: { none: 'title' } }))
    expect(await errorsOf(unknown)).toContain('no column "none"')
    // A column of a text file is read in one type: it cannot fill columns of two.
    const twice = tables([file], into(location, 'append', { mapping: { price: 'id' } }))
    expect(await states(twice)).toContain('id < id: conflict')
    for (const spec of [absent, unknown, twice]) expect(await outcome(run(desk.world, spec))).toBe('schema-mismatch')
    expect(await rowsOf(location)).toHaveLength(2)
  })

  it('takes the columns a preview found, objects and lists among them', async () => {
    const lines = [1, 2].map((id) => `{"id":${id},"place":{"city":"c${id}","zip":${id}},"words":["a","b"]}\n`).join('')
    const file = write(lines, 'jsonl')
    const location = place()
    const { columns = [] } = await preview(tables([file], newAt(location)))
    expect(columns.map(({ type }) => type)).toEqual(['int64', 'struct<"city": string, "zip": int64>', 'list<string>'])
    const chosen = columns.map(({ source, type }) => ({ source, type }))
    const rows = { kind: 'tables', reading: {}, badRows: 'stop', columns: chosen } as const
    await run(desk.world, tables([file], newAt(location), { rows }))
    expect(await valuesOf(location)).toEqual({
      id: ['1n', '2n'],
      place: [
        { city: 'c1', zip: '1n' },
        { city: 'c2', zip: '2n' },
      ],
      words: [
        ['a', 'b'],
        ['a', 'b'],
      ],
    })
  })

  it.each(['stop', 'reject', 'null'] as const)(
    'marks vectors of another length as the conflict (%s)',
    async (badRows) => {
      const location = await made('{"id":1,"v":[1,2,3,4]}\n{"id":2,"v":[1,2,3,5]}\n', 'jsonl')
      const rows = { kind: 'tables', reading: {}, badRows } as const
      for (const file of [
        write('{"id":3,"v":[1,2,3]}\n{"id":4,"v":[4,5,6]}\n', 'jsonl'),
        write('id,v\n3,"[1,2,3]"\n4,"[4,5,6]"\n'),
      ]) {
        const spec = tables([file], into(location, 'append'), { rows })
        expect(await states(spec)).toEqual(['id < id: same', 'v < v: conflict'])
        expect(await errorsOf(spec)).toContain('Vectors of 3 numbers do not go into "v", whose vectors have 4.')
        expect(await outcome(run(desk.world, spec))).toBe('schema-mismatch')
      }
      expect(await rowsOf(location)).toHaveLength(2)
    },
  )

  it('marks what cannot be read in the type of the dataset', async () => {
    const location = await made('id,when\n1,2024-01-02\n2,2024-01-03\n')
    const spec = tables([write('id,when\nx1,2024-01-02\nx2,2024-01-03\n')], into(location, 'append'))
    expect(await states(spec)).toEqual(['id < id: conflict', 'when < when: same'])
    expect(await outcome(run(desk.world, spec))).toBe('schema-mismatch')
  })
})
