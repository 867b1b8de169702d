import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lancedb } from '../lance/tables.fixture.ts'
import { documents, into, isBuilt, newAt, outcome, rowsOf, run, tables, useImportDesk } from './imports.fixture.ts'

/* Imports by a real engine, its job processes and the parser thread, of files made here. */

const desk = useImportDesk()
const { place, write } = desk

const csv = (from: number, to: number, word = 'item'): string =>
  `id,name,price\n${Array.from({ length: to - from }, (_, row) => `${from + row},${word} ${from + row},${row / 2}\n`).join('')}`

describe.skipIf(!isBuilt)('an estimate', () => {
  it('is of the right size, for tables longer than what is looked at and for documents of several kinds', async () => {
    const long = write('long.csv', csv(100_000, 160_000))
    const { estimate } = await desk.world.client().call('import.preview', { spec: tables([long], newAt(place())) })
    expect(estimate.rowsAreExact).toBe(false)
    expect(Math.abs(estimate.rows - 60_000)).toBeLessThan(6000)
    write('kinds/a.md', '# A\n\nShort.\n')
    const text = Array.from({ length: 300 }, (_, n) => `<p>Paragraph ${n} ${'of some words '.repeat(10)}</p>`).join('')
    write('kinds/b.html', `<h1>B</h1>${text}`)
    const spec = documents([join(desk.folder, 'kinds')], newAt(place()))
    const preview = await desk.world.client().call('import.preview', { spec })
    const { rowsWritten } = await run(desk.world, spec)
    expect(preview.estimate.rows).toBe(rowsWritten)
  })
})

