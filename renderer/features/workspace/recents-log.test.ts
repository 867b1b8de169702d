import { describe, expect, it } from 'vitest'
import { mergeRecents, parseRecents, withoutRecent, withRecent } from './recents-log.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString()
const recent = (location: string, minute: number) => ({ location, name: location, openedAt: at(minute) })
const log = (...recents: readonly ReturnType<typeof recent>[]) => ({ recents, forgotten: [] })
const locations = ({ recents }: { readonly recents: readonly { readonly location: string }[] }) =>
  recents.map(({ location }) => location)

describe('withRecent', () => {
  it('puts a location at the head, once', () => {
    const recents = withRecent([recent('/a', 1), recent('/b', 2)], recent('/b', 3))
    expect(locations({ recents })).toEqual(['/b', '/a'])
    const many = Array.from({ length: 40 }, (_, index) => recent(`/${index}`, index))
    expect(withRecent(many, recent('/new', 50))).toHaveLength(30)
  })
})

describe('mergeRecents', () => {
  it('keeps what either window opened, latest first', () => {
    const one = log(recent('/a', 5), recent('/both', 1))
    const other = log(recent('/b', 6), recent('/both', 7))
    expect(locations(mergeRecents(one, other))).toEqual(['/both', '/b', '/a'])
    expect(mergeRecents(other, one)).toEqual(mergeRecents(one, other))
    expect(mergeRecents(one, one)).toEqual(one)
  })

  it('does not bring back what one window forgot, until it is opened again', () => {
    const both = log(recent('/a', 1), recent('/b', 2))
    const forgot = withoutRecent(both, '/a', at(3))
    expect(locations(forgot)).toEqual(['/b'])
    expect(locations(mergeRecents(both, forgot))).toEqual(['/b'])
    expect(locations(mergeRecents(log(recent('/a', 4)), forgot))).toEqual(['/a', '/b'])
  })
})

describe('parseRecents', () => {
  it('leaves out what is no entry', () => {
    expect(parseRecents({ recents: [recent('/a', 1), { location: '/x' }, null, 3], forgotten: [{}] })).toEqual(
      log(recent('/a', 1)),
    )
    for (const value of [null, 7, 'x', [], { recents: {} }]) expect(parseRecents(value)).toEqual(log())
  })
})
