import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoctorReport } from '#shared/model/doctor.ts'
import type { EngineContext } from '../context.ts'
import { createDatasetFolder, type DatasetFolder } from '../datasets/datasets.fixture.ts'
import { createDatasetRegistry } from '../datasets/index.ts'
import { createDice, makeRandomHistory } from '../storage/random-history.fixture.ts'
import { createDoctorHandlers } from './index.ts'

/* Datasets in good order, however odd their history, have nothing wrong with them. */

const SEEDS = Number(process.env['HISTORIES'] ?? 25)
const FIXTURES = [
  'rows/fixtures/legacy-blob.lance',
  'rows/fixtures/negative-scale.lance',
  'datasets/fixtures/uncounted.lance',
]

let folder: DatasetFolder
let context: EngineContext
beforeAll(async () => {
  folder = await createDatasetFolder()
  const paths = { dataDir: join(folder.path, 'app data'), root: undefined }
  const facts = { appVersion: 'test', restarts: 0, lastExit: undefined }
  context = { paths, facts, log: () => {}, datasets: createDatasetRegistry({ paths }) }
})
afterAll(() => folder.dispose())

async function check(location: string, deep: boolean): Promise<DoctorReport> {
  const { signal } = new AbortController()
  for await (const event of createDoctorHandlers(context)['doctor.check']({ location, deep }, { signal })) {
    if (event.kind === 'done') return event.report
  }
  throw new Error('no report')
}

const bad = ({ findings }: DoctorReport): readonly string[] =>
  findings
    .filter(({ status, check: name }) => status !== 'pass' && name !== 'leftovers')
    .map(({ title, evidence }) => `${title} ${evidence.join(' ')}`)

describe('a dataset in good order', () => {
  it.each(FIXTURES)('%s', async (fixture) => {
    const location = join(folder.path, fixture.replaceAll('/', '-'))
    cpSync(join(import.meta.dirname, '..', fixture), location, { recursive: true })
    const report = await check(location, true)
    // The fixtures come without the records of their commits.
    const findings = report.findings.filter(({ check: name }) => name !== 'transactions')
    expect(bad({ ...report, findings })).toEqual([])
  })

  it('that Lance cannot read rows of is not called damaged, nor read', async () => {
    const location = join(folder.path, 'offset-zone.lance')
    cpSync(join(import.meta.dirname, '../rows/fixtures/offset-zone.lance'), location, { recursive: true })
    const { findings, status } = await check(location, true)
    expect(status).toBe('warn')
    expect(findings.filter(({ check: name }) => name === 'pages')).toMatchObject([
      { status: 'warn', title: expect.stringContaining('LanceDB cannot read rows') },
    ])
  })

  it(`has nothing wrong with it after any of ${SEEDS} random histories`, { timeout: SEEDS * 4000 }, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const dice = createDice(seed)
      const history = await makeRandomHistory(folder, `h${seed}`, dice, 4 + dice.roll(14), 0)
      const report = await check(history.location, seed % 5 === 0)
      // LanceDB itself leaves indices of branches where it does not look for them: that is for the doctor to say.
      const findings = report.findings.filter(
        ({ evidence }) => !evidence.some((it) => it.includes('compaction of a branch')),
      )
      expect(bad({ ...report, findings }), `seed ${seed}: ${history.log.join('; ')}`).toEqual([])
    }
  })
})
