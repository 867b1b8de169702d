import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'

/** Copies files of a dataset into a fresh folder of the app's, under the paths they have; the folder. Each copy is compared. */
export async function backUp(
  { paths }: Pick<EngineContext, 'paths'>,
  dataset: OpenDataset,
  files: readonly string[],
): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const folder = join(paths.dataDir, 'doctor', 'backups', `${basename(dataset.location)}-${dataset.handle}`, stamp)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(join(folder, 'FROM.txt'), `${dataset.location}\n`)
  for (const path of files) {
    const [from, to] = [join(dataset.location, path), join(folder, path)]
    await mkdir(dirname(to), { recursive: true })
    await copyFile(from, to)
    if (Buffer.compare(await readFile(from), await readFile(to)) === 0) continue
    throw new AppError({
      code: 'internal',
      message: `${path} could not be backed up: the copy is not what was copied. Nothing was changed.`,
      hint: 'Something else may be writing it. Try again.',
    })
  }
  return folder
}