describe.skipIf(!isBuilt)('tables', () => {
  it('make a new dataset, which undoing takes back to its empty first version', async () => {
    const location = place()
    const path = write('new.csv', csv(0, 1000))
    const result = await run(desk.world, tables([path], newAt(location)))
    expect(result).toMatchObject({ rowsWritten: 1000, filesDone: 1, versions: { before: 1, after: 2 } })
    const rows = await rowsOf(location)
    expect(rows).toHaveLength(1000)
    expect(rows[7]).toEqual({ id: 7n, name: 'item 7', price: 3.5 })
    const { dataset } = await desk.world.client().call('datasets.open', { location })
    const { entries } = await desk.world.client().call('ledger.list', { dataset })
    expect(entries.filter(({ operation }) => operation === 'import.run')).toHaveLength(1)
    const [item] = await desk.world.client().call('undo.list', { dataset })
    expect(item).toMatchObject({ kind: 'undo', later: [] })
    expect(item?.problem).toBeUndefined()
    await desk.world.client().call('undo.undo', { dataset, entry: item?.entry.id ?? '', newest: 2 })
    expect(await rowsOf(location)).toEqual([])
    expect(await outcome(run(desk.world, tables([path], newAt(location))))).toBe('already-exists')
  })

  it('go into an existing dataset by name, by mapping, and with nulls for what they lack', async () => {
    const location = place()
    await run(desk.world, tables([write('a.csv', csv(0, 10))], newAt(location)))
    const other = write('b.csv', 'number,title\n100,hundred\n101,more\n')
    const target = into(location, 'append', { mapping: { id: 'number', name: 'title' } })
    await run(desk.world, tables([other], target))
    expect((await rowsOf(location)).slice(10)).toEqual([
      { id: 100n, name: 'hundred', price: null },
      { id: 101n, name: 'more', price: null },
    ])
  })

  it('replace rows of the same key, the last of a key in the file winning', async () => {
    const location = place()
    await run(desk.world, tables([write('c.csv', csv(0, 5))], newAt(location)))
    const path = write('d.csv', 'id,name,price\n3,three,1\n9,nine,2\n3,THREE,4\n')
    await run(desk.world, tables([path], into(location, 'upsert', { key: ['id'] })))
    const rows = await rowsOf(location, ['id', 'name'])
    expect(rows.map(({ id, name }) => `${String(id)} ${String(name)}`).toSorted()).toEqual([
      '0 item 0',
      '1 item 1',
      '2 item 2',
      '3 THREE',
      '4 item 4',
      '9 nine',
    ])
  })

  it('replace everything, with the columns they have', async () => {
    const location = place()
    await run(desk.world, tables([write('e.csv', csv(0, 5))], newAt(location)))
    await run(desk.world, tables([write('f.csv', 'x\n1\n2\n')], into(location, 'overwrite')))
    expect(await rowsOf(location)).toEqual([{ x: 1n }, { x: 2n }])
  })

  it('leave out duplicates: first, last, or none allowed, also of rows that are there', async () => {
    const path = write('g.csv', 'id,v\n1,a\n2,b\n1,c\n3,d\n')
    const by = ['id']
    const first = place()
    expect(await run(desk.world, tables([path], newAt(first), { duplicates: { by, keep: 'first' } }))).toMatchObject({
      rowsWritten: 3,
      rowsSkipped: 1,
    })
    expect((await rowsOf(first)).map(({ v }) => v)).toEqual(['a', 'b', 'd'])
    const last = place()
    await run(desk.world, tables([path], newAt(last), { duplicates: { by, keep: 'last' } }))
    expect((await rowsOf(last)).map(({ v }) => v).toSorted()).toEqual(['b', 'c', 'd'])
    expect(await outcome(run(desk.world, tables([path], newAt(place()), { duplicates: { by, keep: 'error' } })))).toBe(
      'duplicate-rows',
    )
    const more = write('h.csv', 'id,v\n3,x\n4,y\n')
    await run(desk.world, tables([more], into(first, 'append'), { duplicates: { by, keep: 'first' } }))
    expect((await rowsOf(first)).map(({ v }) => v)).toEqual(['a', 'b', 'd', 'y'])
    const same = place()
    const twice = write('i.csv', 'id,v\n1,a\n1,a\n1,\n,a\n')
    await run(desk.world, tables([twice], newAt(same), { duplicates: { by: 'content', keep: 'first' } }))
    expect(await rowsOf(same)).toHaveLength(3)
  })

  it('put rows that cannot be read into a file, and a broken file costs that file', async () => {
    const location = place()
    const good = write('bad/one.csv', 'id,v\n1,a\nx,b\n3,c\n')
    const broken = write('bad/two.parquet', 'PAR1 this is none PAR1')
    const spec = tables([good, broken], newAt(location), {
      rows: {
        kind: 'tables',
        reading: {},
        badRows: 'reject',
        columns: [
          { source: 'id', type: 'int64' },
          { source: 'v', type: 'string' },
        ],
      },
    })
    const result = await run(desk.world, spec)
    expect(result).toMatchObject({ rowsWritten: 2, rowsRejected: 1, filesDone: 1 })
    expect(readFileSync(result.rejectFile ?? '', 'utf8')).toContain('"line":3')
    const log = await desk.world.client().call('import.log', { import: result.import })
    expect(log.some(({ level, file }) => level === 'warning' && file?.endsWith('one.csv') === true)).toBe(true)
  })

  it('put every row that cannot be read into the file, however many there are', async () => {
    const lines = Array.from({ length: 1000 }, (_, row) => (row < 300 ? 'no number' : `${row}`))
    const many = write('bad/many.csv', `id\n${lines.join('\n')}\n`)
    const columns = [{ source: 'id', type: 'int64' }] as const
    const rows = { kind: 'tables', reading: {}, badRows: 'reject', columns: [...columns] } as const
    const result = await run(desk.world, tables([many], newAt(place()), { rows }))
    expect(result).toMatchObject({ rowsWritten: 700, rowsRejected: 300 })
    const rejects = readFileSync(result.rejectFile ?? '', 'utf8')
      .trim()
      .split('\n')
    expect(rejects.map((line) => (JSON.parse(line) as { readonly line: number }).line)).toEqual(
      Array.from({ length: 300 }, (_, row) => row + 2),
    )
    const log = await desk.world.client().call('import.log', { import: result.import })
    expect(log.some(({ message }) => message === 'And 280 more.')).toBe(true)
  })

  it('stop at a bad row when that is wanted, leaving what was there', async () => {
    const location = place()
    await run(desk.world, tables([write('j.csv', csv(0, 3))], newAt(location)))
    const path = write('k.csv', 'id,name,price\n1,a,1\nx,b,2\n')
    const rows = { kind: 'tables', reading: {}, badRows: 'stop' } as const
    expect(await outcome(run(desk.world, tables([path], into(location, 'append'), { rows })))).toBe('bad-rows')
    expect(await rowsOf(location)).toHaveLength(3)
  })

  it('come from another dataset, blobs included', async () => {
    const source = place()
    await run(desk.world, documents([write('blobs/a.md', '# A\n\ntext of a\n')], newAt(source)))
    const copy = place()
    await run(desk.world, tables([source], newAt(copy)))
    const [row] = await rowsOf(copy, ['content', 'source_path'])
    expect(row).toMatchObject({ source_path: 'a.md' })
    const connection = await lancedb.connect(desk.world.folder)
    const table = await connection.openTable(copy.split('/').at(-1)?.replace('.lance', '') ?? '')
    expect(await table.blobColumns()).toEqual(['raw_data'])
    connection.close()
  })

  it('refuse what does not fit before anything is written', async () => {
    const location = place()
    await run(desk.world, tables([write('l.csv', csv(0, 3))], newAt(location)))
    const vectors = write('m.jsonl', '{"id": 1, "v": [1, 2, 3]}\n{"id": 2, "v": [1, 2, 3]}\n')
    const rows = {
      kind: 'tables',
      reading: {},
      badRows: 'stop',
      columns: [
        { source: 'id', type: 'int64' },
        { source: 'v', name: 'name', type: 'vector[3]' },
      ],
    } as const
    expect(await outcome(run(desk.world, tables([vectors], into(location, 'append'), { rows })))).toBe(
      'schema-mismatch',
    )
    const { problems, matches } = await desk.world.client().call('import.preview', {
      spec: tables([vectors], into(location, 'append'), { rows }),
    })
    expect(matches?.find(({ target }) => target === 'name')?.state).toBe('conflict')
    expect(problems.some(({ severity }) => severity === 'error')).toBe(true)
  })
})

