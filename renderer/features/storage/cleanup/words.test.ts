import { describe, expect, it } from 'vitest'
import type { CleanupPreview } from '#shared/model/storage.ts'
import {
  blockedSentence,
  compactionHeadline,
  fatesOf,
  freedHeadline,
  removedSentence,
  shortList,
  unblockedFrom,
} from './words.ts'

const preview: CleanupPreview = {
  bytesFreed: 880_000,
  filesRemoved: 23,
  versionsRemoved: [1, 2, 4],
  versionsKept: 2,
  byKind: [],
  keptBy: [{ kind: 'branch', name: 'exp', version: 3 }],
}

describe('a cleanup', () => {
  it('says what it frees, removes and keeps', () => {
    expect(freedHeadline(preview)).toBe('Would free 880 kB')
    expect(removedSentence(preview)).toBe('3 versions and 23 files would go, 2 versions stay.')
    expect(freedHeadline({ ...preview, bytesFreed: 0 })).toBe('Would free nothing')
  })

  it('says that tags stop all of it, and from where they would not', () => {
    const blocked: CleanupPreview = {
      ...preview,
      blockedBy: [
        { kind: 'tag', name: 'golden', version: 2 },
        { kind: 'tag', name: 'old', version: 1 },
      ],
    }
    expect(freedHeadline(blocked)).toBe('Would free nothing: LanceDB would refuse')
    expect(removedSentence(blocked)).toBe('Were it not for these tags: 880 kB, 3 versions and 23 files.')
    expect(blockedSentence(blocked)).toMatch(
      /^Tags “golden” on version 2, “old” on version 1 are older than the cut-off/,
    )
    expect(unblockedFrom(blocked)).toBe(1)
    expect(unblockedFrom(preview)).toBeUndefined()
    expect(fatesOf(blocked).get(4)).toEqual({ kind: 'refused' })
    expect(fatesOf(blocked).get(1)).toEqual({ kind: 'kept', by: 'tag', name: 'old' })
  })

  it('tells the fate of each version', () => {
    const fates = fatesOf(preview)
    expect(fates.get(2)).toEqual({ kind: 'goes' })
    expect(fates.get(3)).toEqual({ kind: 'kept', by: 'branch', name: 'exp' })
    expect(fates.get(5)).toBeUndefined()
  })
})

it('says what a compaction would do', () => {
  const compaction = {
    tasks: [{ fragments: [0, 1], rows: 5, bytes: 10, fragmentsAdded: 1 }],
    fragmentsRemoved: 2,
    fragmentsAddedAtLeast: 1,
    filesReplaced: 3,
    bytesReadAtMost: 10,
    blocked: [],
  }
  expect(compactionHeadline(compaction)).toBe('2 fragments would become at least 1')
  expect(compactionHeadline({ ...compaction, tasks: [] })).toBe('Nothing to compact')
  expect(shortList([1, 2, 3], 2)).toBe('1, 2 and 1 more')
})
