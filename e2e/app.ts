import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findChromium, CHROMIUM_ARGS } from '../tools/chromium.mjs'

export const ROOT = path.resolve(import.meta.dirname, '..')

/** A running browser host. */
export interface RunningApp {
  /** Process id of the host. */
  readonly pid: number
  /** One-time link. */
  readonly url: string
  readonly dataDir: string
  /** Everything it printed. */
  output(): string
  /** Ends it and every process it started. */
  stop(): Promise<void>
}

/** How Playwright starts Chromium here: the machine's own, quiet, software-rendered. */
export function launchOptions(): { executablePath: string; chromiumSandbox: boolean; args: string[] } {
  const executablePath = findChromium()
  if (executablePath === undefined)
    throw new Error('No Chromium: set CHROMIUM_PATH or run `npm test`, which installs one.')
  return { executablePath, chromiumSandbox: false, args: [...CHROMIUM_ARGS] }
}

export interface AppOptions {
  /** Kept when the app stops; a folder of its own, removed with it, unless given. */
  readonly dataDir?: string
  /** User to run as; root only. */
  readonly uid?: number
}

/** Starts the built app in the browser host with a data folder of its own and waits for its link. */
export async function startApp(args: readonly string[] = [], options: AppOptions = {}): Promise<RunningApp> {
  const dataDir = options.dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-e2e-'))
  if (options.uid !== undefined) fs.chownSync(dataDir, options.uid, options.uid)
  const child = spawn(process.execPath, ['dist/launch/start.mjs', '--browser', '--no-open', ...args], {
    cwd: ROOT,
    env: { ...process.env, TILTYARD_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const link = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(output)
      if (link) resolve(link[0])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The app ended with ${code} before it printed a link:\n${output}`)))
  })
  return {
    pid: child.pid!,
    url,
    dataDir,
    output: () => output,
    stop: async () => {
      await end(child)
      if (options.dataDir === undefined) fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const killer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await gone
  clearTimeout(killer)
}
