import { expect, it } from 'vitest'
import { branchTies } from './branch-ties.ts'

it('names what holds a branch: branches that start on it and tags on it', () => {
  const refs = {
    tags: [
      { name: 'v1', version: 3, branch: 'dev' },
      { name: 'v1', version: 3 },
    ],
    branches: [
      { name: 'dev', parentVersion: 2, latestVersion: 5 },
      { name: 'dev/two', parentBranch: 'dev', parentVersion: 4, latestVersion: 4 },
      { name: 'dev/inside', parentVersion: 1, latestVersion: 1 },
    ],
  }
  expect(branchTies(refs, 'dev')).toEqual([
    'Branch dev/two starts at its version 4 and needs it.',
    "Branch dev/inside keeps its files in this one's folder.",
    'Tag v1 is at its version 3. Delete or move the tag first.',
  ])
  expect(branchTies(refs, 'dev/two')).toEqual([])
})
