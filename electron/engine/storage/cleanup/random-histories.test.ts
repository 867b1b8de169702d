import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Table } from '@lancedb/lancedb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatasetFolder, type DatasetFolder } from '../../datasets/datasets.fixture.ts'
import { takeSnapshot, type Snapshot } from '../gather/snapshot.ts'
import { createDice, makeRandomHistory, type Dice, type RandomHistory } from '../random-history.fixture.ts'
import { findLine } from '../references/model.ts'
import { openStorage, walkSizes } from '../storage.fixture.ts'
import { planCleanup, summarizePlan } from './plan-cleanup.ts'

/*
 * What cleanup would do, said beforehand, against what LanceDB then does: files, bytes and versions, on random histories
 * with tags, branches of branches, restores, leftovers of failed writes and files of any age.
 */

const SEEDS = Number(process.env['HISTORIES'] ?? 120)
const FIRST_SEED = Number(process.env['SEED'] ?? 1)
const DAY_MS = 24 * 60 * 60 * 1000

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

it(`foretells LanceDB's cleanup of ${SEEDS} random histories`, async () => {
  const outcomes = { broken: 0, cleaned: 0, blocked: 0, onBranches: 0, keptByBranch: 0, files: 0 }
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const dice = createDice(seed)
    const history = await makeRandomHistory(folder, `h${seed}`, dice, 4 + dice.roll(14), 16)
    const branch = history.branches.size > 0 && dice.chance(0.4) ? dice.pick([...history.branches.keys()]) : undefined
    const table = branch === undefined ? history.main : history.branches.get(branch)!
    if (!(await settleCompaction(table))) {
      outcomes.broken++
      continue
    }
    leaveFiles(history.location, branch, dice)
    const outcome = await compare(history, table, branch, dice, seed)
    outcomes[outcome.isBlocked ? 'blocked' : 'cleaned']++
    if (branch !== undefined) outcomes.onBranches++
    if (outcome.isKeptByBranch) outcomes.keptByBranch++
    outcomes.files += outcome.files
  }
  // The histories must be worth something.
  expect(outcomes.broken).toBeLessThan(SEEDS / 10)
  expect(outcomes.cleaned).toBeGreaterThan(SEEDS / 3)
  if (SEEDS < 100) return
  expect(outcomes.blocked).toBeGreaterThan(5)
  expect(outcomes.onBranches).toBeGreaterThan(10)
  expect(outcomes.keptByBranch).toBeGreaterThan(5)
  expect(outcomes.files).toBeGreaterThan(SEEDS * 5)
}, 120_000)

/**
 * Cleanup is the second part of `optimize`; the first must find nothing to do, nor the third give it anything. False when
 * LanceDB cannot: after the compaction of a branch it looks for remapped indices in the parent's folder.
 */
async function settleCompaction(table: Table): Promise<boolean> {
  await table.checkoutLatest()
  for (let round = 0; round < 8; round++) {
    const before = await table.version()
    try {
      await table.optimize({ cleanupOlderThan: new Date(0) })
    } catch (error) {
      expect(String(error)).toMatch(/Not found: .*_indices/)
      return false
    }
    await table.checkoutLatest()
    if ((await table.version()) === before) return true
  }
  return true
}

