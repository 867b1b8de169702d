import { describe, expect, it } from 'vitest'
import { cpuMs } from '#shared/cpu-ms.fixture.ts'
import { fuzzyFilter, fuzzyScore } from './fuzzy.ts'

const filter = (items: readonly string[], query: string) => fuzzyFilter(items, query, (item) => item)

describe('fuzzyScore', () => {
  it('needs every letter, in order', () => {
    expect(fuzzyScore('xyz', 'Open dataset')).toBeUndefined()
    expect(fuzzyScore('do', 'Open dataset')).toBeUndefined()
    expect(fuzzyScore('od', 'Open dataset')).toBeGreaterThan(0)
  })
})

describe('fuzzyFilter', () => {
  it('keeps everything for an empty query', () => {
    expect(filter(['b', 'a'], ' ')).toEqual(['b', 'a'])
  })

  it('puts initials and whole words before scattered letters', () => {
    expect(filter(['Close all tabs', 'Toggle theme', 'Go to timeline'], 'tt')[0]).toBe('Toggle theme')
    expect(filter(['Reveal the timeline data', 'Remove sample'], 'remove')).toEqual(['Remove sample'])
    expect(filter(['Show version details', 'Versions'], 'vers')[0]).toBe('Versions')
  })

  it('searches 2,000 commands without being noticed', () => {
    const many = Array.from({ length: 2000 }, (_, index) => `Open dataset number ${index} in folder some/long/path`)
    expect(cpuMs(() => filter(many, 'dataset 1999 long'))).toBeLessThan(200)
    expect(filter(many, 'dataset 1999 long').length).toBeGreaterThan(0)
  })
})
