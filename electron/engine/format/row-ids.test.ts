import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { message } from './encode.fixture.ts'
import { fileOf, namesLike } from './fixtures/files.fixture.ts'
import { readFragmentParts } from './fragment-parts.ts'
import { decodeManifest } from './manifest.ts'
import { decodeRowIdSequence, decodeRowVersions, listRowIds } from './row-ids.ts'

const U64_MAX = 2n ** 64n - 1n
const u16s = (...values: readonly number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer)
const u64s = (...values: readonly bigint[]): Uint8Array => new Uint8Array(BigUint64Array.from(values).buffer)
const sequence = (...segments: readonly (readonly [number, Uint8Array])[]): Uint8Array =>
  message([1, segments.map(([field, body]) => message([field, body]))])
const idsOf = (bytes: Uint8Array, rows = 1000): bigint[] => [...listRowIds(decodeRowIdSequence(bytes), rows)]

describe('row ids', () => {
  it('lists those of every kind of segment, in order', () => {
    const bytes = sequence(
      [1, message([1, 5], [2, 8])],
      [2, message([1, 10], [2, 15], [3, message([1, message([1, 10], [2, u16s(0, 2, 4)])])])],
      // Bits 0, 1 and 9 of a range of ten, least significant first.
      [3, message([1, 20], [2, 30], [3, Uint8Array.of(0b11, 0b10)])],
      [4, message([3, message([2, u64s(40n, U64_MAX)])])],
      [5, message([1, message([1, 50], [2, u16s(7, 0)])])],
    )
    expect(idsOf(bytes)).toEqual([5n, 6n, 7n, 11n, 13n, 20n, 21n, 29n, 40n, U64_MAX, 57n, 50n])
    expect(
      decodeRowIdSequence(bytes).map(({ kind, rows, first, last }) => [kind, rows, Number(first), Number(last)]),
    ).toEqual([
      ['range', 3, 5, 7],
      ['range-with-holes', 2, 11, 13],
      ['range-with-bitmap', 3, 20, 29],
      ['sorted-array', 2, 40, Number(U64_MAX)],
      ['array', 2, 57, 50],
    ])
  })

  it('says what long segments are without listing them, and refuses to list more than there are rows', () => {
    const [segment, ...others] = decodeRowIdSequence(sequence([1, message([2, 2n ** 40n])]))
    expect([segment?.rows, segment?.last, others]).toEqual([2 ** 40, 2n ** 40n - 1n, []])
    expect(() => listRowIds([segment!], 1_000_000)).toThrow(AppError)
  })

  it.each([
    ['a range that runs backwards', [1, message([1, 5], [2, 4])]],
    ['a range of 2^64 ids', [1, message([2, U64_MAX])]],
    ['a bitmap of another length', [3, message([2, 30], [3, Uint8Array.of(1)])]],
    ['holes outside of the range', [2, message([2, 5], [3, message([1, message([2, u16s(5)])])])]],
    ['half a number', [4, message([2, message([2, Uint8Array.of(1, 2, 3)])])]],
  ] as const)('refuses %s', (_what, segment) => {
    expect(() => decodeRowIdSequence(sequence(segment))).toThrow(AppError)
  })

  it('fits the rows of every fragment of real manifests', () => {
    let fragments = 0
    for (const name of namesLike(/^manifest-/)) {
      const manifest = decodeManifest(fileOf(name))
      const seen = new Set<bigint>()
      for (const { id, physicalRows } of manifest.fragments) {
        const parts = readFragmentParts(fileOf(name), id)
        if (parts?.rowIds?.kind !== 'inline') throw new Error(`${name}: no row ids`)
        const ids = listRowIds(decodeRowIdSequence(parts.rowIds.bytes), physicalRows)
        expect(ids).toHaveLength(physicalRows)
        for (const rowId of ids) expect(rowId < (manifest.nextRowId ?? 0n)).toBe(true)
        ids.forEach((rowId) => seen.add(rowId))
        for (const place of [parts.createdAt, parts.lastUpdatedAt]) {
          if (place?.kind !== 'inline') throw new Error(`${name}: no row versions`)
          const runs = decodeRowVersions(place.bytes)
          expect(runs.reduce((sum, run) => sum + run.rows, 0)).toBe(physicalRows)
          for (const run of runs) expect(run.version <= BigInt(manifest.version)).toBe(true)
        }
        fragments++
      }
      expect(seen.size).toBeGreaterThan(0)
    }
    expect(fragments).toBeGreaterThan(10)
  })
})
