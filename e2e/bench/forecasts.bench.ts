import { test } from '@playwright/test'
import { runEngineTests } from './engine-tests.ts'

/* What is foretold against what then is: no times, so nothing to hold them against but the goals. */

const HISTORIES = process.env['HISTORIES'] ?? '200'
const ROUNDS = process.env['TILTYARD_CORPUS_ROUNDS'] ?? '3'

test('forecasts against results over random histories', async () => {
  test.setTimeout(1_800_000)
  console.log('goal: fragments and bytes of cleanups exact, extra disk within 10 %')
  const files = ['maintenance', 'maintenance/cleanup', 'storage/compaction'].map(
    (folder) => `electron/engine/${folder}/random-histories.test.ts`,
  )
  await runEngineTests(files, { HISTORIES }, /random histories .*(forecast|foretold)/)
})

test('damaged files the doctor names', async () => {
  test.setTimeout(3_600_000)
  console.log('goal: 95 % of those that can be found are named by file')
  await runEngineTests(
    ['electron/engine/doctor/corpus.test.ts'],
    { TILTYARD_CORPUS_ROUNDS: ROUNDS },
    /^all .*damaged|of what can be found/,
  )
})
