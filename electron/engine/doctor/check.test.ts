import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import type { DoctorFinding, DoctorReport } from '#shared/model/doctor.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { lancedb, numbered } from '../lance/tables.fixture.ts'
import { createDoctorHandlers } from './index.ts'

let test: TestContext
beforeAll(async () => {
  test = await makeTestContext()
})
afterAll(() => test.remove())

async function check(input: Input<'doctor.check'>): Promise<DoctorReport> {
  const handlers = createDoctorHandlers(test.context)
  for await (const event of handlers['doctor.check'](input, { signal: new AbortController().signal })) {
    if (event.kind === 'done') return event.report
  }
  throw new Error('no report')
}

const bad = ({ findings }: DoctorReport): readonly DoctorFinding[] => findings.filter(({ status }) => status !== 'pass')

describe('doctor.check', () => {
  it('has nothing to say against a dataset with everything in it', async () => {
    const table = await test.folder.create('all', numbered(100))
    await table.add(numbered(50, 100))
    await table.delete('id % 10 = 3')
    await table.createIndex('id', { config: lancedb.Index.btree() })
    await table.createIndex('text', { config: lancedb.Index.fts() })
    await (await table.tags()).create('one', 1)
    await (await table.branches()).create('side')
    const branch = await (await table.branches()).checkout('side')
    await branch.add(numbered(20, 200))
    await branch.delete('id = 205')
    await table.optimize({ cleanupOlderThan: new Date(0) })
    await table.addColumns([{ name: 'twice', valueSql: 'id * 2' }])
    await table.alterColumns([{ path: 'text', rename: 'words' }])
    const report = await check({ location: test.folder.locate('all') })
    expect(bad(report)).toEqual([])
    expect(report).toMatchObject({ status: 'pass', deep: false })
    expect(report.filesChecked).toBeGreaterThan(20)
  })

  it('refuses what is no dataset', async () => {
    await expect(check({ location: join(test.folder.path, 'nowhere') })).rejects.toMatchObject({ code: 'not-found' })
    await expect(check({ location: test.folder.path })).rejects.toMatchObject({ code: 'not-a-dataset' })
  })

  it('checks a dataset without a single version that reads', async () => {
    await test.folder.create('gone', numbered(10))
    const location = test.folder.locate('gone')
    rmSync(join(location, '_versions'), { recursive: true })
    mkdirSync(join(location, '_versions'))
    writeFileSync(join(location, '_versions', '18446744073709551614.manifest'), 'damaged')
    const report = await check({ location })
    expect(report.status).toBe('fail')
    expect(report.version).toBeUndefined()
    expect(bad(report)[0]).toMatchObject({
      check: 'manifests',
      title: expect.stringContaining('no version can be opened'),
    })
  })
})
