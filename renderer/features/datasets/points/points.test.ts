import { describe, expect, it } from 'vitest'
import type { CheckpointMember } from '#shared/model/checkpoint.ts'
import { isRestorable, outcomeText, pathsToSend, restoreText, wholeText } from './points.ts'

const kept: CheckpointMember = { path: 'a.lance', version: 4, newest: 9, state: 'kept' }
const same: CheckpointMember = { path: 'b.lance', version: 4, newest: 4, state: 'untagged' }
const gone: CheckpointMember = { path: 'c.lance', version: 2, newest: 9, state: 'gone' }
const missing: CheckpointMember = { path: 'd.lance', version: 0, state: 'missing' }

describe('restore points', () => {
  it('tell what restoring does to each dataset', () => {
    expect([kept, same, gone, missing].map(restoreText)).toEqual([
      'v9 → v4',
      'stays at v4',
      'v2 cannot be brought back',
      'its version cannot be brought back',
    ])
    expect([kept, same, gone, missing].map(isRestorable)).toEqual([true, true, false, false])
  })

  it('name datasets only where not all are restored', () => {
    expect(pathsToSend([kept, same], new Set(['a.lance', 'b.lance']))).toBeUndefined()
    expect(pathsToSend([kept, same, gone], new Set(['a.lance', 'b.lance']))).toEqual(['a.lance', 'b.lance'])
  })

  it('count what is left and what came of it', () => {
    const point = { name: 'x', createdAt: '2026-01-01T00:00:00Z', isPartial: true }
    expect(wholeText({ ...point, members: [kept, gone] })).toBe('1 of 2 datasets kept')
    expect(wholeText({ ...point, members: [kept] })).toBe('1 dataset')
    expect(outcomeText([{ path: 'a.lance', version: 1 }], 'tagged')).toBe('1 dataset tagged.')
    const error = { code: 'in-use', message: 'No.' } as const
    expect(
      outcomeText(
        [
          { path: 'a.lance', version: 1 },
          { path: 'b.lance', error },
        ],
        'tagged',
      ),
    ).toBe('1 dataset tagged, 1 failed.')
  })
})
