import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrow, column, tableOf } from '../lance/tables.fixture.ts'
import { makeTestEngine, type TestEngine } from '../rows/engine.fixture.ts'
import { compareAll, type Compared } from './compare.fixture.ts'
import { createCompareHandlers } from './index.ts'
import { diffPlainly } from './oracle.fixture.ts'
import { randomFrom, readVersion } from './random-history.fixture.ts'

/*
 * Comparisons of which most rows stand in the same order on both sides, over several batches, against a plain diff: after
 * compaction, and between two datasets of which one was edited in place.
 */

const ROWS = 24_000
const COLUMNS = ['id', 'number', 'text', 'ratio', 'tags']
/** A bound so small that records go to disk. */
const TINY = { recordBytes: 32 * 1024, resultBytes: 12 * 1024 }

let engine: TestEngine

beforeAll(async () => {
  engine = await makeTestEngine()
})
afterAll(() => engine.remove())

type Edit = 'value' | 'nan' | 'gone' | 'again'

/** Rows [start, start + count); with `isMessy` ids repeat and are null now and then. `edits` by row. */
function makeRows(start: number, count: number, isMessy: boolean, edits: ReadonlyMap<number, Edit> = new Map()) {
  const random = randomFrom(start + 1)
  const all = Array.from({ length: count }, (_, index) => {
    const id = start + index
    const repeated = random(50) === 0 ? null : BigInt(random(9000))
    return {
      id: isMessy ? repeated : BigInt(id),
      number: random(6) === 0 ? null : random(4),
      text: random(9) === 0 ? null : `text ${'x'.repeat(random(12))} ${random(40)}`,
      ratio: [0, -0, Number.NaN, 1.5, null][random(5)]!,
      tags:
        random(7) === 0 ? null : Array.from({ length: random(3) }, () => (random(5) === 0 ? null : `tag ${random(3)}`)),
      edit: edits.get(id),
    }
  })
  const rows = all.flatMap((row) => {
    if (row.edit === 'gone') return []
    if (row.edit === 'again') return [row, row]
    return [
      row.edit === 'value' ? { ...row, text: 'edited' } : row.edit === 'nan' ? { ...row, ratio: Number.NaN } : row,
    ]
  })
  return tableOf({
    id: column(
      new arrow.Int64(),
      rows.map(({ id }) => id),
    ),
    number: column(
      new arrow.Int32(),
      rows.map(({ number }) => number),
    ),
    text: column(
      new arrow.Utf8(),
      rows.map(({ text }) => text),
    ),
    ratio: column(
      new arrow.Float64(),
      rows.map(({ ratio }) => ratio),
    ),
    tags: column(
      new arrow.List(new arrow.Field('item', new arrow.Utf8(), true)),
      rows.map(({ tags }) => tags),
    ),
  })
}

const text = (row: Readonly<Record<string, string>>): string => JSON.stringify(row)

function found({ added, removed, changed, totals }: Compared) {
  const { from, to } = totals.duplicateKeys
  return {
    added: added.map(text).sort(),
    removed: removed.map(text).sort(),
    changed: changed.map(({ before, after }) => `${text(before)} -> ${text(after)}`).sort(),
    changedCells: Object.fromEntries(totals.changedCells.map(({ column: name, cells }) => [name, cells])),
    duplicates: { from, to },
    nullKeys: totals.nullKeys,
  }
}

const IDENTITIES = [['id'], ['number', 'text'], undefined]

