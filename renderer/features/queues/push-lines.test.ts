import { describe, expect, it } from 'vitest'
import { pushLines } from './push-lines.ts'

const refuse = (lines: readonly string[]) =>
  lines.flatMap((record, at) => (record.includes('bad') ? [{ line: at + 1, reason: 'It is bad.', record: 'cut' }] : []))

describe('pushLines', () => {
  it('leaves what was refused whole, and says which lines it was', async () => {
    const long = `bad ${'x'.repeat(2000)}`
    expect(await pushLines(['good', '', long, 'good', 'bad'], async (lines) => refuse(lines))).toEqual({
      left: [long, 'bad'],
      misfits: [
        { line: 1, was: 3, reason: 'It is bad.' },
        { line: 2, was: 5, reason: 'It is bad.' },
      ],
      failure: undefined,
    })
  })
  it('leaves what it did not come to when a call fails, and nothing that was taken', async () => {
    const lines = Array.from({ length: 12_000 }, (_, at) => (at === 7 ? 'bad' : `line ${at}`))
    const failure = new Error('The disk is full.')
    let calls = 0
    const pushed = await pushLines(lines, async (some) => {
      if (++calls === 2) throw failure
      return refuse(some)
    })
    expect(pushed.failure).toBe(failure)
    expect(pushed.left).toHaveLength(1 + 7000)
    expect(pushed.left.slice(0, 2)).toEqual(['bad', 'line 5000'])
    expect(pushed.misfits).toEqual([{ line: 1, was: 8, reason: 'It is bad.' }])
  })
})
