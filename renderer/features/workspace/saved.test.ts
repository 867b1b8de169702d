import { describe, expect, it } from 'vitest'
import { formatSaved, parseSaved, toSaved } from './saved.ts'
import { INITIAL_STATE } from './state.ts'

const tab = {
  dataset: 'h1',
  location: '/a.lance',
  name: 'a',
  version: 4,
  latestVersion: 9,
  timeTravel: true,
  view: 'data',
}

describe('saved workspace', () => {
  it('comes back as it was', () => {
    const saved = toSaved({
      ...INITIAL_STATE,
      tabs: [tab, { ...tab, dataset: 'h2', location: '/b.lance', timeTravel: false, branch: 'topic' }],
      active: 'h2',
      roots: ['/data'],
      theme: 'light',
      panels: { sidebar: false, inspector: true, timeline: false },
      layouts: { window: { sidebar: 20, centre: 80 } },
    })
    expect(parseSaved(formatSaved(saved))).toEqual(saved)
    expect(saved.active).toBe('/b.lance')
    expect(saved.tabs).toEqual([
      { location: '/a.lance', view: 'data', version: 4 },
      { location: '/b.lance', view: 'data', branch: 'topic' },
    ])
  })

  it('is a first start when nothing usable was saved', () => {
    for (const value of [null, undefined, 7, 'x', [], {}, { format: 2 }]) expect(parseSaved(value)).toBeNull()
  })

  it('lets bad parts fall back alone', () => {
    const parsed = parseSaved({
      format: 1,
      tabs: [{ location: 3 }, null, { location: '/ok', version: -1, view: '' }],
      roots: ['/r', 5],
      theme: 'pink',
      panels: { sidebar: 'no', timeline: false },
      layouts: { good: { a: 50 }, bad: { a: 'wide' }, worse: 3 },
    })
    expect(parsed).toEqual({
      tabs: [{ location: '/ok' }],
      active: null,
      roots: ['/r'],
      theme: 'system',
      panels: { sidebar: true, inspector: true, timeline: false },
      layouts: { good: { a: 50 } },
    })
  })
})
