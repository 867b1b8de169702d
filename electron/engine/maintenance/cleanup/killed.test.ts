import { fork } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'rolldown'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from '#shared/random.fixture.ts'
import { lancedb, numbered } from '../../lance/tables.fixture.ts'
import { makeCleaningBench, readState, type CleaningBench } from './cleaning.fixture.ts'

/*
 * A cleanup in a process of its own, ended by SIGKILL at any moment: every version that is left reads in full, the kept ones
 * are all there, and the next cleanup removes the rest, which is known for what it is however young it is.
 */

const KILLS = Number(process.env['KILLS'] ?? 24)
const LIMIT_MS = 240_000 * Math.max(1, KILLS / 24)
const ROOM = import.meta.dirname
const CACHE = join(ROOM, '../../../../node_modules/.cache')
const program = join(CACHE, `tiltyard-cleanup-${process.pid}-${Date.now()}.mjs`)

/** Slowed down a little, so that a kill meets each stage; says when it begins and how many files are gone. */
const PROGRAM = `
import { createDatasetRegistry } from ${JSON.stringify(join(ROOM, '../../datasets/index.ts'))}
import { cleanUp } from ${JSON.stringify(join(ROOM, 'clean-up.ts'))}
const [location, dataDir] = process.argv.slice(2)
const paths = { dataDir, root: undefined }
const dataset = await createDatasetRegistry({ paths }).open(location)
process.send('begin')
const signal = new AbortController().signal
const result = await cleanUp({ paths }, dataset, { kind: 'cleanup', keepLast: 2 }, { signal, report() {} })
process.send('end ' + result.filesRemoved, () => process.exit(0))
`

let bench: CleaningBench
let folder: string
beforeAll(async () => {
  bench = await makeCleaningBench()
  folder = mkdtempSync(join(tmpdir(), 'tiltyard-killed-'))
  const source = join(folder, 'source.mjs')
  writeFileSync(source, PROGRAM)
  mkdirSync(CACHE, { recursive: true })
  await build({
    input: source,
    platform: 'node',
    external: ['@lancedb/lancedb', 'apache-arrow'],
    resolve: { alias: { '#shared': join(ROOM, '../../../../shared'), '#engine': join(ROOM, '../..') } },
    output: { file: program, format: 'esm' },
    logLevel: 'silent',
  })
})
afterAll(async () => {
  await bench.remove()
  rmSync(program, { force: true })
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the cleanup and kills it so long after it began; undefined = when it is done. True when it came to its end. */
async function runAndKill(
  location: string,
  delayMs: number | undefined,
): Promise<{ readonly isDone: boolean; readonly tookMs: number }> {
  const child = fork(program, [location, bench.context.paths.dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  let beganMs = 0
  let [isDone, tookMs] = [false, 0]
  await new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (message === 'begin') {
        beganMs = performance.now()
        if (delayMs !== undefined) void sleep(delayMs).then(() => child.kill('SIGKILL'))
      } else {
        isDone = true
        tookMs = performance.now() - beganMs
      }
    })
    child.on('exit', () => resolve())
  })
  return { isDone, tookMs }
}

let tries = 0

it(`leaves every version whole when killed, ${KILLS} times`, { timeout: LIMIT_MS }, async () => {
  // Another try, as build machines make one, starts anew.
  const name = `original-${tries++}`
  const table = await bench.folder.create(name, numbered(50))
  for (let round = 1; round < 60; round++) {
    await table.add(numbered(20, round * 50))
    if (round % 5 === 0) await table.delete(`id % 7 = ${round % 7}`)
    if (round % 8 === 0) await table.createIndex('id', { config: lancedb.Index.btree(), replace: true })
    if (round === 20) await (await table.tags()).create('twentieth', 20)
    if (round === 30) await (await table.branches()).create('side', undefined, 25)
    if (round % 15 === 0) await table.add(numbered(30), { mode: 'overwrite' })
  }
  const original = bench.folder.locate(name)
  const whole = await readState(original, new Set())
  expect(Object.values(whole).filter((it) => it.startsWith('unreadable'))).toEqual([])
  // Base paths are absolute, so the copy takes the place of the original each time.
  const kept = join(folder, `kept-${name}.lance`)
  cpSync(original, kept, { recursive: true, preserveTimestamps: true })
  const reset = () => {
    rmSync(original, { recursive: true })
    cpSync(kept, original, { recursive: true, preserveTimestamps: true })
    rmSync(join(bench.context.paths.dataDir, 'cleanup'), { recursive: true, force: true })
  }
  await runAndKill(original, undefined)
  const final = await readState(original, new Set())
  // The first one is slower than those that follow.
  reset()
  let { tookMs } = await runAndKill(original, undefined)
  const seen = { partly: 0, untouched: 0, done: 0 }
  const roll = createRandom(Number(process.env['SEED'] ?? 1))
  for (let kill = 0; kill < KILLS; kill++) {
    reset()
    const run = await runAndKill(original, (roll(1000) / 1000) * tookMs * 1.05)
    const { isDone } = run
    if (isDone) tookMs = Math.min(tookMs, run.tookMs)
    const state = await readState(original, new Set())
    const versions = Object.keys(state).length
    // Whatever is there is what it was; what is to stay is there.
    for (const [version, hash] of Object.entries(state)) expect([version, hash]).toEqual([version, whole[version]])
    for (const version of Object.keys(final)) expect(state).toHaveProperty([version])
    if (isDone) seen.done++
    else if (versions === Object.keys(whole).length) seen.untouched++
    else seen.partly++
    const { handle } = await bench.context.datasets.open(original)
    await bench.cleanup({ dataset: handle, keepLast: 2 })
    expect(await readState(original, new Set())).toEqual(final)
    expect(
      await bench.handlers['maintenance.leftovers']({ dataset: handle }, { signal: new AbortController().signal }),
    ).toEqual([])
  }
  process.stdout.write(
    `maintenance.cleanup: killed ${KILLS} times, ${seen.partly} half way, ${seen.untouched} before it removed a version, ${seen.done} at its end\n`,
  )
  // How many depends on how busy the machine is.
  expect(seen.partly).toBeGreaterThan(0)
})
