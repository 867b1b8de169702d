import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { fragmentsDataset, versionsDataset } from './datasets.ts'
import { report, reportAlone } from './measure.ts'
import { startPortEngine, type PortEngine } from './port-client.ts'

const ROUNDS = 5
/** Each version of this history brings a manifest, a transaction and a data file. */
const VERSIONS = 6700

/** What any account of a directory has to do: list it all and look at every file. */
async function bareWalk(location: string): Promise<{ readonly files: number; readonly bytes: number }> {
  const entries = await fs.readdir(location, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  let bytes = 0
  for (let start = 0; start < files.length; start += 256) {
    const group = files.slice(start, start + 256).map((file) => fs.lstat(path.join(file.parentPath, file.name)))
    for (const { size } of await Promise.all(group)) bytes += size
  }
  return { files: files.length, bytes }
}

async function timed<T>(samples: number[], work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await work()
  samples.push(performance.now() - started)
  return result
}

/** Asks on a fresh engine, which remembers nothing. */
async function onFreshEngine<T>(
  location: string,
  ask: (engine: PortEngine, dataset: string) => Promise<T>,
): Promise<T> {
  const engine = await startPortEngine()
  try {
    const { dataset } = await engine.call('datasets.open', { location })
    return await ask(engine, dataset as string)
  } finally {
    await engine.stop()
  }
}

const DATASETS = [
  { what: '20,000 files of 6,700 versions', make: () => versionsDataset(VERSIONS), least: 20_000, goal: '3 s' },
  { what: '1,000 versions of 2,001 to 3,000 fragments', make: fragmentsDataset, least: 7000, goal: '3 s' },
] as const

for (const { what, make, least, goal } of DATASETS) {
  test(`storage usage of ${what}`, async () => {
    const location = await make()
    const [usage, bare, slider, files, findings]: number[][] = [[], [], [], [], []]
    for (let round = 0; round < ROUNDS; round++) {
      const walked = await timed(bare!, () => bareWalk(location))
      expect(walked.files).toBeGreaterThanOrEqual(least)
      await onFreshEngine(location, async (engine, dataset) => {
        const answer = await timed(usage!, () => engine.call('storage.usage', { dataset }))
        expect([answer['totalFiles'], answer['totalBytes']]).toEqual([walked.files, walked.bytes])
        const olderThan = new Date().toISOString()
        const preview = await timed(slider!, () => engine.call('storage.cleanupPreview', { dataset, olderThan }))
        expect(preview['versionsKept']).toBe(1)
        const listed = await timed(files!, () => engine.stream('storage.files', { dataset }))
        expect(listed.length).toBe(walked.files)
        await timed(findings!, () => engine.call('storage.findings', { dataset }))
      })
    }
    report(`usage of ${what}, first question to a fresh engine; bare: readdir and lstat`, usage!, bare!, goal)
    reportAlone('cleanup preview after it, as while a slider moves', slider!, '100 ms')
    reportAlone('every file with its users, streamed', files!, '1 s')
    reportAlone('findings', findings!, '1 s')
  })
}
