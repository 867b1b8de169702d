import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { RepairResult } from '#shared/model/doctor.ts'
import type { JobInfo } from '#shared/model/job.ts'
import { joinPath } from '../../format/names.ts'
import { checkWritableFolder } from './writable.ts'
import { createPace } from '../../storage/index.ts'
import { runScan } from '../scan/run-scan.ts'
import { toOwnNames } from '../evidence.ts'
import { nameLine, takeSurvey } from '../survey.ts'
import { backUp } from './backup.ts'
import type { RepairEnv } from './env.ts'

const HINT = 'latest_version_hint.json'
/** Opening takes milliseconds; the process has to start first. */
const OPEN_LIMIT_MS = 20_000

/**
 * Moves the manifests of main, or of a branch, that do not read and are newer than the last that does into a backup, so that this one is
 * the newest again. First Lance must open it; and after the move the dataset is read once more.
 */
export async function* setAsideNewest(
  env: RepairEnv,
  branch: string | undefined,
): AsyncGenerator<JobInfo, RepairResult> {
  const { context, dataset, signal } = env
  const survey = await takeSurvey(dataset, createPace(signal), signal)
  const own = survey.snapshot.references.lines.find((line) => line.branch === branch)
  if (own === undefined) throw noBranch(branch ?? 'main')
  const name = nameLine(own)
  const folder = joinPath(own.folder, '_versions')
  const good = survey.versions.findLast(({ line }) => line === own)
  const broken = survey.broken.filter(({ line, isNewest }) => line === own && isNewest)
  if (broken.length === 0) {
    throw new AppError({
      code: 'invalid-input',
      message: `The newest manifest of ${name} reads; there is nothing to set aside.`,
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
      message: `No older manifest of ${name} reads, so there is no version to go back to. Nothing was changed.`,
      hint: `Restore "${folder}" from a backup.`,
    })
  }
  await checkWritableFolder(dataset, folder)
  const targets = [{ lineFolder: own.folder, manifestPath: good.path, fragments: [], indices: [] }]
  const plan = { targets, mode: 'check', limitMs: env.options.limitMs ?? OPEN_LIMIT_MS } as const
  const opened = yield* runScan(context, dataset, plan, `Open version ${good.version} of ${name}`, signal)
  const reason = opened.stopped ?? opened.ends.find(({ error }) => error !== undefined)?.error?.message
  if (reason !== undefined) {
    const place = { dataDir: context.paths.dataDir, location: dataset.location, lineFolder: own.folder }
    throw new AppError({
      code: 'corrupt-manifest',
      message: `Lance does not open version ${good.version} of ${name} either: ${toOwnNames(reason, place)} Nothing was changed.`,
      hint: `Restore "${folder}" from a backup.`,
    })
  }
  const hintPath = joinPath(folder, HINT)
  const hint = survey.sizes.has(hintPath) ? [hintPath] : []
  const paths = broken.map(({ path }) => path)
  const backup = await backUp(context, dataset, [...paths, ...hint])
  signal.throwIfAborted()
  // From here on to the end: half of it would be worse than either.
  for (const path of paths) await rm(join(dataset.location, path))
  if (hint.length > 0) {
    const temporary = join(dataset.location, folder, '.tmp-tiltyard-hint')
    await writeFile(temporary, JSON.stringify({ version: good.version }))
    await rename(temporary, join(dataset.location, hintPath))
  }
  await readAgain(env, branch)
  return {
    repair: 'set-aside-newest',
    title: `Version ${good.version} is the newest${branch === undefined ? '' : ` of ${name}`} again; ${formatNoun(paths.length, 'manifest')} set aside.`,
    backup,
    version: good.version,
    ...(branch === undefined ? {} : { branch }),
    lost: broken.map(({ version }) => `What version ${version} changed.`),
    files: paths.length,
  }
}

/** Main always has to open; of a branch its newest manifest has to read. */
async function readAgain({ context, dataset }: RepairEnv, branch: string | undefined): Promise<void> {
  const holder = new AbortController()
  try {
    const opened = await context.datasets.open(dataset.location, holder.signal)
    if (branch !== undefined) await opened.manifest(await opened.resolve({ branch }))
  } finally {
    holder.abort()
  }
}

function noBranch(name: string): AppError {
  return new AppError({
    code: 'ref-not-found',
    message: `There is no branch "${name}".`,
    hint: 'Check the dataset again: it may have been deleted.',
    detail: { branch: name },
  })
}
