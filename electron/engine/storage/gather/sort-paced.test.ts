import { expect, it } from 'vitest'
import { createDice } from '../random-history.fixture.ts'
import { sortPaced } from './sort-paced.ts'

it.each([0, 1, 5, 1024, 1025, 5000])(
  'sorts %i items as toSorted does, those of one key in their order',
  async (count) => {
    const dice = createDice(count)
    const items = Array.from({ length: count }, (_, place) => ({ key: `k${dice.roll(count)}`, place }))
    let turns = 0
    const sorted = await sortPaced(
      items,
      ({ key }) => key,
      () => {
        turns++
        return Promise.resolve()
      },
    )
    expect(sorted).toEqual(items.toSorted((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1)))
    expect(turns).toBeGreaterThanOrEqual(Math.floor(count / 1024))
  },
)

it('stops when the work is no longer wanted', async () => {
  const items = Array.from({ length: 3000 }, (_, index) => String(index))
  const stopped = sortPaced(
    items,
    (item) => item,
    () => Promise.reject(new Error('stopped')),
  )
  await expect(stopped).rejects.toThrow('stopped')
})
