import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const CALL = fileURLToPath(new URL('../../dist/launch/call.mjs', import.meta.url))
const folder = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-e2e-data-'))

/** Runs one operation of the built app on the command line. */
export async function call<T>(operation: string, input: object = {}, ...flags: readonly string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, [CALL, operation, JSON.stringify(input), ...flags], {
    env: { ...process.env, TILTYARD_DATA_DIR: path.join(folder, 'app') },
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout) as T
}

/** A copy of the sample under a name of its own. */
export async function makeDataset(name: string): Promise<string> {
  const { location } = await call<{ readonly location: string }>('sample.ensure')
  const copy = path.join(folder, `${name}.lance`)
  cpSync(location, copy, { recursive: true })
  return copy
}
