import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { SourceFile } from '../parsing/index.ts'
import type { Findings } from './inspect.ts'
import { problem } from './wording.ts'

/** Files whose sizes are added up; a dataset of more is only about this large. */
const MAX_FILES = 20_000

/** The folder of a dataset, told by its manifests. */
export async function inspectFolder({ path: folder }: SourceFile): Promise<Findings & { readonly bytes: number }> {
  const versions = await readdir(path.join(folder, '_versions')).catch(() => [])
  if (!versions.some((name) => name.endsWith('.manifest'))) {
    return {
      kind: 'binary',
      bytes: 0,
      problems: [
        problem(
          'error',
          'This is a folder, not a file or a Lance dataset.',
          'Drop the folder itself to import the files in it.',
        ),
      ],
    }
  }
  return { kind: 'lance', bytes: await addSizes(path.join(folder, 'data')), problems: [] }
}

async function addSizes(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  let bytes = 0
  for (const name of names.slice(0, MAX_FILES)) {
    const stats = await stat(path.join(folder, name)).catch(() => undefined)
    if (stats?.isFile() === true) bytes += stats.size
  }
  return bytes
}
