import { expect, it } from 'vitest'
import { proofSentence } from './proof.ts'

it('says faster, slower or the same', () => {
  expect(proofSentence({ beforeMs: 40, afterMs: 2 })).toBe('40 ms before, 2.0 ms after: 20.0× as fast.')
  expect(proofSentence({ beforeMs: 2, afterMs: 4 })).toContain('slower')
  expect(proofSentence({ beforeMs: 2, afterMs: 2.1 })).toContain('about the same')
  expect(proofSentence({ beforeMs: 0, afterMs: 2 })).toBe('0.00 ms before, 2.0 ms after.')
})
