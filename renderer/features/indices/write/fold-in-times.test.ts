import { expect, it } from 'vitest'
import { forecast, forecastText, parseTimes, withTime } from './fold-in-times.ts'

it('forecasts by the fold-in nearest in size, and not by one far from it', () => {
  const times = [
    { rows: 400, ms: 900 },
    { rows: 4000, ms: 9600 },
  ]
  expect(forecast(times, 5000)).toEqual({ ms: 12_000, from: times[1] })
  expect(forecast(times, 200)).toEqual({ ms: 450, from: times[0] })
  expect(forecast(times, 20_000)).toBeUndefined()
  expect(forecast([], 100)).toBeUndefined()
  expect(forecastText({ ms: 12_000, from: times[0]! })).toBe('~12 s')
  expect(forecastText({ ms: 450, from: times[0]! })).toBe('under 1 s')
})

it('remembers the last ten, and reads damaged settings as never measured', () => {
  expect(parseTimes([{ rows: 4, ms: 5 }, { rows: 0, ms: 5 }, null, 7])).toEqual([{ rows: 4, ms: 5 }])
  expect(parseTimes('x')).toEqual([])
  expect(withTime([], { rows: 0, ms: 5 })).toEqual([])
  const many = Array.from({ length: 12 }, (_, i) => ({ rows: i + 1, ms: 1 })).reduce(withTime, parseTimes(null))
  expect(many).toHaveLength(10)
  expect(many[0]?.rows).toBe(12)
})
