import { describe, expect, it } from 'vitest'
import type { CheckpointMember } from '#shared/model/checkpoint.ts'
import { isRestorable, outcomeText, pathsToSend, reasonText, restoreText, versionText, wholeText } from './points.ts'

const reason = { code: 'corrupt-manifest', message: 'It is damaged.' } as const
const kept: CheckpointMember = { path: 'a.lance', state: { kind: 'kept', version: 4, newest: 9 } }
const same: CheckpointMember = { path: 'b.lance', state: { kind: 'untagged', version: 4, newest: 4 } }
const gone: CheckpointMember = { path: 'c.lance', state: { kind: 'version-gone', version: 2, newest: 9 } }
const missing: CheckpointMember = { path: 'd.lance', state: { kind: 'dataset-gone', version: 1200 } }
const broken: CheckpointMember = { path: 'e.lance', state: { kind: 'unreadable', version: 3, reason } }
const never: CheckpointMember = { path: 'f.lance', state: { kind: 'not-recorded', reason } }
const all = [kept, same, gone, missing, broken, never]

describe('restore points', () => {
  it('tell what restoring does to each dataset', () => {
    expect(all.map(restoreText)).toEqual([
      'v9 → v4',
      'stays at v4',
      'v2 cannot be brought back',
      'v1,200 cannot be brought back',
      'v3 cannot be brought back',
      'nothing to bring back',
    ])
    expect(all.map(isRestorable)).toEqual([true, true, false, false, false, false])
  })

  it('tell versions only where they are known, and the reason where they are not', () => {
    expect(all.map(versionText)).toEqual(['v4, newest v9', 'v4, newest v4', 'v2, newest v9', 'v1,200', 'v3', 'none'])
    expect(all.map(reasonText).slice(3)).toEqual([undefined, 'It is damaged.', 'It is damaged.'])
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
