import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input, Output } from '#shared/contract/index.ts'
import type { RepairResult } from '#shared/model/doctor.ts'
import type { EngineContext } from '../context.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { readLedger } from '../ledger/index.ts'
import { arrow, column, lancedb, numbered, tableOf } from '../lance/tables.fixture.ts'
import { damage, makePatient, randomOf, resetPatient, type Kind, type Way } from './damage.fixture.ts'
import { createDoctorHandlers } from './index.ts'
import { makeJobProcesses, type JobProcesses } from './job-processes.fixture.ts'

let test: TestContext
let processes: JobProcesses
let context: EngineContext
beforeAll(async () => {
  test = await makeTestContext()
  processes = await makeJobProcesses(test.context)
  context = { ...test.context, startJob: processes.startJob }
})
afterAll(async () => {
  processes.remove()
  await test.remove()
})

const { signal } = new AbortController()

async function repair(location: string, what: Input<'doctor.repair'>['repair']): Promise<RepairResult> {
  let last: Output<'doctor.repair'> | undefined
  const handlers = createDoctorHandlers(context, { limitMs: 5000 })
  for await (const event of handlers['doctor.repair']({ location, repair: what }, { signal })) last = event
  if (last?.kind !== 'done') throw new Error('no result')
  return last.result
}

/** Ids of all rows with the fragment each lies in. */
async function idsOf(location: string): Promise<ReadonlyMap<number, number>> {
  const connection = await lancedb.connect(join(location, '..'))
  const table = await connection.openTable(
    location
      .split('/')
      .at(-1)!
      .replace(/\.lance$/, ''),
  )
  const rows = await table.query().select(['id', '_rowaddr']).toArray()
  connection.close()
  return new Map(
    rows.map((row) => {
      const { id, _rowaddr: address } = row as { id: bigint; _rowaddr: bigint }
      return [Number(id), Number(address >> 32n)]
    }),
  )
}

describe('copy-readable', () => {
  it(
    'recovers every row of the fragments that are whole, whatever happened to another',
    { timeout: 240_000 },
    async () => {
      const location = await makePatient(test.folder.path, 'patient')
      const healthy = test.folder.locate('healthy')
      resetPatient(location, healthy)
      const all = await idsOf(healthy)
      const cases: readonly (readonly [Kind, Way])[] = [
        ['data', 'missing'],
        ['data', 'truncated'],
        ['data', 'empty'],
        ['data', 'swapped'],
        ['deletion', 'missing'],
        ['deletion', 'truncated'],
        ['blob', 'missing'],
        ['manifest-newest', 'truncated'],
      ]
      for (const [index, [kind, way]] of cases.entries()) {
        resetPatient(healthy, location)
        const done = damage(location, kind, way, index)
        const to = test.folder.locate(`rescued-${index}`)
        const result = await repair(location, { kind: 'copy-readable', to })
        const kept = await idsOf(to)
        const what = JSON.stringify({ done, result })
        expect(kept.size, what).toBe(result.rowsRecovered)
        const hurt = new Set([...all].filter(([id]) => !kept.has(id)).map(([, fragment]) => fragment))
        if (kind === 'manifest-newest') {
          // The version before had one row more: the newest deleted it.
          expect(kept.size, what).toBe(all.size + 1)
          continue
        }
        // Fragment 0 had rows deleted once more: the newest version does not need the file of the first time.
        const isOld = done?.paths[0]?.startsWith('_deletions/0-3-') === true
        expect(hurt.size, what).toBe(way === 'swapped' ? 2 : isOld ? 0 : 1)
        expect((result.rowsRecovered ?? 0) + (result.rowsLost ?? 0), what).toBe(all.size)
        const lost = [...all.values()].filter((fragment) => hurt.has(fragment)).length
        // Only what lies in the damaged file is gone: of a large value one row, else the fragment.
        expect(result.rowsLost, what).toBe(kind === 'blob' ? 1 : lost)
      }
    },
  )

  it('recovers the rows around a damaged page', { timeout: 120_000 }, async () => {
    const count = 40_000
    const random = randomOf(7)
    const text = (id: number): string =>
      `${id} ${Array.from({ length: 20 }, () => random().toString(36).slice(2)).join('')}`
    const ids = Array.from({ length: count }, (_, id) => id)
    await test.folder.create(
      'page',
      tableOf({ id: column(new arrow.Int64(), ids.map(BigInt)), text: column(new arrow.Utf8(), ids.map(text)) }),
    )
    const location = test.folder.locate('page')
    const [name] = readdirSync(join(location, 'data'))
    const file = join(location, 'data', name!)
    const handle = openSync(file, 'r+')
    writeSync(handle, new Uint8Array(3000).fill(255), 0, 3000, Math.floor(statSync(file).size / 2))
    closeSync(handle)
    const to = test.folder.locate('page-rescued')
    const result = await repair(location, { kind: 'copy-readable', to })
    expect(result.rowsLost).toBeGreaterThan(0)
    expect(result.rowsRecovered).toBeGreaterThan(count / 2)
    expect((await idsOf(to)).size).toBe(result.rowsRecovered)
    expect(result.lost).toHaveLength(1)
  })

  it('never replaces anything, and leaves nothing when it cannot be done', async () => {
    await test.folder.create('plain', numbered(10))
    const location = test.folder.locate('plain')
    await expect(repair(location, { kind: 'copy-readable', to: location })).rejects.toMatchObject({
      code: 'already-exists',
    })
    await expect(
      repair(location, { kind: 'copy-readable', to: test.folder.locate('never'), version: 9 }),
    ).rejects.toMatchObject({ code: 'version-not-found' })
    expect(existsSync(test.folder.locate('never'))).toBe(false)
  })
})

