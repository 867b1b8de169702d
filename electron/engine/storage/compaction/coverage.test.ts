import { expect, it } from 'vitest'
import type { OpenDataset } from '../../context.ts'
import type { Manifest, ManifestIndex } from '../../format/types.ts'
import { readCoverage } from './coverage.ts'

const at = { branch: undefined, version: 9 }
const index = (name: string, fragmentIds: ReadonlySet<number> | null, datasetVersion = 3): ManifestIndex =>
  ({ name, fragmentIds, datasetVersion }) as ManifestIndex
const manifestOf = (maxFragmentId: number, indices: readonly ManifestIndex[]): Manifest =>
  ({ maxFragmentId, indices }) as unknown as Manifest

it('tells the segments that cover a fragment by their place', async () => {
  const manifest = manifestOf(9, [
    index('a', new Set([0, 1])),
    index('__lance_mem_wal', null),
    index('a', new Set([1])),
  ])
  const { indicesOf } = await readCoverage({} as OpenDataset, at, manifest)
  expect([0, 1, 2].map(indicesOf)).toEqual([[0], [0, 1], []])
})

it('takes a segment that does not say for what there was when it was made', async () => {
  const manifest = manifestOf(9, [index('a', null)])
  const then = { manifest: () => Promise.resolve(manifestOf(4, [])) } as unknown as OpenDataset
  expect([4, 5].map((await readCoverage(then, at, manifest)).indicesOf)).toEqual([[0], []])
  const gone = { manifest: () => Promise.reject(new Error('cleaned up')) } as unknown as OpenDataset
  expect([9, 10].map((await readCoverage(gone, at, manifest)).indicesOf)).toEqual([[0], []])
})
