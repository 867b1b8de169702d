import type { Repair, RepairResult } from '#shared/model/doctor.ts'
import { AppError } from '#shared/errors.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { JobInfo } from '#shared/model/job.ts'
import { runJob } from '../../jobs/index.ts'
import { checkPlace } from '../../maintenance/index.ts'
import { checkReadable } from '../../rows/index.ts'
import { createPace } from '../../storage/index.ts'
import type { ScanUnit } from '../scan/journal.ts'
import { toOwnNames } from '../evidence.ts'
import { liveRowsOf } from '../scan/open-target.ts'
import { runScan } from '../scan/run-scan.ts'
import { takeSurvey } from '../survey.ts'
import { copyReadableTask, type CopyReadableInput, type CopyReadableResult, type ReadableRows } from './copy-task.ts'
import type { RepairEnv } from './env.ts'

const LIMIT_MS = 20_000

/**
 * Writes every row of main that can be read into a new dataset. First all rows are read in processes that may die of it, to
 * know which can be; then those are written and counted. What is lost is named, fragment by fragment.
 */
export async function* copyReadable(
  { context, dataset, signal, options }: RepairEnv,
  { to, version }: Extract<Repair, { kind: 'copy-readable' }>,
): AsyncGenerator<JobInfo, RepairResult> {
  await checkPlace(to, dataset.location, context.paths.root)
  const survey = await takeSurvey(dataset, createPace(signal), signal)
  const ofMain = survey.versions.filter(({ line }) => line.branch === undefined)
  const of = version === undefined ? ofMain.at(-1) : ofMain.find((it) => it.version === version)
  if (of === undefined) {
    throw new AppError({
      code: version === undefined ? 'corrupt-manifest' : 'version-not-found',
      message:
        version === undefined
          ? 'No version of main reads, so nobody knows its rows.'
          : `Version ${version} of main does not read, or is not there.`,
      hint: 'Restore "_versions" from a backup, or choose another version.',
    })
  }
  // Refuses features this build cannot read, and files outside of the root.
  const manifest = await dataset.manifest({ branch: undefined, version: of.version })
  checkReadable(manifest)
  const fragments = manifest.fragments.map(({ id }) => id)
  const place = { dataDir: context.paths.dataDir, location: dataset.location, lineFolder: '' }
  const target = { lineFolder: '', manifestPath: of.path, fragments, indices: [] }
  const plan = { targets: [target], mode: 'rows', limitMs: options.limitMs ?? LIMIT_MS } as const
  const found = yield* runScan(context, dataset, plan, 'Find out which rows can be read', signal)
  if (found.stopped !== undefined) {
    throw new AppError({
      code: 'corrupt-data',
      message: `The rows could not be read: ${toOwnNames(found.stopped, place)} Nothing was written.`,
    })
  }
  const readable = found.ends.flatMap(({ unit, error }) => (error === undefined && isRows(unit) ? [toRows(unit)] : []))
  const copied = yield* copy()
  const lost = manifest.fragments.flatMap((fragment) => {
    const live = liveRowsOf(fragment)
    const kept = readable.filter((it) => it.fragment === fragment.id).reduce((sum, { count }) => sum + count, 0)
    if (kept === live) return []
    const why = found.ends.find(
      ({ unit, error }) => isRows(unit) && unit.fragment === fragment.id && error !== undefined,
    )
    return [
      `Fragment ${fragment.id}: ${formatCount(live - kept)} of ${formatNoun(live, 'row')}. ${why?.error === undefined ? '' : toOwnNames(why.error.message, place)}`.trim(),
    ]
  })
  const total = manifest.fragments.reduce((sum, fragment) => sum + liveRowsOf(fragment), 0)
  return {
    repair: 'copy-readable',
    title: `${formatNoun(copied.rows, 'row')} of version ${of.version} written into a new dataset${total === copied.rows ? '' : `; ${formatNoun(total - copied.rows, 'row')} could not be read`}.`,
    version: of.version,
    to: copied.to,
    rowsRecovered: copied.rows,
    rowsLost: total - copied.rows,
    lost,
  }

  async function* copy(): AsyncGenerator<JobInfo, CopyReadableResult> {
    const input: CopyReadableInput = { location: dataset.location, manifestPath: of?.path ?? '', to, readable }
    const spec = {
      operation: 'doctor.copy',
      title: 'Write the readable rows',
      dataset,
      writes: false,
      input,
      task: copyReadableTask,
    } as const
    for await (const event of runJob<CopyReadableInput, CopyReadableResult>(context, spec, signal)) {
      if (event.kind === 'done') return event.result
      yield event.job
    }
    throw new AppError({ code: 'cancelled', message: 'The copy was left; it may still be going on.' })
  }
}

type RowsUnit = Extract<ScanUnit, { kind: 'rows' }>

function isRows(unit: ScanUnit): unit is RowsUnit {
  return unit.kind === 'rows'
}

function toRows({ fragment, from, count }: RowsUnit): ReadableRows {
  return { fragment, from, count }
}
