import { test } from '@playwright/test'
import { runEngineTests } from './engine-tests.ts'

/*
 * The engine's test of mixed and malformed folders on as many files as people drop: time, memory, and which file took
 * longest. `CORPUS_FILES` and `CORPUS_MALFORMED` for other numbers.
 */

test('500 mixed documents, dropped twice, and 200 malformed files', async () => {
  test.setTimeout(1_800_000)
  const { CORPUS_FILES = '500', CORPUS_MALFORMED = '200' } = process.env
  const env = { CORPUS_FILES, CORPUS_MALFORMED, CORPUS_LARGE: '1' }
  await runEngineTests(['electron/engine/imports/corpus.test.ts'], env, /^corpus: /)
})
