import { describe, expect, it } from 'vitest'
import { startAsCode, startOptions, startRef, startValue, VERSION_START } from './branch-start.ts'

const REFS = {
  tags: [
    { name: 'v1', version: 3 },
    { name: 'try', version: 8, branch: 'dev' },
    { name: 'bad', version: 0, problem: 'Not JSON.' },
  ],
  branches: [{ name: 'dev', parentVersion: 7, latestVersion: 9 }],
}

describe('where a branch begins', () => {
  it('offers every version, branch and readable tag', () => {
    expect(startOptions(REFS, 'dev').map((one) => one.label)).toEqual([
      'A version of dev',
      'Newest version of main',
      'Newest version of dev',
      'Tag v1, version 3',
      'Tag try, version 8',
    ])
    expect(startOptions(undefined, undefined)).toHaveLength(2)
  })

  it.each([[{ tag: 'v1' }], [{ branch: 'dev' }]])('goes to a choice and back: %j', (ref) => {
    expect(startRef(startValue(ref), undefined, undefined)).toEqual({ ref })
  })

  it('counts versions on the branch on screen', () => {
    expect(startValue({ version: 4 })).toBe(VERSION_START)
    expect(startValue({ branch: 'dev', version: 4 })).toBe(VERSION_START)
    expect(startRef(VERSION_START, 4, undefined)).toEqual({ ref: { version: 4 } })
    expect(startRef(VERSION_START, 4, 'dev')).toEqual({ ref: { branch: 'dev', version: 4 } })
    expect(startRef(VERSION_START, undefined, 'dev')).toBeNull()
    expect(startRef('branch:', undefined, 'dev')).toEqual({})
  })

  it('resolves tags for code', () => {
    expect(startAsCode({ tag: 'try' }, REFS)).toEqual({ version: 8, branch: 'dev' })
    expect(startAsCode({ tag: 'gone' }, REFS)).toBeNull()
    expect(startAsCode(undefined, REFS)).toEqual({})
    expect(startAsCode({ branch: 'dev' }, REFS)).toEqual({ branch: 'dev' })
  })
})
