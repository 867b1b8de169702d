import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { build } from 'rolldown'
import type { Commands } from './stand-in/control.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const OUTPUT = path.join(root, 'dist/test/stand-in')
const HERE = path.join(root, 'e2e/desktop/stand-in')

/** Bundles the stand-in beside the built app; quick, so it is done for every run. */
export async function buildStandIn(): Promise<void> {
  const bundle = (name: string): Promise<unknown> =>
    build({
      input: path.join(HERE, `${name}.ts`),
      cwd: root,
      platform: 'node',
      external: [/^node:/, '@playwright/test', './hooks.mjs'],
      logLevel: 'warn',
      output: { file: path.join(OUTPUT, `${name}.mjs`), format: 'esm' },
    })
  await Promise.all(['electron', 'register', 'hooks', 'utility-boot'].map(bundle))
}

export interface LaunchOptions {
  readonly args?: readonly string[]
  /** Where the app keeps its things; a fresh folder unless given. */
  readonly dataDir?: string
}

export interface StandInApp {
  readonly dataDir: string
  readonly page: Page
  /** Errors the page logged or threw. */
  readonly problems: readonly string[]
  run<K extends keyof Commands>(name: K, ...args: Parameters<Commands[K]>): Promise<Awaited<ReturnType<Commands[K]>>>
  /** Closes the window as a person would and waits for the process to end; resolves to its exit code. */
  close(): Promise<number | null>
}

export const newDataDir = (): string => mkdtempSync(path.join(os.tmpdir(), 'tiltyard-e2e-'))

/** Starts the built app under the stand-in and attaches to its window. */
export async function launchStandIn({ args = [], dataDir = newDataDir() }: LaunchOptions = {}): Promise<StandInApp> {
  const child = startProcess(args, dataDir)
  const { endpoint } = await new Promise<{ readonly endpoint: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { readonly endpoint: string }))
    child.once('exit', (code) => reject(new Error(`The app ended before it opened a window (code ${code}).`)))
  })
  const exited = new Promise<number | null>((resolve) => void child.once('exit', resolve))
  const browser = await chromium.connectOverCDP(endpoint)
  const page = await windowOf(browser)
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  let nextId = 1
  const run: StandInApp['run'] = (name, ...parameters) =>
    new Promise((resolve, reject) => {
      const id = nextId++
      const receive = (message: unknown): void => {
        const reply = message as { readonly id: number; readonly value?: never; readonly error?: string }
        if (reply.id !== id) return
        child.off('message', receive)
        if (reply.error === undefined) resolve(reply.value as never)
        else reject(new Error(reply.error))
      }
      child.on('message', receive)
      child.send({ id, name, args: parameters })
    })
  return {
    dataDir,
    page,
    problems,
    run,
    async close() {
      if (child.connected && child.exitCode === null) child.send({ id: 0, name: 'closeWindow', args: [] })
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      const code = await exited
      clearTimeout(late)
      return code
    },
  }
}

/** Starts the app once more with the same data folder; resolves to its exit code. */
export function startSecondInstance(args: readonly string[], dataDir: string): Promise<number | null> {
  return new Promise((resolve) => void startProcess(args, dataDir).once('exit', resolve))
}

function startProcess(args: readonly string[], dataDir: string): ChildProcess {
  return fork(path.join(root, 'dist/desktop/main.mjs'), [...args], {
    execArgv: ['--import', path.join(OUTPUT, 'register.mjs')],
    env: { ...process.env, TILTYARD_DATA_DIR: dataDir },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

async function windowOf(browser: Browser): Promise<Page> {
  for (;;) {
    const pages = browser.contexts().flatMap((context) => context.pages())
    const page = pages.find((candidate) => candidate.url().startsWith('https://bundle.app.invalid'))
    if (page !== undefined) return page
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
