import { expect, it } from 'vitest'
import { figureWidths } from './column-widths.ts'
import { entry } from '#renderer/features/history/entry.fixture.ts'

it('gives each column the width of its longest figure, and at least that of its title', () => {
  const small = figureWidths([entry(1)])
  expect(figureWidths([])).toEqual(small)
  const big = figureWidths([
    entry(3, { rows: 1_000_000_000, rowsDelta: -412_604_118 }),
    entry(2, { rows: 10, problem: 'damaged' }),
    entry(1, { rowsDelta: null }),
  ])
  expect(Number.parseInt(big['--rows-width'])).toBeGreaterThan('1,000,000,000'.length * 6.9 + 16)
  expect(Number.parseInt(big['--rows-delta-width'])).toBeGreaterThan('-412,604,118'.length * 6.9 + 16)
  const late = figureWidths([entry(1_000_000)])
  expect(Number.parseInt(late['--version-width'])).toBeGreaterThan('v1000000'.length * 6.9 + 16)
  expect(big['--fragments-delta-width']).toBe(small['--fragments-delta-width'])
})
