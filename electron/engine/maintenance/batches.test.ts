import { expect, it } from 'vitest'
import type { ManifestFragment } from '../format/types.ts'
import { cutBatches, isAsWanted } from './batches.ts'

function fragment(id: number, physicalRows: number, deletedRows = 0): ManifestFragment {
  const deletion = { type: 'arrow', readVersion: 1, id: 1n, deletedRows } as const
  return { id, physicalRows, files: [], ...(deletedRows === 0 ? {} : { deletion }) }
}

const cut = (fragments: readonly ManifestFragment[], rows: number) =>
  cutBatches(fragments, rows).map((batch) => batch.pieces.map((it) => [it.fragment.id, it.from, it.to]))

it('cuts live rows into batches of one size, in their order', () => {
  expect(cut([fragment(0, 5), fragment(1, 7, 2)], 4)).toEqual([
    [[0, 0, 4]],
    [
      [0, 4, 5],
      [1, 0, 3],
    ],
    [[1, 3, 5]],
  ])
  expect(cut([], 4)).toEqual([])
  expect(cut([fragment(0, 3, 3)], 4)).toEqual([])
})

it('bounds the pieces of a batch', () => {
  const many = Array.from({ length: 1200 }, (_, id) => fragment(id, 1))
  expect(cut(many, 1_000_000).map((batch) => batch.length)).toEqual([500, 500, 200])
})

it('knows what needs no rewriting', () => {
  expect(cutBatches([fragment(0, 4), fragment(1, 4, 1)], 4).map(isAsWanted)).toEqual([true, false])
  expect(cutBatches([fragment(0, 8)], 4).map(isAsWanted)).toEqual([false, false])
})
