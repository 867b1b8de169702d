import { describe, expect, it } from 'vitest'
import { cpuMs } from '#shared/cpu-ms.fixture.ts'
import { countDeleted, deletedRuns, deletedShares } from './deletion-bits.ts'

function bitmapOf(rows: number, isDeleted: (row: number) => boolean): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(rows / 8))
  for (let row = 0; row < rows; row++) if (isDeleted(row)) bitmap[row >> 3]! |= 1 << (row & 7)
  return bitmap
}

const runs = (bitmap: Uint8Array, rows: number, most = 100) => {
  const { starts, ends, count } = deletedRuns(bitmap, rows, most)
  return { count, runs: [...starts].map((start, index) => [start, ends[index]]) }
}

describe('deletedRuns', () => {
  it('reads the least significant bit first', () => {
    expect(runs(Uint8Array.of(0b0000_0001, 0b1000_0000), 16)).toEqual({
      count: 2,
      runs: [
        [0, 1],
        [15, 16],
      ],
    })
  })

  it.each([1, 7, 8, 9, 64, 1001])('finds what looking at each row finds (%i rows)', (rows) => {
    let seed = rows
    const flags = Array.from({ length: rows }, () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % 5 < 2
    })
    const expected: number[][] = []
    flags.forEach((isDeleted, row) => {
      if (!isDeleted) return
      const last = expected.at(-1)
      if (last?.[1] === row) last[1] = row + 1
      else expected.push([row, row + 1])
    })
    const bitmap = bitmapOf(rows, (row) => flags[row] === true)
    expect(runs(bitmap, rows, rows)).toEqual({ count: expected.length, runs: expected })
    expect(countDeleted(bitmap, 0, rows)).toBe(flags.filter(Boolean).length)
  })

  it('takes long runs across bytes, the end of the fragment, and no more than asked for', () => {
    expect(
      runs(
        bitmapOf(1000, () => true),
        1000,
      ),
    ).toEqual({ count: 1, runs: [[0, 1000]] })
    expect(
      runs(
        bitmapOf(1000, (row) => row >= 20),
        1000,
      ),
    ).toEqual({ count: 1, runs: [[20, 1000]] })
    expect(
      runs(
        bitmapOf(100, (row) => row % 2 === 0),
        100,
        3,
      ),
    ).toEqual({
      count: 50,
      runs: [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    })
    // Bits beyond the last row are no rows.
    expect(runs(Uint8Array.of(255), 3)).toEqual({ count: 1, runs: [[0, 3]] })
    expect(runs(new Uint8Array(0), 0)).toEqual({ count: 0, runs: [] })
  })
})

describe('deletedShares', () => {
  it('gives each bucket its share, also of few rows', () => {
    const bitmap = bitmapOf(1000, (row) => row < 250)
    expect([...deletedShares(bitmap, 1000, 4)]).toEqual([1, 0, 0, 0])
    expect([...deletedShares(bitmap, 1000, 3)].map((share) => share.toFixed(2))).toEqual(['0.75', '0.00', '0.00'])
    expect([...deletedShares(Uint8Array.of(0b10), 2, 4)]).toEqual([0, 0, 0, 1])
  })

  it('reads a fragment of a million rows within a frame or two', () => {
    const bitmap = bitmapOf(1_000_000, (row) => row % 3 === 0)
    const read = (): void => {
      deletedShares(bitmap, 1_000_000, 800)
      deletedRuns(bitmap, 1_000_000, 100_000)
    }
    expect(cpuMs(read)).toBeLessThan(200)
  })
})
