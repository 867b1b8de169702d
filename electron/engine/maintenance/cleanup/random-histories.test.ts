import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CleanupOperation } from '#shared/model/maintenance.ts'
import { createDatasetFolder, type DatasetFolder } from '../../datasets/datasets.fixture.ts'
import { lancedb } from '../../lance/tables.fixture.ts'
import { createDice, makeRandomHistory, type Dice } from '../../storage/random-history.fixture.ts'
import { openStorage, walkSizes } from '../../storage/storage.fixture.ts'
import { makeCleaningBench, readState, type CleaningBench } from './cleaning.fixture.ts'

/*
 * Cleanup foretold and then done, on random histories with tags, branches of branches, restores and leftovers: bytes and
 * files to the last, and every version that stays, of main and of branches, read in full by LanceDB before and after.
 */

const SEEDS = Number(process.env['HISTORIES'] ?? 110)
const FIRST_SEED = Number(process.env['SEED'] ?? 1)
const LIMIT_MS = Math.max(300_000, SEEDS * 3000)
const DAY_MS = 24 * 60 * 60 * 1000

let folder: DatasetFolder
let bench: CleaningBench
beforeAll(async () => {
  folder = await createDatasetFolder()
  bench = await makeCleaningBench()
})
afterAll(async () => {
  await bench.remove()
  await folder.dispose()
})

it(`does what it foretold on ${SEEDS} random histories`, { timeout: LIMIT_MS }, async () => {
  const seen = { files: 0, versions: 0, tagged: 0, branched: 0, byCount: 0 }
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const dice = createDice(seed)
    const { location, log } = await makeRandomHistory(folder, `c${seed}`, dice, 4 + dice.roll(14), 4)
    const story = `seed ${seed}: ${log.join(', ')}`
    leaveFiles(location, dice)
    const { dataset } = await openStorage(location)
    const { handle } = await bench.context.datasets.open(location)
    const operation = await chooseOperation(location, dice)
    const forecast = await bench.forecast(handle, operation)
    const { cleanup } = forecast
    if (cleanup === undefined) throw new Error('no forecast')
    const kept = await readState(location, new Set(cleanup.versionsRemoved))
    expect(
      Object.values(kept).filter((it) => it.length !== 64 && !/^\d+$/.test(it)),
      story,
    ).toEqual([])
    const before = walkSizes(location)
    const newest = await dataset.resolve()
    const { kind: _, ...keep } = operation
    const result = await bench.cleanup({ dataset: handle, ...keep })
    const after = walkSizes(location)
    const vanished = [...before].filter(([path]) => !after.has(path))
    expect(vanished.length, story).toBe(cleanup.filesRemoved)
    expect(
      vanished.reduce((sum, [, bytes]) => sum + bytes, 0),
      story,
    ).toBe(forecast.bytesFreed)
    expect([result.filesRemoved, result.bytesFreed], story).toEqual([cleanup.filesRemoved, forecast.bytesFreed])
    expect(result.before.totalBytes - result.after.totalBytes, story).toBe(forecast.bytesFreed)
    expect(result.before.versions - result.after.versions, story).toBe(cleanup.versionsRemoved.length)
    expect(
      result.notes.filter(({ severity }) => severity === 'problem'),
      story,
    ).toEqual([])
    expect(
      [...after.keys()].filter((path) => !before.has(path)),
      story,
    ).toEqual([])
    expect((await dataset.resolve()).version, story).toBe(newest.version)
    expect(await readState(location, new Set()), story).toEqual(kept)
    expect((await bench.forecast(handle, operation)).nothingToDo, story).toBe(true)
    seen.files += vanished.length
    seen.versions += cleanup.versionsRemoved.length
    if (cleanup.keptBy.some(({ kind }) => kind === 'tag')) seen.tagged++
    if (cleanup.keptBy.some(({ kind }) => kind === 'branch')) seen.branched++
    if (operation.keepLast !== undefined) seen.byCount++
  }
  process.stdout.write(
    `${SEEDS} random histories cleaned up as foretold: bytes of ${seen.files} files and ${seen.versions} versions exact\n`,
  )
  if (SEEDS < 100) return
  expect(seen.files).toBeGreaterThan(SEEDS * 5)
  expect(seen.versions).toBeGreaterThan(SEEDS * 2)
  expect(seen.tagged).toBeGreaterThan(10)
  expect(seen.branched).toBeGreaterThan(10)
  expect(seen.byCount).toBeGreaterThan(20)
})

async function chooseOperation(location: string, dice: Dice): Promise<CleanupOperation> {
  const deleteUnverified = dice.chance(0.3)
  if (dice.chance(0.5)) return { kind: 'cleanup', keepLast: 1 + dice.roll(4), deleteUnverified }
  const connection = await lancedb.connect(dirname(location))
  const versions = await (await connection.openTable(location.slice(location.lastIndexOf('/') + 1, -6))).listVersions()
  connection.close()
  const cutOff = dice.chance(0.3) ? new Date(Date.now() + 1000) : dice.pick(versions).timestamp
  return { kind: 'cleanup', olderThan: cutOff.toISOString(), deleteUnverified }
}

/** Leftovers of failed writes, strangers, and ages for them. */
function leaveFiles(location: string, dice: Dice): void {
  const paths = [
    'data/000000000000000000000000abcdefabcdefabcdefabcdefab.lance',
    'data/000000000000000000000000abcdefabcdefabcdefabcdefab/10000000000000000000000000000000.blob',
    'data/.tmpAbCdEf',
    'data/stray.txt',
    '_versions/.tmp_1.manifest_2',
    '_deletions/0-1-99.arrow',
    '_transactions/1-lost.txn',
    '_indices/00000000-0000-0000-0000-000000000000/page_data.lance',
    '_indices/stray',
    'readme.txt',
  ]
  for (const path of paths) {
    if (dice.chance(0.5)) continue
    mkdirSync(dirname(join(location, path)), { recursive: true })
    writeFileSync(join(location, path), 'x'.repeat(1 + dice.roll(100)))
    const modified = new Date(Date.now() - dice.pick([0, 6.9, 8, 30]) * DAY_MS)
    utimesSync(join(location, path), modified, modified)
  }
}
