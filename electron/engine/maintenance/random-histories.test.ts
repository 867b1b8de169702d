import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatasetFolder, type DatasetFolder } from '../datasets/datasets.fixture.ts'
import { createDice, makeRandomHistory } from '../storage/random-history.fixture.ts'
import { contentOf, makeMaintenanceBench, type MaintenanceBench } from './maintenance.fixture.ts'

/* What was foretold, against what was then measured, over random histories. */

const SEEDS = Number(process.env['HISTORIES'] ?? 100)
const FIRST_SEED = Number(process.env['SEED'] ?? 1)
const LIMIT_MS = Math.max(120_000, SEEDS * 1200)

let bench: MaintenanceBench
let folder: DatasetFolder
beforeAll(async () => {
  bench = await makeMaintenanceBench()
  folder = await createDatasetFolder()
})
afterAll(async () => {
  await bench.remove()
  await folder.dispose()
})

/** Manifests and transactions of the commits, and the ends of files, which cost the same however few the rows. */
const FIXED_BYTES = 64_000

it(`foretells ${SEEDS} random histories, and keeps their rows`, { timeout: LIMIT_MS }, async () => {
  const seen = { compacted: 0, purged: 0, refragmented: 0, nothing: 0, refused: 0 }
  let mostBeyond = 0
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const dice = createDice(seed)
    const { location, log } = await makeRandomHistory(folder, `m${seed}`, dice, 3 + dice.roll(10))
    const dataset = await bench.open(location)
    const [kind, run] = dice.pick([
      ['compact', () => bench.run('maintenance.compact', { dataset })],
      ['purge-deletions', () => bench.run('maintenance.purgeDeletions', { dataset })],
      ['refragment', () => bench.run('maintenance.refragment', { dataset, rowsPerFragment: 7 })],
    ] as const)
    const story = `seed ${seed}, ${kind}: ${log.join(', ')}`
    const content = await contentOf(location)
    const operation = kind === 'refragment' ? { kind, rowsPerFragment: 7 } : { kind }
    const foretold = await bench.forecast(dataset, operation)
    const result = await run().catch((error: unknown) => error)
    if (result instanceof Error) {
      // Indices that an earlier compaction of a branch put where Lance does not look fail; they are a finding of storage.
      expect(String(result), story).toMatch(/missing|not found|gone/i)
      seen.refused++
      continue
    }
    const { before, after } = result as Awaited<ReturnType<typeof run>>
    expect(await contentOf(location), story).toBe(content)
    expect(after.rows, story).toBe(before.rows)
    expect(after.version === before.version, story).toBe(foretold.nothingToDo)
    if (foretold.nothingToDo) {
      seen.nothing++
      expect(after.totalBytes, story).toBe(before.totalBytes)
      continue
    }
    const grown = after.totalBytes - before.totalBytes
    expect(grown, story).toBeGreaterThan(0)
    mostBeyond = Math.max(mostBeyond, grown - (foretold.extraDiskAtMost ?? 0))
    expect(grown, story).toBeLessThan((foretold.extraDiskAtMost ?? 0) * 1.1 + FIXED_BYTES)
    if (kind === 'compact') {
      seen.compacted++
      const { fragmentsRemoved = 0, fragmentsAddedAtLeast = 0 } = foretold.compaction ?? {}
      expect(after.fragments, story).toBe(before.fragments - fragmentsRemoved + fragmentsAddedAtLeast)
    } else if (kind === 'purge-deletions') {
      seen.purged++
      expect(after.deletedRows, story).toBe(0)
    } else {
      seen.refragmented++
      expect(after.deletedRows, story).toBe(0)
    }
  }
  process.stdout.write(
    `${SEEDS} random histories as forecasts said: ${seen.compacted} compactions with their fragments, ${seen.purged} purges, ${seen.refragmented} refragmentations, ${seen.nothing} with nothing to do (${seen.refused} failed); extra disk at most ${(mostBeyond / 1000).toFixed(1)} kB beyond the forecast\n`,
  )
  if (SEEDS < 100) return
  expect(seen.compacted).toBeGreaterThan(10)
  expect(seen.purged).toBeGreaterThan(5)
  expect(seen.refragmented).toBeGreaterThan(10)
  expect(seen.refused).toBeLessThan(SEEDS / 10)
})
