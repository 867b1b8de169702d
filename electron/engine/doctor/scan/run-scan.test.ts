import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineContext, OpenDataset, StartJob } from '../../context.ts'
import { makeTestContext, type TestContext } from '../../datasets/context.fixture.ts'
import { numbered } from '../../lance/tables.fixture.ts'
import { indexEntries, readEntries, writeEntry, type ScanUnit } from './journal.ts'
import type { ScanPlan } from './plan.ts'
import { runScan, type ScanOutcome } from './run-scan.ts'

let test: TestContext
let dataset: OpenDataset
beforeAll(async () => {
  test = await makeTestContext()
  await test.folder.create('rows', numbered(10))
  dataset = await test.context.datasets.open(test.folder.locate('rows'))
})
afterAll(() => test.remove())

type Fate = 'reads' | 'dies' | 'hangs' | 'dies-idle'

/** Processes that read the fragments of a plan as the real ones note it, and end as each fragment has it. */
function processesWith(fates: readonly Fate[]): StartJob {
  return (request, listener) => {
    const plan = request.input as ScanPlan
    const known = indexEntries(readEntries(plan.journal))
    const exit = (reason: string): void => void setImmediate(() => listener.onExit(reason))
    for (const fragment of plan.targets[0]!.fragments) {
      const unit: ScanUnit = { target: 0, kind: 'fragment', fragment }
      if (known(unit) !== undefined) continue
      const fate = fates[fragment]
      if (fate !== 'dies-idle') writeEntry(plan.journal, { t: 'begin', unit, limitMs: plan.limitMs, atMs: Date.now() })
      if (fate === 'dies' || fate === 'dies-idle') {
        exit('The process was ended by SIGABRT.')
        return { kill: () => undefined }
      }
      if (fate === 'hangs') return { kill: () => exit('The process was killed.') }
      writeEntry(plan.journal, { t: 'end', unit, rows: 10 })
    }
    setImmediate(() => {
      listener.onEvent({ kind: 'result', result: { finished: true } })
      listener.onExit('The process ended.')
    })
    return { kill: () => undefined }
  }
}

async function scan(fates: readonly Fate[]): Promise<ScanOutcome> {
  const context: EngineContext = { ...test.context, startJob: processesWith(fates) }
  const target = { lineFolder: '', manifestPath: 'x', fragments: fates.map((_, id) => id), indices: [] }
  const plan = { targets: [target], mode: 'check', limitMs: 200 } as const
  const running = runScan(context, dataset, plan, 'Read', new AbortController().signal)
  for (;;) {
    const step = await running.next()
    if (step.done === true) return step.value
  }
}

const fragmentsOf = (outcome: ScanOutcome) =>
  outcome.ends.map(({ unit, error }) => [unit.kind === 'fragment' ? unit.fragment : -1, error?.code ?? 'read'])

describe('a scan', () => {
  it('goes on behind a fragment that kills its process, and names it', async () => {
    const outcome = await scan(['reads', 'dies', 'reads', 'dies', 'dies', 'reads'])
    expect(fragmentsOf(outcome)).toEqual([
      [0, 'read'],
      [1, 'engine-died'],
      [2, 'read'],
      [3, 'engine-died'],
      [4, 'engine-died'],
      [5, 'read'],
    ])
    expect(outcome).toMatchObject({ deaths: 3 })
    expect(outcome.stopped).toBeUndefined()
  })

  it('ends a process that hangs, and goes on', { timeout: 15_000 }, async () => {
    const outcome = await scan(['hangs', 'reads'])
    expect(fragmentsOf(outcome)).toEqual([
      [0, 'timeout'],
      [1, 'read'],
    ])
  })

  it('gives up when processes die before they begin anything', async () => {
    const outcome = await scan(['reads', 'dies-idle'])
    expect(fragmentsOf(outcome)).toEqual([[0, 'read']])
    expect(outcome.stopped).toContain('SIGABRT')
  })
})