describe('set-aside-newest of a branch', () => {
  /** Main: versions 1 and 2; branch `side/a` from version 2, with versions 3 and 4 of its own. */
  async function makeBranch(name: string) {
    const table = await test.folder.create(name, numbered(10))
    await table.add(numbered(5, 10))
    const branches = await table.branches()
    await branches.create('side/a')
    const side = await branches.checkout('side/a')
    await side.add(numbered(5, 20))
    await side.delete('id = 20')
    const location = test.folder.locate(name)
    return { location, versions: join(location, 'tree/side/a/_versions'), branches }
  }
  const manifest = (version: number): string => `${18_446_744_073_709_551_615n - BigInt(version)}.manifest`
  const offersOf = async (location: string) => {
    const offers: unknown[] = []
    for await (const event of createDoctorHandlers(context)['doctor.check']({ location }, { signal })) {
      if (event.kind === 'finding') offers.push(...event.finding.repairs.map((offer) => offer.repair))
    }
    return offers
  }

  it('goes back to the last version of it that reads, keeps a backup, and leaves main alone', async () => {
    const { location, versions, branches } = await makeBranch('sided')
    const main = readdirSync(join(location, '_versions')).toSorted()
    writeFileSync(join(versions, manifest(4)), 'damaged')
    expect(await offersOf(location)).toEqual([{ kind: 'set-aside-newest', branch: 'side/a' }])
    await expect(repair(location, { kind: 'set-aside-newest' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('of main reads'),
    })
    const result = await repair(location, { kind: 'set-aside-newest', branch: 'side/a' })
    expect(result).toMatchObject({
      title: 'Version 3 is the newest of branch side/a again; 1 manifest set aside.',
      version: 3,
      branch: 'side/a',
      lost: ['What version 4 changed.'],
    })
    expect(readFileSync(join(result.backup!, 'tree/side/a/_versions', manifest(4)), 'utf8')).toBe('damaged')
    expect(readdirSync(versions)).not.toContain(manifest(4))
    expect(readdirSync(join(location, '_versions')).toSorted()).toEqual(main)
    // LanceDB goes on from there.
    const side = await branches.checkout('side/a')
    expect(await side.countRows()).toBe(20)
    await side.add(numbered(1, 90))
    expect(await side.version()).toBe(4)
    expect(await offersOf(location)).toEqual([])
    const { entries } = await readLedger(context, { location })
    expect(entries[0]).toMatchObject({ operation: 'doctor.repair', outcome: 'done', branch: 'side/a', versionAfter: 3 })
  })

  it('goes back behind several, down to the version it was made of', async () => {
    const { location, versions, branches } = await makeBranch('deeper')
    for (const version of [3, 4]) writeFileSync(join(versions, manifest(version)), '')
    const result = await repair(location, { kind: 'set-aside-newest', branch: 'side/a' })
    expect(result).toMatchObject({ version: 2, files: 2 })
    expect(await (await branches.checkout('side/a')).countRows()).toBe(15)
  })

  it('changes nothing where the branch reads, is not there, or has no version left', async () => {
    const { location, versions } = await makeBranch('refused')
    const set = (branch: string) => repair(location, { kind: 'set-aside-newest', branch })
    await expect(set('side/a')).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(set('nobody')).rejects.toMatchObject({ code: 'ref-not-found' })
    for (const version of [2, 3, 4]) writeFileSync(join(versions, manifest(version)), 'x')
    expect(await offersOf(location)).toEqual([])
    await expect(set('side/a')).rejects.toMatchObject({
      code: 'corrupt-manifest',
      hint: 'Restore "tree/side/a/_versions" from a backup.',
    })
    expect(readdirSync(versions).filter((name) => name.endsWith('.manifest'))).toHaveLength(3)
  })
})

describe('remove-files', () => {
  it('removes what no version uses, backs metadata up, and refuses all else', async () => {
    const table = await test.folder.create('left', numbered(10))
    await table.delete('id = 1')
    const location = test.folder.locate('left')
    const old = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000)
    const leave = (path: string, time: Date): string => {
      writeFileSync(join(location, path), 'left')
      utimesSync(join(location, path), time, time)
      return path
    }
    const stray = leave('data/stray.lance', old)
    const record = leave('_transactions/1-99b4ff13-cb29-49a7-be09-d4784123031e.txn', old)
    const young = leave('data/young.lance', new Date())
    const [used] = readdirSync(join(location, 'data')).filter((it) => it.length > 20)
    for (const path of [young, `data/${used}`, 'data/nothing.lance', '../other']) {
      await expect(repair(location, { kind: 'remove-files', paths: [stray, path] })).rejects.toMatchObject({
        code: 'in-use',
      })
    }
    expect(existsSync(join(location, stray))).toBe(true)
    const result = await repair(location, { kind: 'remove-files', paths: [stray, record] })
    expect(result).toMatchObject({ files: 2, bytes: 8, lost: [] })
    expect(existsSync(join(location, stray))).toBe(false)
    expect(existsSync(join(result.backup!, record))).toBe(true)
  })

  it('does nothing while a manifest does not read, since it may need the files', async () => {
    const table = await test.folder.create('unsure', numbered(10))
    await table.delete('id = 1')
    const location = test.folder.locate('unsure')
    writeFileSync(join(location, 'data/stray.lance'), 'left')
    writeFileSync(join(location, '_versions/18446744073709551614.manifest'), 'damaged')
    await expect(repair(location, { kind: 'remove-files', paths: ['data/stray.lance'] })).rejects.toMatchObject({
      code: 'corrupt-manifest',
    })
  })
})

