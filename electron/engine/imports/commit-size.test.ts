import { describe, expect, it } from 'vitest'
import { isCommitDue, type Waiting } from './commit-size.ts'
import { COMMIT_BYTES, COMMIT_FILES, COMMIT_ROWS } from './limits.ts'

const none: Waiting = { rows: 0, bytes: 0, files: 0, bytesRead: 0, bytesLeft: 1e9, commits: 1, isIdle: true }
const QUARTER = COMMIT_ROWS / 4

describe('a commit', () => {
  it('is due when it is as large as commits are, whatever is under way', () => {
    const waiting = { ...none, isIdle: false }
    expect(isCommitDue({ ...waiting, rows: COMMIT_ROWS })).toBe(true)
    expect(isCommitDue({ ...waiting, bytes: COMMIT_BYTES })).toBe(true)
    expect(isCommitDue({ ...waiting, files: COMMIT_FILES })).toBe(true)
    expect(isCommitDue({ ...waiting, rows: COMMIT_ROWS - 1 })).toBe(false)
  })

  it('is not due in the middle of an import, though nothing is under way', () => {
    expect(isCommitDue({ ...none, rows: COMMIT_ROWS - 1, bytesRead: 1e6 })).toBe(false)
  })

  it('is smaller at the beginning of what makes many, and of no other', () => {
    const first = { ...none, rows: QUARTER, bytesRead: 1e6, commits: 0 }
    expect(isCommitDue({ ...first, bytesLeft: 3e6 })).toBe(true)
    expect(isCommitDue({ ...first, bytesLeft: 3e6, rows: QUARTER - 1 })).toBe(false)
    expect(isCommitDue({ ...first, bytesLeft: 3e6 - 1 })).toBe(false)
    expect(isCommitDue({ ...first, bytesLeft: 0 })).toBe(false)
  })

  it('is smaller where no more is left than it holds', () => {
    const last = { ...none, bytes: COMMIT_BYTES / 4, bytesRead: 2e6, bytesLeft: 2e6 }
    expect(isCommitDue(last)).toBe(true)
    expect(isCommitDue({ ...last, bytesLeft: 2e6 + 1 })).toBe(false)
    expect(isCommitDue({ ...last, isIdle: false })).toBe(false)
    expect(isCommitDue({ ...last, bytesLeft: 0 })).toBe(false)
  })
})

describe('an import of rows of one size', () => {
  it('makes three commits more at most, however fast the writing', () => {
    for (const total of [100_000, 1_000_000, 30_000_000]) {
      const sizes = sizesOf(total, 65_536)
      expect(sizes.reduce((sum, rows) => sum + rows, 0)).toBe(total)
      expect(sizes.length).toBeLessThanOrEqual(Math.ceil(total / COMMIT_ROWS) + 3)
    }
  })
})

/** Rows of the commits made where each is over before more is read. */
function sizesOf(total: number, unit: number): readonly number[] {
  const sizes: number[] = []
  let gathered = 0
  for (let read = 0; read < total;) {
    const rows = Math.min(unit, total - read)
    read += rows
    gathered += rows
    const waiting = { rows: gathered, bytes: 0, files: 0, bytesRead: gathered, bytesLeft: total - read, isIdle: true }
    if (read < total && !isCommitDue({ ...waiting, commits: sizes.length })) continue
    sizes.push(gathered)
    gathered = 0
  }
  return sizes
}
