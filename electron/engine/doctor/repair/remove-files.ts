import { AppError, toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatNoun } from '#shared/model/format.ts'
import type { RepairResult } from '#shared/model/doctor.ts'
import { createPace } from '../../storage/index.ts'
import { findUnused } from '../checks/leftovers.ts'
import { takeSurvey } from '../survey.ts'
import { backUp } from './backup.ts'
import type { RepairEnv } from './env.ts'

/** Removes files no version uses. Each is judged anew by a fresh reading of all manifests; others are refused. */
export async function removeFiles(
  { context, dataset, signal }: RepairEnv,
  paths: readonly string[],
): Promise<RepairResult> {
  const survey = await takeSurvey(dataset, createPace(signal), signal)
  const { isCertain, files } = findUnused(survey)
  if (!isCertain) {
    throw new AppError({
      code: 'corrupt-manifest',
      message: 'Nothing was removed: some metadata does not read, and it may need these files.',
      hint: 'Repair the manifests, tags and branches first.',
    })
  }
  const unused = new Map(files.map((file) => [file.path, file]))
  const used = paths.filter((path) => unused.get(path)?.isYoung !== false)
  if (used.length > 0) {
    throw new AppError({
      code: 'in-use',
      message: `Nothing was removed: ${formatNoun(used.length, 'file')} of the list ${used.length === 1 ? 'is' : 'are'} gone, in use, or younger than a day.`,
      hint: 'Check the dataset again, and remove what it offers.',
      detail: { paths: used.slice(0, 20) },
    })
  }
  const wanted = [...new Set(paths)]
  // Records of commits and half-written manifests are small and may tell a person something one day.
  const metadata = wanted.filter((path) => /(^|\/)(_versions|_transactions|_refs)\//.test(path))
  const backup = metadata.length === 0 ? undefined : await backUp(context, dataset, metadata)
  let [bytes, removed] = [0, 0]
  const lost: string[] = []
  for (const path of wanted) {
    signal.throwIfAborted()
    try {
      await dataset.store.delete(path)
      removed++
      bytes += unused.get(path)?.bytes ?? 0
    } catch (error) {
      lost.push(`${path} could not be removed: ${toErrorValue(error).message}`)
    }
  }
  return {
    repair: 'remove-files',
    title: `${formatNoun(removed, 'file')} of ${formatBytes(bytes)} removed.`,
    ...(backup === undefined ? {} : { backup }),
    lost,
    files: removed,
    bytes,
  }
}
