import { expect, it } from 'vitest'
import { parseSecondStart, readArguments } from './arguments.ts'
import { parseRecents } from './recents.ts'

it('passes over switches that are not ours', () => {
  expect(readArguments(['--enable-logging', '-psn_0_1', 'a.lance', '--root=/'], '/home')).toEqual({
    locations: ['/home/a.lance'],
    root: '/',
    problem: undefined,
  })
  expect(readArguments(['--root=/no/such/folder'], '/home').problem).toContain('/no/such/folder')
})

it('takes only texts from a second start', () => {
  expect(parseSecondStart({ locations: ['/a', 1, null, '/b'] })).toEqual(['/a', '/b'])
  for (const data of [null, 'x', {}, { locations: '/a' }]) expect(parseSecondStart(data)).toEqual([])
})

it('finds recents in a saved list of any shape', () => {
  expect(parseRecents({ recents: [{ location: '/a' }, { location: 1 }, null, { location: '/b' }] })).toEqual([
    '/a',
    '/b',
  ])
  for (const saved of [null, 1, [], {}, { recents: {} }]) expect(parseRecents(saved)).toEqual([])
})
