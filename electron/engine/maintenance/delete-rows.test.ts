import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Table } from '@lancedb/lancedb'
import { numbered } from '../lance/tables.fixture.ts'
import { openTable, readIds } from '../versions/writing.fixture.ts'
import { makeMaintenanceBench, type MaintenanceBench } from './maintenance.fixture.ts'

let bench: MaintenanceBench
beforeAll(async () => {
  bench = await makeMaintenanceBench()
})
afterAll(() => bench.remove())

async function makeTable(name: string, options?: Record<string, string>) {
  const table = await bench.folder.create(name, numbered(100), options)
  await table.add(numbered(100, 100))
  return { table, dataset: await bench.open(name), location: bench.folder.locate(name) }
}

describe('maintenance.deleteRows', () => {
  it('counts first, deletes exactly those, and older versions keep them', async () => {
    const { dataset, location } = await makeTable('some')
    const filter = 'id >= 95 and id < 110'
    const foretold = await bench.forecast(dataset, { kind: 'delete-rows', filter })
    expect(foretold).toMatchObject({ nothingToDo: false, rows: 15, version: 2 })
    expect(foretold.notes[0]?.message).toContain('in 2 of 2 fragments')
    const result = await bench.run('maintenance.deleteRows', { dataset, filter })
    expect(result).toMatchObject({ rowsDeleted: 15, versionBefore: 2, versionAfter: 3, tries: 1 })
    expect([result.before.rows, result.after.rows, result.after.deletedRows]).toEqual([200, 185, 15])
    expect(await readIds(location)).toEqual([...Array(95).keys(), ...Array.from({ length: 90 }, (_, i) => 110 + i)])
    expect(await readIds(location, { version: 2 })).toHaveLength(200)
    const grown = result.after.totalBytes - result.before.totalBytes
    expect(grown).toBeLessThan((foretold.extraDiskAtMost ?? 0) + 10_000)
  })

  it('deletes a selection by row ids, also where ids are stable', async () => {
    for (const options of [{}, { newTableEnableStableRowIds: 'true' }]) {
      const { table, dataset, location } = await makeTable(`picked${Object.keys(options).length}`, options)
      await table.update({ where: 'id = 7', values: { text: 'moved' } })
      const rows = (await table.query().select(['id', '_rowid']).toArray()) as { id: bigint; _rowid: bigint }[]
      const picked = rows.filter(({ id }) => id % 9n === 0n || id === 7n)
      const filter = `_rowid in (${picked.map((row) => row._rowid).join(', ')})`
      expect(await bench.forecast(dataset, { kind: 'delete-rows', filter })).toMatchObject({ rows: picked.length })
      const result = await bench.run('maintenance.deleteRows', { dataset, filter })
      expect(result.rowsDeleted).toBe(picked.length)
      const gone = new Set(picked.map(({ id }) => Number(id)))
      expect(await readIds(location)).toEqual(Array.from({ length: 200 }, (_, id) => id).filter((id) => !gone.has(id)))
    }
  })

  it('deletes rows chosen by id in a version, also where ids are stable', async () => {
    for (const options of [{}, { newTableEnableStableRowIds: 'true' }]) {
      const { table, dataset, location } = await makeTable(`chosen${Object.keys(options).length}`, options)
      await table.update({ where: 'id = 7', values: { text: 'moved' } })
      const rows = await idsOf(table, 'id in (7, 9, 150)')
      // What is appended or deleted elsewhere meanwhile leaves the rows what they are.
      await table.add(numbered(10, 500))
      await table.delete('id = 9 or id = 60')
      const operation = { kind: 'delete-rows', rows } as const
      const foretold = await bench.forecast(dataset, operation)
      expect(foretold).toMatchObject({ rows: 2, nothingToDo: false, version: 5 })
      expect(foretold.notes[0]?.message).toContain('1 chosen row of 3 is not there any more')
      const result = await bench.run('maintenance.deleteRows', { dataset, rows })
      expect(result).toMatchObject({ rowsDeleted: 2, versionBefore: 5, versionAfter: 6 })
      const kept = Array.from({ length: 200 }, (_, id) => id).filter((id) => ![7, 9, 60, 150].includes(id))
      expect(await readIds(location)).toEqual([...kept, ...Array.from({ length: 10 }, (_, index) => 500 + index)])
      // The row that was updated had a fragment of its own, which went with it.
      const again = bench.run('maintenance.deleteRows', { dataset, rows })
      await expect(again).rejects.toMatchObject({ code: 'commit-conflict' })
    }
  })

  it('deletes nothing where the ids may mean other rows by now', async () => {
    for (const options of [{}, { newTableEnableStableRowIds: 'true' }]) {
      const { table, dataset, location } = await makeTable(`moved${Object.keys(options).length}`, options)
      const rows = await idsOf(table, 'id in (5, 150)')
      await table.optimize({ cleanupOlderThan: new Date(0) })
      await table.checkoutLatest()
      const moved = { code: 'commit-conflict', message: expect.stringContaining('chosen in version 2') }
      await expect(bench.forecast(dataset, { kind: 'delete-rows', rows })).rejects.toMatchObject(moved)
      await expect(bench.run('maintenance.deleteRows', { dataset, rows })).rejects.toMatchObject(moved)
      expect(await readIds(location)).toHaveLength(200)
      // In the version they are of now they can be deleted.
      const again = await idsOf(table, 'id in (5, 150)')
      expect(await bench.run('maintenance.deleteRows', { dataset, rows: again })).toMatchObject({ rowsDeleted: 2 })
    }
  })

  it('never deletes a row that was not chosen, whatever another program compacts meanwhile', async () => {
    for (let round = 0; round < 6; round++) {
      const { table, dataset, location } = await makeTable(`raced${round}`)
      const rows = await idsOf(table, 'id % 3 = 0')
      const compacting = (async () => {
        await new Promise((resolve) => setTimeout(resolve, round * 4))
        await table.optimize({ cleanupOlderThan: new Date(0) }).catch(() => undefined)
      })()
      const deleting = bench.run('maintenance.deleteRows', { dataset, rows }).then(
        ({ rowsDeleted }) => rowsDeleted,
        (error: { code: string }) => error.code,
      )
      const outcome = await deleting
      await compacting
      const left = await readIds(location)
      expect(left.filter((id) => id % 3 !== 0)).toHaveLength(133)
      expect(outcome === 'commit-conflict' ? 200 : 200 - Number(outcome)).toBe(left.length)
    }
  })

  it('deletes a hundred thousand chosen rows', async () => {
    const table = await bench.folder.create('large', numbered(150_000))
    const dataset = await bench.open('large')
    const ids = [
      ...Array.from({ length: 60_000 }, (_, id) => id),
      ...Array.from({ length: 40_000 }, (_, n) => 65_000 + 2 * n),
    ]
    const rows = { version: await table.version(), ids: ids.map(String) }
    expect(await bench.run('maintenance.deleteRows', { dataset, rows })).toMatchObject({ rowsDeleted: 100_000 })
    await table.checkoutLatest()
    expect(await table.countRows('id < 60000')).toBe(0)
    expect(await table.countRows()).toBe(50_000)
  })

  it.each([
    ['neither', {}, 'invalid-input'],
    ['both', { filter: 'id = 1', rows: { version: 2, ids: ['1'] } }, 'invalid-input'],
    ['a version to come', { rows: { version: 99, ids: ['1'] } }, 'version-not-found'],
    ['an id beyond 64 bits', { rows: { version: 2, ids: ['99999999999999999999'] } }, 'row-not-found'],
  ])('refuses %s', async (_what, input, code) => {
    const dataset = await bench.open((await makeOnce()).name)
    await expect(bench.forecast(dataset, { kind: 'delete-rows', ...input })).rejects.toMatchObject({ code })
    await expect(bench.run('maintenance.deleteRows', { dataset, ...input })).rejects.toMatchObject({ code })
  })

  it('does nothing for ids of no row', async () => {
    const dataset = await bench.open((await makeOnce()).name)
    const rows = { version: 2, ids: ['18446744073709551615', '4294967395', '200'] }
    const operation = { kind: 'delete-rows', rows: { ...rows, ids: rows.ids.slice(0, 1) } } as const
    expect(await bench.forecast(dataset, operation)).toMatchObject({ nothingToDo: true, rows: 0 })
    const result = await bench.run('maintenance.deleteRows', { dataset, rows: { ...rows, ids: ['200'] } })
    expect(result).toMatchObject({ rowsDeleted: 0, versionAfter: 2 })
  })

  it('takes thousands of row ids in a filter as long as the contract allows', async () => {
    const { dataset } = await makeTable('many')
    const ids = Array.from({ length: 15_000 }, (_, index) => index + 150)
    const filter = `_rowid in (${ids.join(',')})`
    expect(filter.length).toBeLessThan(200_000)
    const result = await bench.run('maintenance.deleteRows', { dataset, filter })
    // Of the second fragment no id is that small.
    expect(result.rowsDeleted).toBe(0)
  })

  it('makes no version when nothing matches', async () => {
    const { dataset } = await makeTable('none')
    const filter = 'id = 5000'
    expect(await bench.forecast(dataset, { kind: 'delete-rows', filter })).toMatchObject({ nothingToDo: true, rows: 0 })
    const result = await bench.run('maintenance.deleteRows', { dataset, filter })
    expect(result).toMatchObject({ rowsDeleted: 0, versionBefore: 2, versionAfter: 2 })
  })

  it('warns of every row, and drops the fragments', async () => {
    const { dataset } = await makeTable('all')
    const { notes } = await bench.forecast(dataset, { kind: 'delete-rows', filter: 'true' })
    expect(notes[0]).toMatchObject({ severity: 'warning', message: 'Every row of the dataset matches.' })
    const result = await bench.run('maintenance.deleteRows', { dataset, filter: 'true' })
    expect(result.after).toMatchObject({ rows: 0, fragments: 0 })
  })

  it.each(['', '  ', ';', ' ; ', 'id = 1; drop', 'nope = 1', 'id = = 2', 'id'])('refuses %j', async (filter) => {
    const dataset = await bench.open((await makeOnce()).name)
    for (const attempt of [
      () => bench.forecast(dataset, { kind: 'delete-rows', filter }),
      () => bench.run('maintenance.deleteRows', { dataset, filter }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: expect.stringMatching(/invalid-filter|unknown-column/) })
    }
    expect(await (await openTable(bench.folder.locate('refused'))).countRows()).toBe(200)
  })

  it('deletes what matches when it runs, while another program writes', async () => {
    const { table, dataset, location } = await makeTable('busy')
    const deleting = bench.run('maintenance.deleteRows', { dataset, filter: 'id % 2 = 0' })
    for (let next = 201; next < 221; next += 2) await table.add(numbered(1, next))
    const { rowsDeleted } = await deleting
    expect(rowsDeleted).toBe(100)
    expect(await readIds(location)).toEqual(Array.from({ length: 110 }, (_, index) => index * 2 + 1))
  })
})

async function idsOf(table: Table, where: string) {
  const rows = (await table.query().select(['_rowid']).where(where).toArray()) as { _rowid: bigint }[]
  return { version: await table.version(), ids: rows.map((row) => String(row._rowid)) }
}

let once: Promise<{ readonly name: string }> | undefined
function makeOnce(): Promise<{ readonly name: string }> {
  once ??= makeTable('refused').then(() => ({ name: 'refused' }))
  return once
}
