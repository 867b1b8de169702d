import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from '../store/errno.ts'
import { withFileLock } from '../store/file-lock.ts'
import { replaceFile } from '../store/replace-file.ts'

const FORMAT = 1
const SAVING = { doing: 'saving settings', patienceMs: 8000 } as const
const MAX_VALUE_BYTES = 256 * 1024
const MAX_FILE_BYTES = 32 * 1024 * 1024

const settingsFile = z.object({ format: z.literal(FORMAT), values: z.record(z.string(), z.json()) })

type Values = Map<string, unknown>

/** Saved settings of the app, one JSON file. */
export interface SettingsFile {
  /** Null when the key was never saved. */
  get(key: string): Promise<unknown>
  /** Null removes the key. `too-large` above 256 kB. */
  set(key: string, value: unknown): Promise<void>
}

/**
 * Opens `settings.json` in a folder, which is made on the first write. Every access reads the file anew, they run one
 * after the other, and writes of several engines (desktop, browser host, command line) wait for each other: no write is
 * lost. A write replaces the file at once or not at all. A file that cannot be understood is kept beside under another
 * name and told to `log`.
 */
export function openSettings(folder: string, log: (line: string) => void): SettingsFile {
  const path = join(folder, 'settings.json')
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(run)
    last = turn.catch(() => undefined)
    return turn
  }

  return {
    get: (key) => inTurn(async () => (await readValues(path, log)).get(key) ?? null),
    set: (key, value) =>
      inTurn(async () => {
        checkSize(key, value)
        await makeFolder(folder)
        await withFileLock(`${path}.lock`, SAVING, async () => {
          const values = await readValues(path, log)
          if (value === null) values.delete(key)
          else values.set(key, value)
          await writeValues(path, values)
        })
      }),
  }
}

async function readValues(path: string, log: (line: string) => void): Promise<Values> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return new Map()
    throw fileError(error, path)
  }
  try {
    return new Map(Object.entries(settingsFile.parse(JSON.parse(text)).values))
  } catch (error) {
    await keepAside(path, log, error)
    return new Map()
  }
}

async function keepAside(path: string, log: (line: string) => void, reason: unknown): Promise<void> {
  const aside = path.replace(/\.json$/, `.unreadable-${Date.now()}.json`)
  const why = reason instanceof SyntaxError ? 'it is not JSON' : 'it has another format'
  try {
    await rename(path, aside)
  } catch (error) {
    throw fileError(error, path)
  }
  log(`settings: ${path} could not be used (${why}); kept as ${aside}, starting empty`)
}

function checkSize(key: string, value: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(value))
  if (bytes <= MAX_VALUE_BYTES) return
  throw new AppError({
    code: 'too-large',
    message: `The setting "${key}" has ${bytes} bytes, more than the ${MAX_VALUE_BYTES} a setting may have.`,
    detail: { key, bytes },
  })
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, folder)
  })
}

async function writeValues(path: string, values: Values): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, values: Object.fromEntries(values) }, null, 1)}\n`
  if (text.length > MAX_FILE_BYTES) {
    throw new AppError({ code: 'too-large', message: 'There are too many settings to save another one.' })
  }
  await replaceFile(path, text)
}
