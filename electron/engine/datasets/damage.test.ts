import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { createRandom, type Random } from '#shared/random.fixture.ts'
import { decodeManifest, decodeManifestSchema } from '../format/manifest.ts'
import { summarizeManifest } from '../format/summary.ts'
import { decodeTransaction } from '../format/transaction.ts'
import { createDatasetFolder, createRichHistory } from './datasets.fixture.ts'

const MUTATIONS_PER_FILE = 300
/** A manifest of a few kilobytes decodes in well under a millisecond; a damaged one may not take much longer. */
const SLOWEST_MS = 250

function damage(file: Uint8Array, random: Random): Uint8Array {
  const copy = file.slice(0, random(4) === 0 ? random(file.length + 1) : file.length)
  // Most damage keeps the footer, so that it reaches the message readers behind it.
  const reach = random(3) === 0 ? copy.length : Math.max(0, copy.length - 16)
  for (let flips = reach === 0 ? 0 : 1 + random(8); flips > 0; flips--) {
    const at = random(reach)
    const byte = copy[at] ?? 0
    const choices = [byte ^ (1 << random(8)), random(256), 0xff, 0, 0x80]
    copy[at] = choices[random(choices.length)] ?? 0
  }
  if (random(6) === 0) copy.copyWithin(random(copy.length + 1), random(copy.length + 1), random(copy.length + 1))
  return copy
}

async function readAll(folder: string): Promise<readonly Uint8Array[]> {
  const names = await readdir(folder)
  const files = names.filter((name) => /\.(manifest|txn)$/.test(name))
  // A Buffer's `slice` shares its bytes; a Uint8Array's copies them.
  return Promise.all(files.map(async (name) => Uint8Array.from(await readFile(join(folder, name)))))
}

it('damaged manifests and transactions are only ever told as damage, and at once', async () => {
  const folder = await createDatasetFolder()
  try {
    await createRichHistory(folder, 'rich', { new_table_enable_stable_row_ids: 'true' })
    const location = folder.location('rich')
    const manifests = await readAll(join(location, '_versions'))
    const transactions = await readAll(join(location, '_transactions'))
    expect(manifests.length).toBeGreaterThan(10)
    expect(transactions.length).toBeGreaterThan(10)
    const random = createRandom(20_260_101)
    let readable = 0
    let refused = 0
    const attempt = (decode: (file: Uint8Array) => unknown, file: Uint8Array): void => {
      const startedMs = performance.now()
      try {
        decode(file)
        readable++
      } catch (error) {
        refused++
        if (!(error instanceof AppError) || error.code !== 'corrupt-manifest') throw error
      }
      expect(performance.now() - startedMs).toBeLessThan(SLOWEST_MS)
    }
    for (let round = 0; round < MUTATIONS_PER_FILE; round++) {
      for (const file of manifests) {
        const damaged = damage(file, random)
        attempt(readWholeManifest, damaged)
        attempt(summarizeManifest, damaged)
        attempt(decodeManifestSchema, damaged)
      }
      for (const file of transactions) attempt(decodeTransaction, damage(file, random))
    }
    expect(refused).toBeGreaterThan(1000)
    expect(readable).toBeGreaterThan(1000)
  } finally {
    await folder.dispose()
  }
})

/** Coverage bitmaps are read lazily, so using them belongs to the attempt. */
function readWholeManifest(file: Uint8Array): void {
  for (const { fragmentIds } of decodeManifest(file).indices) fragmentIds?.has(3)
}

it('every truncation of a manifest is damage', async () => {
  const folder = await createDatasetFolder()
  try {
    await createRichHistory(folder, 'rich')
    const [file] = await readAll(join(folder.location('rich'), '_versions'))
    for (let length = 0; length < (file?.length ?? 0); length++) {
      expect(() => decodeManifest(file?.subarray(0, length) ?? new Uint8Array())).toThrow(
        expect.objectContaining({ code: 'corrupt-manifest' }),
      )
    }
  } finally {
    await folder.dispose()
  }
})
