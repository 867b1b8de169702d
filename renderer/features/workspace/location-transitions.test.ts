import { describe, expect, it } from 'vitest'
import { baseName, contains, parentName, withFailure, withRoot } from './location-transitions.ts'

describe('roots', () => {
  it('takes no root that lies in another', () => {
    expect(withRoot(['/data'], '/data/a.lance')).toEqual(['/data'])
    expect(withRoot(['/data'], '/data2')).toEqual(['/data', '/data2'])
    expect(withRoot(['/data'], '/data')).toEqual(['/data'])
    expect(withRoot(['/'], '/data')).toEqual(['/'])
    expect(withRoot(['/data/a.lance', '/other'], '/data')).toEqual(['/other', '/data'])
    expect(contains('C:\\data', 'C:\\data\\a.lance')).toBe(true)
  })
})

describe('failures', () => {
  it('keeps the last one of a location', () => {
    const first = { location: '/a', error: { code: 'not-found', message: 'no' } as const }
    const second = { location: '/a', error: { code: 'permission-denied', message: 'no' } as const }
    expect(withFailure([first], second)).toEqual([second])
  })
})

describe('names', () => {
  it('splits paths of either kind', () => {
    expect(baseName('/data/my set.lance/')).toBe('my set.lance')
    expect(baseName('C:\\data\\a')).toBe('a')
    expect(baseName('/')).toBe('/')
    expect(parentName('/data/a')).toBe('/data')
    expect(parentName('/a')).toBe('')
  })
})