it.each([
  { title: 'unique ids', isMessy: false, isStable: false },
  { title: 'stable row ids', isMessy: false, isStable: true },
  { title: 'repeated and null ids', isMessy: true, isStable: false },
])('finds what a plain diff finds after compaction: $title', async ({ title, isMessy, isStable }) => {
  const options = { newTableEnableStableRowIds: String(isStable) }
  const table = await engine.folder.create(title, makeRows(0, ROWS / 2, isMessy), options)
  await table.add(makeRows(ROWS / 2, ROWS / 2, isMessy))
  const before = await table.version()
  await table.update({ where: 'id % 100 = 7', valuesSql: { number: '9' } })
  await table.delete('id % 1000 = 8 OR (id > 3000 AND id < 3100)')
  await table.add(makeRows(ROWS, 50, isMessy))
  await table.optimize({ cleanupOlderThan: new Date(0) })
  const after = await table.version()
  const [from, to] = [await readVersion(table, before), await readVersion(table, after)]
  const dataset = await engine.open(title)
  const sides = { from: { dataset, ref: { version: before } }, to: { dataset, ref: { version: after } } }
  for (const key of IDENTITIES) {
    const plain = diffPlainly(from, to, COLUMNS, key ?? (isStable ? 'row-id' : 'content'))
    const input = { ...sides, rows: key === undefined ? {} : { key } }
    const compared = await compareAll(createCompareHandlers(engine.context), input)
    expect(compared.totals.cost.rowsRead).toBe(from.length + to.length)
    const { changed, changedCells, duplicates, ...rest } = found(compared)
    if (key !== undefined) expect(duplicates).toEqual(plain.duplicates)
    expect({ ...rest, changed: changed.length }).toMatchObject({
      added: plain.added,
      nullKeys: plain.nullKeys,
      changed: plain.changed.length,
    })
    // Of rows that share a key, which one counts as changed into which depends on where they stand.
    const isUnique = key === undefined || duplicates.from + duplicates.to === 0
    if (isUnique) expect({ removed: rest.removed, changed, changedCells }).toMatchObject(pick(plain))
    const tight = await compareAll(createCompareHandlers(engine.context, TINY), input)
    expect(found(tight)).toEqual(found(compared))
  }
})

function pick({ removed, changed, changedCells }: ReturnType<typeof diffPlainly>) {
  return { removed, changed, changedCells }
}

it.each([false, true])('finds what a plain diff finds in a copy edited in place, messy ids %s', async (isMessy) => {
  const kinds: readonly Edit[] = ['value', 'nan', 'gone', 'again']
  const random = randomFrom(5)
  const edits = new Map(Array.from({ length: 400 }, (_, at) => [random(ROWS), kinds[at % 4]!] as const))
  for (let row = 9000; row < 9040; row++) edits.set(row, 'gone')
  const tables = [
    await engine.folder.create(`original-${isMessy}`, makeRows(0, ROWS, isMessy)),
    await engine.folder.create(`copy-${isMessy}`, makeRows(0, ROWS, isMessy, edits)),
  ]
  const [from, to] = [await readVersion(tables[0]!, 1), await readVersion(tables[1]!, 1)]
  const datasets = [await engine.open(`original-${isMessy}`), await engine.open(`copy-${isMessy}`)]
  for (const key of IDENTITIES) {
    for (const isBackwards of [false, true]) {
      const [older, newer] = isBackwards ? [1, 0] : [0, 1]
      const plain = isBackwards
        ? diffPlainly(to, from, COLUMNS, key ?? 'content')
        : diffPlainly(from, to, COLUMNS, key ?? 'content')
      const compared = await compareAll(createCompareHandlers(engine.context), {
        from: { dataset: datasets[older]! },
        to: { dataset: datasets[newer]! },
        rows: key === undefined ? {} : { key },
      })
      const ours = found(compared)
      expect(ours.nullKeys).toEqual(plain.nullKeys)
      if (key !== undefined) expect(ours.duplicates).toEqual(plain.duplicates)
      expect([ours.added.length, ours.removed.length, ours.changed.length]).toEqual([
        plain.added.length,
        plain.removed.length,
        plain.changed.length,
      ])
      if (key === undefined) expect(ours).toMatchObject({ added: plain.added, removed: plain.removed })
      if (key?.length === 1 && !isMessy) expect(ours.changed).toEqual(plain.changed)
    }
  }
})
