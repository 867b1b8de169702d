import { expect, it } from 'vitest'
import { markedCell, onOneLine } from './marked-cell.ts'

const cellOf = (text: string) => ({ kind: 'text', text, tone: 'string' }) as const

it('marks the hits of a text, and leaves the name of the cell as it is', () => {
  const cell = cellOf('a red fox')
  expect(markedCell(cell, { kind: 'string', value: 'a red fox' }, [[2, 5]])).toEqual({
    ...cell,
    marked: { text: 'a red fox', ranges: [[2, 5]] },
  })
  expect(markedCell(cell, { kind: 'string', value: 'a red fox' }, [])).toBe(cell)
  expect(markedCell({ kind: 'null' }, { kind: 'null' }, [[0, 1]])).toEqual({ kind: 'null' })
})

it('takes as much of a long text as the first hit needs', () => {
  const value = `${'x'.repeat(5000)}red${'y'.repeat(5000)}red`
  const cell = markedCell(cellOf('xxx…'), { kind: 'string', value }, [
    [5000, 5003],
    [10_003, 10_006],
  ])
  if (cell.kind !== 'text' || cell.marked === undefined) throw new Error('not marked')
  expect(cell.marked.text).toHaveLength(5404)
  expect(cell.marked.text.slice(...cell.marked.ranges[0]!)).toBe('red')
  expect(cell.marked.ranges[1]![0]).toBeGreaterThan(cell.marked.text.length)
})

it('counts a line break of two characters once, as the cell shows it', () => {
  const value = 'one\r\ntwo\r\nred\nred'
  const ranges = [
    [10, 13],
    [14, 17],
  ] as const
  const cell = markedCell(cellOf(''), { kind: 'string', value }, ranges)
  if (cell.kind !== 'text' || cell.marked === undefined) throw new Error('not marked')
  const { text, ranges: shown } = cell.marked
  expect(text).toBe('one↵two↵red↵red')
  expect(shown.map((range) => text.slice(...range))).toEqual(['red', 'red'])
  expect(onOneLine('plain', ranges)).toBe(ranges)
})
