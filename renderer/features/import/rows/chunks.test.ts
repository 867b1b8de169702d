import { expect, it } from 'vitest'
import type { Chunk } from '#shared/model/import/documents.ts'
import { headingPieces, showChunks } from './chunks.ts'

const chunk = (start: number, end: number, rest: Partial<Chunk> = {}): Chunk => ({
  start,
  end,
  tokens: 1,
  headings: [],
  page: null,
  ...rest,
})

it('marks what a chunk repeats, and where page and headings change', () => {
  const chunks = [
    chunk(0, 10, { page: 1, headings: ['A'] }),
    chunk(6, 20, { page: 1, headings: ['A'] }),
    chunk(22, 30, { page: 2, headings: ['A', 'B'] }),
    // Lies inside the one before: all of it is repeated.
    chunk(24, 28, { page: 2, headings: ['A', 'B'] }),
  ]
  const shown = showChunks(chunks, 10)
  expect(shown.map(({ start, ownStart, end }) => [start, ownStart, end])).toEqual([
    [0, 0, 10],
    [6, 10, 20],
    [22, 22, 30],
    [24, 28, 28],
  ])
  expect(shown.map(({ isNewPage, isNewHeading }) => [isNewPage, isNewHeading])).toEqual([
    [true, true],
    [false, false],
    [true, true],
    [false, false],
  ])
  expect(showChunks(chunks, 2)).toHaveLength(2)
})

it('cuts a stretch at its headings', () => {
  const headings = [
    { kind: 'heading', start: 0, end: 3 },
    { kind: 'heading', start: 6, end: 9 },
  ] as const
  const pieces = (start: number, end: number) =>
    headingPieces('AAAbbbCCCddd', [start, end], headings).map(({ text, isHeading }) => (isHeading ? `#${text}` : text))
  expect(pieces(0, 12)).toEqual(['#AAA', 'bbb', '#CCC', 'ddd'])
  expect(pieces(1, 8)).toEqual(['#AA', 'bbb', '#CC'])
  expect(pieces(9, 12)).toEqual(['ddd'])
  expect(pieces(4, 4)).toEqual([])
})
