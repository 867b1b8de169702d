import type { Input } from '#shared/contract/index.ts'
import type { DoctorEvent, DoctorFinding } from '#shared/model/doctor.ts'
import type { EngineContext } from '../context.ts'
import { inspectDataset } from '../datasets/index.ts'
import { createPace } from '../storage/index.ts'
import { checkBlobs } from './checks/blobs.ts'
import type { Check, CheckEnv } from './checks/check.ts'
import { checkDataFiles } from './checks/data-files.ts'
import { checkDeletions } from './checks/deletions.ts'
import { checkFlags } from './checks/flags.ts'
import { checkGaps } from './checks/gaps.ts'
import { checkIndices } from './checks/indices.ts'
import { checkLeftovers } from './checks/leftovers.ts'
import { checkManifests } from './checks/manifests.ts'
import { checkRefs } from './checks/refs.ts'
import { checkTransactions } from './checks/transactions.ts'
import { readDeep, type DeepOptions } from './deep.ts'
import { worstOf } from './finding.ts'
import { takeSurvey } from './survey.ts'

const CHECKS: readonly (readonly [note: string, check: Check])[] = [
  ['Manifests', checkManifests],
  ['Missing versions', checkGaps],
  ['Data files', checkDataFiles],
  ['Deletion files', checkDeletions],
  ['Indices', checkIndices],
  ['Transactions', checkTransactions],
  ['Tags and branches', checkRefs],
  ['Large values', checkBlobs],
  ['Files of no version', checkLeftovers],
  ['Features', checkFlags],
]

/** Checks a dataset, opened or not, readable or not; writes nothing into it. Ends with the report. */
export async function* checkDataset(
  context: EngineContext,
  { location, deep = false }: Input<'doctor.check'>,
  signal: AbortSignal,
  options: DeepOptions = {},
): AsyncGenerator<DoctorEvent> {
  const { paths } = context
  const began = performance.now()
  const dataset = await inspectDataset(location, paths.root)
  const pace = createPace(signal)
  const total = CHECKS.length + 1
  yield { kind: 'progress', done: 0, total, note: 'Reading every manifest' }
  const survey = await takeSurvey(dataset, pace, signal)
  const looked = new Set<string>()
  const env: CheckEnv = { survey, pace, root: paths.root, counted: (path) => void looked.add(path) }
  const findings: DoctorFinding[] = []
  for (const [index, [note, check]] of CHECKS.entries()) {
    yield { kind: 'progress', done: index + 1, total, note }
    await pace()
    for (const finding of await check(env)) {
      findings.push(finding)
      yield { kind: 'finding', finding }
    }
  }
  let rowsRead = 0
  if (deep) {
    const reading = readDeep(context, survey, signal, options)
    let step = await reading.next()
    for (; step.done !== true; step = await reading.next()) {
      const { progress } = step.value
      yield {
        kind: 'progress',
        done: progress?.done ?? 0,
        total: progress?.total ?? 1,
        note: progress?.note ?? 'Reading every page',
      }
    }
    rowsRead = step.value.rowsRead
    for (const finding of step.value.findings) {
      findings.push(finding)
      yield { kind: 'finding', finding }
    }
  }
  const version = survey.versions.find(({ line, isNewest }) => line.branch === undefined && isNewest)?.version
  yield {
    kind: 'done',
    report: {
      location: dataset.location,
      deep,
      ...(version === undefined ? {} : { version }),
      status: worstOf(findings),
      findings,
      filesChecked: looked.size,
      rowsRead,
      elapsedMs: performance.now() - began,
    },
  }
}
