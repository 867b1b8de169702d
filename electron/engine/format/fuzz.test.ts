import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { createRandom } from '#shared/random.fixture.ts'
import { DECODERS, loadSamples, mutate, type Sample } from './fuzz.fixture.ts'

/*
 * Damaged files through every decoder. Another seed or more cases: FUZZ_SEED=7 FUZZ_CASES=100000 npx vitest run …
 *
 * The bound: a decoder allocates at most 64 bytes for each byte it is given, plus 8 bytes for each row its caller allows
 * (deletions, row ids) and a fixed 2 MB (a block of Zstandard literals). What lies in byte arrays is measured, over all
 * decoders of a case together.
 */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_101)
const CASES = Number(process.env['FUZZ_CASES'] ?? 6000)
const MAX_CASE_MS = 1000
const BYTES_PER_BYTE = 64
const FIXED_BYTES = 2 * 1024 * 1024

const samples = loadSamples(new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures/zstd/text.zst'))))
const EXPECTED_CODES = new Set(['corrupt-manifest', 'corrupt-data'])

/** What is wrong with how the decoders take these bytes; undefined when nothing is. */
function judge(sample: Sample, bytes: Uint8Array): string | undefined {
  const before = process.memoryUsage().arrayBuffers
  for (const [index, decode] of (DECODERS[sample.kind] ?? []).entries()) {
    const started = performance.now()
    try {
      decode(bytes)
    } catch (error) {
      const isTyped = error instanceof AppError && EXPECTED_CODES.has(error.code)
      if (!isTyped) return `decoder ${index} threw ${String(error)}`
    }
    const elapsedMs = performance.now() - started
    if (elapsedMs > MAX_CASE_MS) return `decoder ${index} took ${Math.round(elapsedMs)} ms`
  }
  const allocated = process.memoryUsage().arrayBuffers - before
  return allocated > FIXED_BYTES + BYTES_PER_BYTE * bytes.length ? `${allocated} bytes were allocated` : undefined
}

describe('decoders', () => {
  it('take every sample as it is', () => {
    expect(new Set(samples.map((sample) => sample.kind))).toEqual(new Set(Object.keys(DECODERS)))
    for (const sample of samples) {
      expect(() => DECODERS[sample.kind]?.[0]?.(sample.bytes), sample.name).not.toThrow()
      expect(judge(sample, sample.bytes), sample.name).toBeUndefined()
    }
  })

  it(`survive ${CASES} damaged files (seed ${SEED})`, { timeout: 60_000 }, () => {
    const random = createRandom(SEED)
    for (let count = 0; count < CASES; count++) {
      const sample = samples[random(samples.length)]!
      const other = samples[random(samples.length)]!
      const damaged = mutate(sample.bytes, other.bytes, random)
      const wrong = judge(sample, damaged)
      if (wrong === undefined) continue
      expect.fail(`case ${count}, ${sample.name}: ${wrong}\n${Buffer.from(damaged).toString('base64').slice(0, 4000)}`)
    }
  })

  it('refuse a huge length in whatever place it stands', { timeout: 60_000 }, () => {
    // Every byte in turn begins a number of 2^35, 2^32 or all bits set.
    const huge = [
      Uint8Array.of(255, 255, 255, 255, 127),
      new Uint8Array(8).fill(255),
      Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0),
    ]
    const bySmallest = new Map(samples.toSorted((a, b) => b.bytes.length - a.bytes.length).map((it) => [it.kind, it]))
    for (const sample of bySmallest.values()) {
      for (let at = 0; at < Math.min(sample.bytes.length, 800); at++) {
        const damaged = sample.bytes.slice()
        damaged.set((huge[at % huge.length] ?? huge[0]!).subarray(0, damaged.length - at), at)
        expect(judge(sample, damaged), `${sample.name} at ${at}`).toBeUndefined()
      }
    }
  })
})