describe('a repair', () => {
  it('is noted in the ledger, done or failed', async () => {
    const table = await test.folder.create('noted', numbered(10))
    await table.delete('id = 1')
    const location = test.folder.locate('noted')
    const newest = readdirSync(join(location, '_versions')).toSorted()[0]!
    await expect(repair(location, { kind: 'set-aside-newest' })).rejects.toMatchObject({ code: 'invalid-input' })
    writeFileSync(join(location, '_versions', newest), 'damaged')
    await repair(location, { kind: 'set-aside-newest' })
    const { entries } = await readLedger(context, { location })
    expect(entries.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['doctor.repair', 'done'],
      ['doctor.repair', 'failed'],
    ])
  })

  it('goes back to a version that needs none of the damaged files', async () => {
    const table = await test.folder.create('back', numbered(10))
    await table.add(numbered(5, 10))
    const location = test.folder.locate('back')
    const { fragments } = await context.datasets
      .open(location)
      .then(async (dataset) => dataset.manifest(await dataset.resolve()))
    rmSync(join(location, 'data', fragments[1]!.files[0]!.path))
    const offers: unknown[] = []
    for await (const event of createDoctorHandlers(context)['doctor.check']({ location }, { signal })) {
      if (event.kind === 'finding') offers.push(...event.finding.repairs.map((offer) => offer.repair))
    }
    expect(offers).toContainEqual({ kind: 'restore-version', version: 1 })
    expect(await repair(location, { kind: 'restore-version', version: 1 })).toMatchObject({ version: 3 })
    expect((await idsOf(location)).size).toBe(10)
  })
})
