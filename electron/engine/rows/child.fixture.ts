import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'rolldown'
import type { ErrorValue } from '#shared/errors.ts'

export type ChildOutcome =
  | { readonly kind: 'read'; readonly rows: number }
  | { readonly kind: 'failed'; readonly error: ErrorValue }
  | { readonly kind: 'died'; readonly code: number | null; readonly signal: string | null }

const ROOM = import.meta.dirname
const CACHE = join(ROOM, '../../../node_modules/.cache')

/** What the child does: open one dataset by path and read a page of all its columns. */
const PROGRAM = (location: string, dataDir: string): string => `
import { createDatasetRegistry } from ${JSON.stringify(join(ROOM, '../datasets/index.ts'))}
import { createRowsHandlers } from ${JSON.stringify(join(ROOM, 'index.ts'))}
import { toErrorValue } from ${JSON.stringify(join(ROOM, '../../../shared/errors.ts'))}
const paths = { dataDir: ${JSON.stringify(dataDir)}, root: undefined }
const datasets = createDatasetRegistry({ paths })
const rows = createRowsHandlers({ paths, datasets, facts: {}, log() {} })
const signal = new AbortController().signal
try {
  const { handle } = await datasets.open(${JSON.stringify(location)})
  const page = await rows['rows.page']({ dataset: handle, offset: 0, limit: 1000 }, { signal })
  process.send({ kind: 'read', rows: page.total }, () => process.exit(0))
} catch (error) {
  process.send({ kind: 'failed', error: toErrorValue(error) }, () => process.exit(0))
}
`

/** Reads a page of a dataset in a process that may die of it; killed after the limit, which counts as a failure. */
export async function runInChild(location: string, limitMs: number): Promise<ChildOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'tiltyard-child-'))
  const source = join(folder, 'source.mjs')
  const program = join(CACHE, `tiltyard-child-${process.pid}-${Date.now()}.mjs`)
  try {
    writeFileSync(source, PROGRAM(location, join(folder, 'data')))
    mkdirSync(CACHE, { recursive: true })
    // Bundled below node_modules, so that the packages it leaves out are found.
    await build({
      input: source,
      platform: 'node',
      external: ['@lancedb/lancedb', 'apache-arrow'],
      resolve: { alias: { '#shared': join(ROOM, '../../../shared'), '#engine': join(ROOM, '..') } },
      output: { file: program, format: 'esm' },
      logLevel: 'silent',
    })
    return await runProgram(program, limitMs)
  } finally {
    rmSync(program, { force: true })
    rmSync(folder, { recursive: true, force: true })
  }
}

function runProgram(program: string, limitMs: number): Promise<ChildOutcome> {
  return new Promise((resolve, reject) => {
    const child = fork(program, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] })
    let outcome: ChildOutcome | undefined
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`no answer within ${limitMs} ms`))
    }, limitMs)
    child.on('message', (message) => (outcome = message as ChildOutcome))
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      resolve(outcome ?? { kind: 'died', code, signal })
    })
  })
}
