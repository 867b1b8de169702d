import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { RepairResult } from '#shared/model/doctor.ts'
import type { JobInfo } from '#shared/model/job.ts'
import { checkWritableFolder } from './writable.ts'
import { createPace } from '../../storage/index.ts'
import { runScan } from '../scan/run-scan.ts'
import { takeSurvey } from '../survey.ts'
import { backUp } from './backup.ts'
import type { RepairEnv } from './env.ts'

const HINT = '_versions/latest_version_hint.json'
/** Opening takes milliseconds; the process has to start first. */
const OPEN_LIMIT_MS = 20_000

/**
 * Moves the manifests of main that do not read and are newer than the last that does into a backup, so that this one is
 * the newest again. First Lance must open it; and after the move the dataset is read once more.
 */
export async function* setAsideNewest(env: RepairEnv): AsyncGenerator<JobInfo, RepairResult> {
  const { context, dataset, signal } = env
  const survey = await takeSurvey(dataset, createPace(signal), signal)
  const good = survey.versions.findLast(({ line }) => line.branch === undefined)
  const broken = survey.broken.filter(({ line, isNewest }) => line.branch === undefined && isNewest)
  if (broken.length === 0) {
    throw new AppError({
      code: 'invalid-input',
      message: 'The newest manifest of main reads; there is nothing to set aside.',
      hint: 'Check the dataset again: it may be repaired already.',
    })
  }
  const closed = broken.find(({ error }) => error.code !== 'corrupt-manifest')
  if (closed !== undefined) {
    throw new AppError({
      code: closed.error.code,
      message: `${closed.path} is not damaged, but cannot be read: ${closed.error.message} Nothing was changed.`,
      hint: 'Ask for permission to read it.',
    })
  }
  if (good === undefined) {
    throw new AppError({
      code: 'corrupt-manifest',
      message: 'No older manifest of main reads, so there is no version to go back to. Nothing was changed.',
      hint: 'Restore "_versions" from a backup.',
    })
  }
  await checkWritableFolder(dataset, '_versions')
  const targets = [{ lineFolder: '', manifestPath: good.path, fragments: [], indices: [] }]
  const plan = { targets, mode: 'check', limitMs: env.options.limitMs ?? OPEN_LIMIT_MS } as const
  const opened = yield* runScan(context, dataset, plan, `Open version ${good.version}`, signal)
  const reason = opened.stopped ?? opened.ends.find(({ error }) => error !== undefined)?.error?.message
  if (reason !== undefined) {
    throw new AppError({
      code: 'corrupt-manifest',
      message: `Lance does not open version ${good.version} either: ${reason} Nothing was changed.`,
      hint: 'Restore "_versions" from a backup.',
    })
  }
  const hint = survey.sizes.has(HINT) ? [HINT] : []
  const paths = broken.map(({ path }) => path)
  const backup = await backUp(context, dataset, [...paths, ...hint])
  signal.throwIfAborted()
  // From here on to the end: half of it would be worse than either.
  for (const path of paths) await rm(join(dataset.location, path))
  if (hint.length > 0) {
    const temporary = join(dataset.location, '_versions', '.tmp-tiltyard-hint')
    await writeFile(temporary, JSON.stringify({ version: good.version }))
    await rename(temporary, join(dataset.location, HINT))
  }
  const { handle } = await context.datasets.open(dataset.location)
  context.datasets.close(handle)
  return {
    repair: 'set-aside-newest',
    title: `Version ${good.version} is the newest again; ${formatNoun(paths.length, 'manifest')} set aside.`,
    backup,
    version: good.version,
    lost: broken.map(({ version }) => `What version ${version} changed.`),
    files: paths.length,
  }
}
