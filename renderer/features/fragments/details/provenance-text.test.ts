import { expect, it } from 'vitest'
import { groupDigits, segmentText, versionsText } from './provenance-text.ts'

it('versionsText lists main first, then branches', () => {
  expect(versionsText([])).toBeNull()
  expect(
    versionsText([
      { branch: 'dev', from: 12, to: 14 },
      { from: 4, to: 9 },
      { from: 1200, to: 1200 },
    ]),
  ).toBe('4 – 9, 1,200 · on dev: 12 – 14')
})

it('segmentText keeps ids no number can hold', () => {
  expect(groupDigits('18446744073709551615')).toBe('18,446,744,073,709,551,615')
  expect(segmentText({ kind: 'range', first: '0', last: '59999', rows: 60_000 })).toBe(
    '0 – 59,999 · 60,000 ids · one after the other',
  )
})
