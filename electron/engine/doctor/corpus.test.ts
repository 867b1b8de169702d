import { renameSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoctorReport } from '#shared/model/doctor.ts'
import type { EngineContext } from '../context.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { damage, KINDS, makePatient, resetPatient, WAYS, type Damage } from './damage.fixture.ts'
import { createDoctorHandlers } from './index.ts'
import { makeJobProcesses, type JobProcesses } from './job-processes.fixture.ts'

/*
 * Every kind of file damaged in every way: the doctor names the very file. Sampled; TILTYARD_CORPUS_ROUNDS does more of
 * each (the first round takes about half a minute).
 */
const ROUNDS = Number(process.env['TILTYARD_CORPUS_ROUNDS'] ?? 1)
/** Bits flipped per kind and round. */
const FLIPS = 2
const CASE_LIMIT_MS = 60_000

let test: TestContext
let processes: JobProcesses
let context: EngineContext
let healthy: string
let location: string
beforeAll(async () => {
  test = await makeTestContext()
  processes = await makeJobProcesses(test.context)
  context = { ...test.context, startJob: processes.startJob }
  location = await makePatient(test.folder.path, 'patient')
  healthy = test.folder.locate('healthy')
  renameSync(location, healthy)
})
afterAll(async () => {
  processes.remove()
  await test.remove()
})

async function check(deep: boolean): Promise<DoctorReport> {
  const handlers = createDoctorHandlers(context, { limitMs: 5000 })
  const signal = AbortSignal.timeout(CASE_LIMIT_MS)
  for await (const event of handlers['doctor.check']({ location, deep }, { signal })) {
    if (event.kind === 'done') return event.report
  }
  throw new Error('no report')
}

/** Whether a finding names one of the files. A missing hint is harmless, and named all the same. */
function names({ findings }: DoctorReport, { paths, kind }: Damage): boolean {
  return findings.some(
    (finding) =>
      (finding.status !== 'pass' || kind === 'version-hint') && paths.some((path) => finding.paths.includes(path)),
  )
}

interface Outcome {
  readonly damage: Damage
  readonly how: 'quick' | 'deep' | 'undetectable' | 'missed'
  readonly report: DoctorReport
  readonly ms: number
}

async function examine(done: Damage): Promise<Outcome> {
  const began = performance.now()
  const outcome = (how: Outcome['how'], report: DoctorReport): Outcome => ({
    damage: done,
    how,
    report,
    ms: performance.now() - began,
  })
  const quick = await check(false)
  if (names(quick, done)) return outcome('quick', quick)
  const deep = await check(true)
  if (names(deep, done)) return outcome('deep', deep)
  return outcome(done.undetectable === undefined ? 'missed' : 'undetectable', deep)
}

describe('the doctor', () => {
  it('finds nothing in the dataset before it is damaged', async () => {
    resetPatient(healthy, location)
    const report = await check(true)
    expect(report.findings.filter(({ status }) => status !== 'pass')).toEqual([])
  })

  it('names the damaged file, whatever was done to it', { timeout: 60_000 * Math.max(1, ROUNDS) * 3 }, async () => {
    const outcomes: Outcome[] = []
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of KINDS) {
        for (const way of WAYS) {
          for (let flip = 0; flip < (way === 'flipped' ? FLIPS : 1); flip++) {
            resetPatient(healthy, location)
            const done = damage(location, kind, way, round * FLIPS + flip)
            if (done !== undefined) outcomes.push(await examine(done))
          }
        }
      }
    }
    print(outcomes)
    const found = outcomes.filter(({ how }) => how === 'quick' || how === 'deep').length
    const missed = outcomes.filter(({ how }) => how === 'missed').length
    process.stdout.write(`named by file: ${((100 * found) / (found + missed)).toFixed(1)} % of what can be found\n`)
    expect(found / (found + missed)).toBeGreaterThanOrEqual(0.95)
  })
})

function print(outcomes: readonly Outcome[]): void {
  const count = (list: readonly Outcome[], how: Outcome['how']): number => list.filter((it) => it.how === how).length
  const line = (name: string, list: readonly Outcome[]): string =>
    `${name.padEnd(28)} ${String(list.length).padStart(5)} damaged, named by quick ${count(list, 'quick')}, by deep ${count(list, 'deep')}, missed ${count(list, 'missed')}, undetectable ${count(list, 'undetectable')}`
  const lines = KINDS.flatMap((kind) =>
    WAYS.map(
      (way) => [`${kind} ${way}`, outcomes.filter((it) => it.damage.kind === kind && it.damage.way === way)] as const,
    ),
  )
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => line(name, list))
  const missed = outcomes
    .filter(({ how }) => how === 'missed')
    .map(
      ({ damage: it, report }) =>
        `  missed: ${JSON.stringify(it)} ${report.findings
          .filter(({ status }) => status !== 'pass')
          .map(({ title }) => title)
          .join(' | ')}`,
    )
  const slowest = Math.max(...outcomes.map(({ ms }) => ms))
  process.stdout.write(
    `${[...lines, line('all', outcomes), `slowest ${Math.round(slowest)} ms, ${processes.started()} processes`, ...missed].join('\n')}\n`,
  )
}