/** Leftovers of failed writes, strangers, and ages for some of the files. */
function leaveFiles(location: string, branch: string | undefined, dice: Dice): void {
  const base = branch === undefined ? location : join(location, 'tree', branch)
  const leftovers = [
    'data/000000000000000000000000abcdefabcdefabcdefabcdefab.lance',
    'data/000000000000000000000000abcdefabcdefabcdefabcdefab/10000000000000000000000000000000.blob',
    'data/stray.txt',
    'data/half-written.lance#12',
    '_versions/.tmp_half#4',
    '_indices/11111111-1111-1111-1111-111111111111/half.lance#1',
    '_deletions/deep/0-1-97.arrow',
    '_transactions/deep/1-deep.txn',
    'data/a/b/10000000000000000000000000000000.blob',
    'data/nested/one.lance',
    '_deletions/0-1-99.arrow',
    '_deletions/0-1-98.bin',
    '_deletions/readme.md',
    '_transactions/1-lost.txn',
    '_transactions/1-lost.tmp',
    '_versions/.tmp_1.manifest_2',
    '_versions/notes.txt',
    '_indices/00000000-0000-0000-0000-000000000000/page_data.lance',
    '_indices/stray',
    '_computed/abc.sig',
    'readme.txt',
  ]
  for (const path of leftovers) {
    if (dice.chance(0.6)) continue
    mkdirSync(dirname(join(base, path)), { recursive: true })
    writeFileSync(join(base, path), 'x'.repeat(dice.roll(100)))
  }
  const nowMs = Date.now()
  for (const path of walkSizes(location).keys()) {
    if (path.endsWith('.manifest') || dice.chance(0.7)) continue
    const ageMs = dice.pick([0, 8 * DAY_MS, 30 * DAY_MS, 6.9 * DAY_MS])
    utimesSync(join(location, path), new Date(nowMs), new Date(nowMs - ageMs))
  }
}

async function compare(
  history: RandomHistory,
  table: Table,
  branch: string | undefined,
  dice: Dice,
  seed: number,
): Promise<{ readonly isBlocked: boolean; readonly isKeptByBranch: boolean; readonly files: number }> {
  const { dataset } = await openStorage(history.location)
  const snapshot = await takeSnapshot(dataset, undefined, new AbortController().signal)
  const cutOffMs = pickCutOff(snapshot, branch, dice)
  const deleteUnverified = dice.chance(0.3)
  const rules = { cutOffNs: BigInt(cutOffMs) * 1_000_000n, deleteUnverified, nowMs: Date.now() }
  const plan = await planCleanup(snapshot, branch, rules, () => Promise.resolve())
  const preview = summarizePlan(plan)
  const story = `seed ${seed}, ${branch ?? 'main'}, ${deleteUnverified}: ${history.log.join(', ')}`
  expect(snapshot.unreadable, story).toEqual([])

  const before = walkSizes(history.location)
  const options = { cleanupOlderThan: new Date(cutOffMs), deleteUnverified }
  const done = await table.optimize(options).then(
    (stats) => ({ stats, error: undefined }),
    (error: unknown) => ({ stats: undefined, error: String(error) }),
  )
  const after = walkSizes(history.location)
  const vanished = [...before.keys()].filter((path) => !after.has(path)).toSorted()
  if (done.error !== undefined) {
    expect(done.error, story).toMatch(/tagged version/)
    expect(preview.blockedBy?.length, story).toBeGreaterThan(0)
    expect(vanished, story).toEqual([])
    return { isBlocked: true, isKeptByBranch: false, files: 0 }
  }
  expect(done.stats?.compaction.fragmentsRemoved, story).toBe(0)
  expect(preview.blockedBy, story).toBeUndefined()
  expect(plan.files.map(({ path }) => path).toSorted(), story).toEqual(vanished)
  // LanceDB does not count the signature files of computed columns it sweeps.
  const signatures = preview.byKind.find(({ kind }) => kind === 'computed-signature')
  expect(preview.bytesFreed - (signatures?.bytes ?? 0), story).toBe(done.stats?.prune.bytesRemoved)
  expect(preview.versionsRemoved.length, story).toBe(done.stats?.prune.oldVersionsRemoved)
  expect(preview.filesRemoved, story).toBe(vanished.length)
  const isKeptByBranch = preview.keptBy.some(({ kind }) => kind === 'branch')
  return { isBlocked: false, isKeptByBranch, files: vanished.length }
}

/** A time between two commits far enough apart, or before or after all of them. */
function pickCutOff({ references }: Snapshot, branch: string | undefined, dice: Dice): number {
  const times = findLine(references, branch)!.versions.map(({ timeNs }) => Number(timeNs / 1_000_000n))
  const sorted = times.toSorted((a, b) => a - b)
  const between = sorted.flatMap((time, index) => {
    const next = sorted[index + 1]
    return next !== undefined && next - time > 14 ? [time + 3] : []
  })
  return dice.pick([0, Date.now() + 1000, Date.now() + 1000, ...between, ...between])
}
