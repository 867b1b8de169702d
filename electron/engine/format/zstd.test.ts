import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { unpackZstd } from './zstd.ts'

const FOLDER = join(import.meta.dirname, 'fixtures/zstd')
const { sizes } = JSON.parse(readFileSync(join(FOLDER, 'sizes.json'), 'utf8')) as { sizes: Record<string, number> }
const samples = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.zst'))
  .map((name) => [name, readFileSync(join(FOLDER, name)), sizes[name]!] as const)

describe('unpackZstd', () => {
  it.each(samples)('unpacks %s to its size', (_name, bytes, length) => {
    expect(unpackZstd(bytes, length)).toHaveLength(length)
  })

  it('unpacks what was packed', () => {
    const text = new TextDecoder().decode(unpackZstd(readFileSync(join(FOLDER, 'text.zst')), 1500))
    expect(text).toMatch(/^(\w+ |\n )+\w+/)
    expect([...unpackZstd(readFileSync(join(FOLDER, 'run.zst')), 300_000)].every((byte) => byte === 0)).toBe(true)
    const ascending = unpackZstd(readFileSync(join(FOLDER, 'ascending.zst')), 20_000)
    expect([...new Uint32Array(ascending.slice().buffer)]).toEqual(Array.from({ length: 5000 }, (_, i) => i * 3))
  })

  it.each(samples)('refuses %s with another length', (_name, bytes, length) => {
    for (const wrong of [length + 1, length - 1, length * 2 + 7, 2 ** 40].filter((it) => it > 0)) {
      expect(() => unpackZstd(bytes, wrong)).toThrow(AppError)
    }
  })

  it.each(samples.filter(([, , length]) => length > 0))('refuses %s when it is cut off', (_name, bytes, length) => {
    const step = Math.ceil(bytes.length / 60)
    for (let end = 0; end < bytes.length; end += step) {
      expect(() => unpackZstd(bytes.subarray(0, end), length)).toThrow(AppError)
    }
  })
})
