import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from './errno.ts'

let writes = 0

/** What a JSON file holds; undefined when there is none, `corrupt-data` when it is no JSON. */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw fileError(error, path)
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError(
      {
        code: 'corrupt-data',
        message: `${path} is damaged: it is not JSON.`,
        hint: 'Restore it from a backup, or move it away to start anew.',
        detail: { path },
      },
      { cause },
    )
  }
}

/** Replaces a JSON file at once or not at all, also across a power cut; its folder is made when missing. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  const temporary = `${path}.${process.pid}-${++writes}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(temporary, 'w', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(value, null, 1)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw fileError(error, path)
  }
}
