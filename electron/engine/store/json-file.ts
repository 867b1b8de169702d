import { readFile } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from './errno.ts'
import { replaceFile } from './replace-file.ts'

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
export function writeJsonFile(path: string, value: unknown): Promise<void> {
  return replaceFile(path, `${JSON.stringify(value, null, 1)}\n`)
}
