import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Table } from '@lancedb/lancedb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lancedb, numbered } from '../../lance/tables.fixture.ts'
import { walkSizes } from '../../storage/storage.fixture.ts'
import { cleanUp } from './clean-up.ts'
import { idle, makeCleaningBench, readState, type CleaningBench } from './cleaning.fixture.ts'

let bench: CleaningBench
beforeAll(async () => {
  bench = await makeCleaningBench()
})
afterAll(() => bench.remove())

/** Five versions, the newest written over the others. */
async function make(name: string, prepare: (table: Table) => Promise<unknown> = () => Promise.resolve()) {
  const table = await bench.folder.create(name, numbered(20))
  await prepare(table)
  await table.add(numbered(20, 20))
  await table.delete('id = 3')
  await table.add(numbered(5, 50))
  await table.add(numbered(10), { mode: 'overwrite' })
  const location = bench.folder.locate(name)
  const dataset = await bench.context.datasets.open(location)
  return { table, location, dataset, handle: dataset.handle }
}

const quiet = { signal: idle.signal, report: () => undefined }
const LAST = { kind: 'cleanup', keepLast: 1 } as const

describe('a cleanup', () => {
  it('asks for one way to keep', async () => {
    const { handle } = await make('ways')
    await expect(bench.cleanup({ dataset: handle })).rejects.toMatchObject({ code: 'invalid-input' })
    const both = { dataset: handle, keepLast: 1, olderThan: '2020-01-01T00:00:00Z' }
    await expect(bench.cleanup(both)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('keeps by number and by age, and says what can no longer be undone', async () => {
    const { handle, location, dataset } = await make('number')
    await expect(bench.forecast(handle, { kind: 'cleanup', olderThan: '2020-01-01T00:00:00Z' })).resolves.toMatchObject(
      {
        nothingToDo: true,
        cleanup: { versionsKept: 5, versionsRemoved: [] },
      },
    )
    await bench.cleanup({ dataset: handle, keepLast: 3 })
    expect(Object.keys(await readState(location, new Set()))).toEqual(['main 3', 'main 4', 'main 5'])
    expect((await dataset.resolve()).version).toBe(5)
  })

  it('keeps what a clone in the same folder uses', async () => {
    const { handle, location } = await make('source', async () => {
      const connection = await lancedb.connect(bench.folder.path)
      await connection.cloneTable('copy', bench.folder.locate('source'))
    })
    const before = await readState(bench.folder.locate('copy'), new Set())
    const forecast = await bench.forecast(handle, LAST)
    expect(forecast.notes.map(({ message }) => message).join()).toContain('copy.lance is a clone')
    await bench.cleanup({ dataset: handle, keepLast: 1 })
    expect(await readState(bench.folder.locate('copy'), new Set())).toEqual(before)
    expect(Object.keys(await readState(location, new Set()))).toEqual(['main 5'])
  })

  it('refuses folders behind links and manifests nobody can read, and removes nothing', async () => {
    const { handle, location } = await make('linked')
    renameSync(join(location, 'data'), `${location}-data`)
    symlinkSync(`${location}-data`, join(location, 'data'))
    const before = walkSizes(location)
    await expect(bench.cleanup({ dataset: handle, keepLast: 1 })).rejects.toMatchObject({ code: 'unsupported-format' })
    expect(walkSizes(location)).toEqual(before)

    const damaged = await make('damaged')
    const [oldest] = readdirSync(join(damaged.location, '_versions'))
      .filter((it) => it.endsWith('manifest'))
      .toSorted()
      .toReversed()
    writeFileSync(join(damaged.location, '_versions', oldest!), 'no manifest')
    const files = walkSizes(damaged.location)
    await expect(bench.cleanup({ dataset: damaged.handle, keepLast: 1 })).rejects.toMatchObject({
      code: 'corrupt-manifest',
    })
    expect(walkSizes(damaged.location)).toEqual(files)
  })

  it('leaves links among the files where they are', async () => {
    const { handle, location } = await make('link_among_files')
    const elsewhere = join(bench.folder.path, 'elsewhere.lance-file')
    writeFileSync(elsewhere, 'precious')
    const link = join(location, 'data', '000000000000000000000000abcdefabcdefabcdefabcdefab.lance')
    symlinkSync(elsewhere, link)
    await bench.cleanup({ dataset: handle, keepLast: 1, deleteUnverified: true })
    expect([existsSync(link), existsSync(elsewhere)]).toEqual([true, true])
  })

  it('keeps a version that is tagged while files are about to go', async () => {
    const { table, dataset, location } = await make('tagged_meanwhile')
    let tagging: Promise<void> | undefined
    // The plan is made by now; this is the last look before the first file goes.
    const list = async (folder: string) => {
      if (folder === '_refs/tags') await (tagging ??= table.tags().then((tags) => tags.create('meanwhile', 2)))
      return dataset.store.list(folder)
    }
    const { filesRemoved, tries } = await cleanUp(
      bench.context,
      { ...dataset, store: { ...dataset.store, list } },
      LAST,
      quiet,
    )
    expect(tagging).toBeDefined()
    expect([filesRemoved > 0, tries]).toEqual([true, 2])
    const state = await readState(location, new Set())
    expect(Object.keys(state)).toEqual(['main 2', 'main 5', 'tag meanwhile'])
    expect(Object.values(state).filter((it) => it.startsWith('unreadable'))).toEqual([])
  })

  it('keeps files of a version that is there again when they are about to go', async () => {
    const { dataset, location } = await make('back_meanwhile')
    const before = await readState(location, new Set())
    const manifest = join(location, '_versions/18446744073709551611.manifest')
    const bytes = readFileSync(manifest)
    let looks = 0
    // The second look comes when the manifests are gone and before any other file is.
    const list = (folder: string) => {
      if (folder === '_refs/tags' && ++looks === 2) writeFileSync(manifest, bytes)
      return dataset.store.list(folder)
    }
    const slow = { ...dataset, store: { ...dataset.store, list } }
    const { notes } = await cleanUp(bench.context, slow, LAST, quiet)
    expect(notes.map(({ message }) => message).join()).toContain('came into use meanwhile')
    const state = await readState(location, new Set())
    expect(state).toEqual({ 'main 4': before['main 4'], 'main 5': before['main 5'] })
  })

  it('keeps what manifests of no branch name, as while a branch is being made', async () => {
    const { handle, location, table } = await make('stray')
    await (await table.branches()).create('dev', undefined, 2)
    const dev = await readState(location, new Set())
    const ref = join(location, '_refs/branches/dev.json')
    renameSync(ref, `${location}-dev`)
    cpSync(join(location, '_versions/18446744073709551612.manifest'), join(location, '_versions/d123.manifest'))
    const { notes } = await bench.cleanup({ dataset: handle, keepLast: 1 })
    expect(notes[0]?.message).toBe('2 manifests belong to no branch; what they name is kept.')
    expect(existsSync(join(location, '_versions/d123.manifest'))).toBe(true)
    renameSync(`${location}-dev`, ref)
    const state = await readState(location, new Set())
    for (const name of Object.keys(state)) expect([name, state[name]]).toEqual([name, dev[name]])
    expect(Object.keys(state)).toContain('dev 2')
  })

  it('can be cancelled between files, and the rest is known whatever its age', async () => {
    const { dataset, handle, location } = await make('cancelled')
    const controller = new AbortController()
    let reports = 0
    // After all four manifests.
    const report = () => void (++reports === 6 && controller.abort(new Error('enough')))
    await expect(cleanUp(bench.context, dataset, LAST, { signal: controller.signal, report })).rejects.toThrow('enough')
    const leftovers = await bench.handlers['maintenance.leftovers']({ dataset: handle }, idle)
    expect(leftovers.length).toBeGreaterThan(3)
    expect(leftovers.every(({ isRecent }) => !isRecent)).toBe(true)
    const { filesRemoved } = await bench.cleanup({ dataset: handle, keepLast: 1 })
    expect(filesRemoved).toBe(leftovers.length)
    expect(Object.keys(await readState(location, new Set()))).toEqual(['main 5'])
  })
})

describe('leftovers', () => {
  const LEFT = 'data/000000000000000000000000abcdefabcdefabcdefabcdefab.lance'

  it('are told from what is in use and removed only as that', async () => {
    const { handle, location } = await make('left')
    mkdirSync(join(location, 'data'), { recursive: true })
    writeFileSync(join(location, LEFT), 'left')
    writeFileSync(join(location, 'data', '.tmpAbCdEf'), 'half')
    const old = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000)
    utimesSync(join(location, LEFT), old, old)
    const found = await bench.handlers['maintenance.leftovers']({ dataset: handle }, idle)
    expect(found.map(({ path, why, isRecent }) => [path, why, isRecent])).toEqual([
      ['data/.tmpAbCdEf', 'temporary', true],
      [LEFT, 'abandoned', false],
    ])
    const used = readdirSync(join(location, 'data')).find((name) => name.endsWith('.lance') && !LEFT.endsWith(name))!
    for (const path of [`data/${used}`, '../outside', '_versions/18446744073709551614.manifest']) {
      const asked = { dataset: handle, paths: [LEFT, path] }
      await expect(bench.handlers['maintenance.removeLeftovers'](asked, idle)).rejects.toMatchObject({ code: 'in-use' })
    }
    expect(existsSync(join(location, LEFT))).toBe(true)
    const removed = await bench.handlers['maintenance.removeLeftovers'](
      { dataset: handle, paths: [LEFT, 'data/.tmpAbCdEf'] },
      idle,
    )
    expect(removed).toEqual({ files: 2, bytes: 8 })
    expect(existsSync(join(location, LEFT))).toBe(false)
  })
})
