import { readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input, Output } from '#shared/contract/index.ts'
import type { DoctorReport, RepairResult } from '#shared/model/doctor.ts'
import type { EngineContext } from '../context.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { lancedb, numbered } from '../lance/tables.fixture.ts'
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

const signal = new AbortController().signal

async function check(input: Input<'doctor.check'>): Promise<DoctorReport> {
  for await (const event of createDoctorHandlers(context)['doctor.check']({ deep: true, ...input }, { signal })) {
    if (event.kind === 'done') return event.report
  }
  throw new Error('no report')
}

async function repair(location: string, what: Input<'doctor.repair'>['repair']): Promise<RepairResult> {
  let last: Output<'doctor.repair'> | undefined
  const events = createDoctorHandlers(context)['doctor.repair']({ location, repair: what }, { signal })
  for await (const event of events) last = event
  if (last?.kind !== 'done') throw new Error('no result')
  return last.result
}

/** Data files, in the order of their sizes. */
const dataFiles = (location: string): readonly string[] =>
  readdirSync(join(location, 'data'))
    .filter((name) => name.endsWith('.lance'))
    .map((name) => `data/${name}`)
    .toSorted((a, b) => statSync(join(location, a)).size - statSync(join(location, b)).size)

async function idsOf(location: string): Promise<readonly number[]> {
  const connection = await lancedb.connect(join(location, '..'))
  const table = await connection.openTable(
    location
      .split('/')
      .at(-1)!
      .replace(/\.lance$/, ''),
  )
  const rows = await table.query().select(['id']).toArray()
  return rows.map((row) => Number((row as { id: bigint }).id))
}

async function make(name: string): Promise<string> {
  const table = await test.folder.create(name, numbered(100))
  await table.add(numbered(2000, 100))
  await table.add(numbered(4000, 2100))
  await table.delete('id % 10 = 3')
  await table.createIndex('id', { config: lancedb.Index.btree() })
  return test.folder.locate(name)
}

describe('doctor.check, deep', () => {
  it('reads every row of a dataset in good order', async () => {
    const location = await make('good')
    const report = await check({ location })
    expect(report.findings.filter(({ status }) => status !== 'pass')).toEqual([])
    expect(report).toMatchObject({ status: 'pass', deep: true, rowsRead: 5490 })
  })

  it('names a missing file and reads the others; the rows of these can be copied', async () => {
    const location = await make('missing')
    const [, middle] = dataFiles(location)
    rmSync(join(location, middle!))
    const report = await check({ location })
    expect(report.status).toBe('fail')
    expect(report.rowsRead).toBe(90 + 3600)
    const [finding] = report.findings.filter(({ check: name, status }) => name === 'pages' && status === 'fail')
    expect(finding?.paths).toEqual([middle])
    expect(finding?.evidence).toEqual([`Every column: The file ${middle} of this version is missing.`])
    const to = test.folder.locate('missing-copy')
    const result = await repair(location, { kind: 'copy-readable', to })
    expect(result).toMatchObject({ rowsRecovered: 3690, rowsLost: 1800, to })
    expect(await idsOf(to)).toEqual([...Array(6100).keys()].filter((id) => id % 10 !== 3 && !(id >= 100 && id < 2100)))
  })

  it('names files of a branch from the root of the dataset', async () => {
    const location = await make('branched')
    const table = await (await lancedb.connect(join(location, '..'))).openTable('branched')
    const branches = await table.branches()
    await branches.create('side')
    await (await branches.checkout('side')).add(numbered(20, 9000))
    const [own] = readdirSync(join(location, 'tree/side/data'))
    rmSync(join(location, 'tree/side/data', own!))
    const report = await check({ location })
    const [finding] = report.findings.filter(({ check: name, status }) => name === 'pages' && status === 'fail')
    expect(finding?.evidence).toHaveLength(1)
    expect(finding?.evidence[0]).toContain(`tree/side/data/${own}`)
    expect(JSON.stringify(report.findings)).not.toMatch(/links|shadows/)
  })

  it('goes back to the last good version', async () => {
    const location = await make('torn')
    const [newest] = readdirSync(join(location, '_versions')).toSorted()
    truncateSync(join(location, '_versions', newest!), 40)
    const report = await check({ location, deep: false })
    const offers = report.findings.flatMap(({ repairs }) => repairs.map((offer) => offer.repair.kind))
    expect(offers).toContain('set-aside-newest')
    const result = await repair(location, { kind: 'set-aside-newest' })
    expect(result).toMatchObject({ version: 4, files: 1 })
    expect(readdirSync(join(result.backup!, '_versions'))).toContain(newest)
    expect(await idsOf(location)).toHaveLength(5490)
    await expect(repair(location, { kind: 'set-aside-newest' })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('builds a damaged index again', async () => {
    const location = await make('index')
    const folder = join(location, '_indices')
    const [uuid] = readdirSync(folder)
    rmSync(join(folder, uuid!, 'page_data.lance'))
    const report = await check({ location })
    expect(JSON.stringify(report.findings)).not.toContain('links')
    const offers = report.findings.flatMap(({ repairs }) => repairs.map((offer) => offer.repair))
    expect(offers).toContainEqual({ kind: 'rebuild-index', index: 'id_idx' })
    await repair(location, { kind: 'rebuild-index', index: 'id_idx' })
    expect((await check({ location })).findings.filter(({ status }) => status === 'fail')).toMatchObject([])
  })
})