describe.skipIf(!isBuilt)('documents', () => {
  const text = (word: string): string =>
    `# ${word}\n\n${`Something about ${word}. `.repeat(60)}\n\n## More\n\n${`And ${word} again. `.repeat(40)}`

  it('become records with vectors, and are updated by what changed', async () => {
    const location = place()
    for (const name of ['a', 'b', 'c']) write(`docs/${name}.md`, text(name))
    const embed = { embedder: 'built-in', source: 'content', target: 'vector' }
    const docs = join(desk.folder, 'docs')
    await run(desk.world, documents([docs], newAt(location), { embed }))
    const before = await rowsOf(location, ['uuid', 'source_path', 'chunk', 'chunks', 'vector', 'content'])
    expect(new Set(before.map(({ source_path: path }) => path))).toEqual(
      new Set(['docs/a.md', 'docs/b.md', 'docs/c.md']),
    )
    expect(before.every(({ vector }) => vector !== null)).toBe(true)
    expect(new Set(before.map(({ uuid }) => uuid)).size).toBe(before.length)

    write('docs/a.md', '# a\n\nshort now')
    write('docs/d.md', text('d'))
    rmSync(join(docs, 'c.md'))
    const update = documents([docs], into(location, 'update', { gone: 'delete' }), { embed })
    const { update: plan } = await desk.world.client().call('import.preview', { spec: update })
    expect(plan).toEqual({ unchanged: 1, new: ['docs/d.md'], changed: ['docs/a.md'], gone: ['docs/c.md'] })
    const result = await run(desk.world, update)
    const after = await rowsOf(location, ['source_path', 'content', 'chunk'])
    expect(after.filter(({ source_path: path }) => path === 'docs/a.md')).toHaveLength(1)
    expect(after.some(({ source_path: path }) => path === 'docs/c.md')).toBe(false)
    expect(after.some(({ source_path: path }) => path === 'docs/d.md')).toBe(true)
    expect(result.rowsDeleted).toBeGreaterThan(0)
    const again = await run(desk.world, update)
    expect(again).toMatchObject({
      rowsWritten: 0,
      rowsDeleted: 0,
      filesDone: 3,
      versions: { before: result.versions.after, after: result.versions.after },
    })
  })
})
