import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decompress } from 'fzstd'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { unpackZstd } from './unpack.ts'

const FOLDER = join(import.meta.dirname, '../fixtures/zstd')
const samples = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name))] as const)

describe('unpackZstd', () => {
  it.each(samples)('unpacks %s as another decoder does', (_name, bytes) => {
    const wanted = decompress(bytes)
    expect(Buffer.from(unpackZstd(bytes, wanted.length)).equals(wanted)).toBe(true)
  })

  it.each(samples)('refuses %s with another length', (_name, bytes) => {
    const { length } = decompress(bytes)
    for (const wrong of [length + 1, length - 1, length * 2 + 7, 2 ** 40].filter((it) => it >= 0)) {
      expect(() => unpackZstd(bytes, wrong)).toThrow(AppError)
    }
  })

  it.each(samples)('refuses %s when it is cut off', (_name, bytes) => {
    const { length } = decompress(bytes)
    const step = Math.ceil(bytes.length / 60)
    for (let end = 0; end < bytes.length; end += step) {
      expect(() => unpackZstd(bytes.subarray(0, end), length)).toThrow(AppError)
    }
  })
})
