import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatasetFolder, type DatasetFolder } from '../../datasets/datasets.fixture.ts'
import { createDice, makeRandomHistory } from '../random-history.fixture.ts'
import { openStorage } from '../storage.fixture.ts'
import { liveRows } from './plan-tasks.ts'

/* What compaction would rewrite, said beforehand, against what LanceDB then does. */

const SEEDS = Number(process.env['HISTORIES'] ?? 110)
const FIRST_SEED = Number(process.env['SEED'] ?? 1)
const LIMIT_MS = Math.max(120_000, SEEDS * 1200)

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

it(`foretells LanceDB's compaction of ${SEEDS} random histories`, { timeout: LIMIT_MS }, async () => {
  const seen = { broken: 0, tasks: 0, several: 0, nothing: 0, segments: 0, deletions: 0 }
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const dice = createDice(seed)
    const history = await makeRandomHistory(folder, `h${seed}`, dice, 3 + dice.roll(12))
    const branch = history.branches.size > 0 && dice.chance(0.3) ? dice.pick([...history.branches.keys()]) : undefined
    const table = branch === undefined ? history.main : history.branches.get(branch)!
    await table.checkoutLatest()
    const story = `seed ${seed}, ${branch ?? 'main'}: ${history.log.join(', ')}`
    const ref = branch === undefined ? undefined : { branch }

    const storage = await openStorage(history.location)
    const before = await storage.dataset.manifest(await storage.dataset.resolve(ref))
    const preview = await storage.compaction(ref === undefined ? {} : { ref })
    const done = await table.optimize({ cleanupOlderThan: new Date(0) }).catch(String)
    if (typeof done === 'string') {
      // Lance fails on indices that an earlier compaction of the branch put where it does not look: a finding.
      expect(done, story).toMatch(/Not found: .*_indices/)
      expect(
        (await storage.findings({ ref })).map(({ kind }) => kind),
        story,
      ).toContain('missing-files')
      seen.broken++
      continue
    }
    const { compaction } = done
    const after = await (await openStorage(history.location)).dataset.resolve(ref).then(storage.dataset.manifest)

    expect(preview.fragmentsRemoved, story).toBe(compaction.fragmentsRemoved)
    expect(preview.filesReplaced, story).toBe(compaction.filesRemoved)
    expect(preview.fragmentsAddedAtLeast, story).toBe(compaction.fragmentsAdded)
    const taken = preview.tasks.flatMap(({ fragments }) => fragments)
    const kept = before.fragments.map(({ id }) => id).filter((id) => !taken.includes(id))
    expect(
      after.fragments.map(({ id }) => id).filter((id) => id <= (before.maxFragmentId ?? -1)),
      story,
    ).toEqual(kept)
    const written = after.fragments.filter(({ id }) => id > (before.maxFragmentId ?? -1))
    const rowsOf = (counts: readonly number[]): readonly number[] => counts.filter(Boolean).toSorted((a, b) => a - b)
    expect(rowsOf(written.map(liveRows)), story).toEqual(rowsOf(preview.tasks.map(({ rows }) => rows)))

    seen.tasks += preview.tasks.length
    if (preview.tasks.length > 1) seen.several++
    if (preview.tasks.length === 0) seen.nothing++
    if (preview.blocked.some(({ why }) => why === 'index-segments')) seen.segments++
    if (preview.blocked.some(({ why }) => why === 'deletions-below-threshold')) seen.deletions++
  }
  process.stdout.write(
    `${SEEDS} random histories compacted by LanceDB as foretold: fragments, files and rows of ${seen.tasks} tasks exact, ${seen.nothing} with nothing to do (${seen.broken} failed)\n`,
  )
  // The histories must be worth something.
  expect(seen.broken).toBeLessThan(SEEDS / 10)
  expect(seen.tasks).toBeGreaterThan(SEEDS / 4)
  if (SEEDS < 100) return
  expect(seen.several).toBeGreaterThan(2)
  expect(seen.nothing).toBeGreaterThan(5)
  expect(seen.segments).toBeGreaterThan(5)
  expect(seen.deletions).toBeGreaterThan(0)
})
