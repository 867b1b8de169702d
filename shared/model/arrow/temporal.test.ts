import { describe, expect, it } from 'vitest'
import { formatDate, formatDateTime, formatDuration, formatIsoDuration, formatTime } from './temporal.ts'

describe('dates', () => {
  it('agrees with Date over eight centuries', () => {
    for (let day = -150_000; day < 150_000; day += 37) {
      expect(formatDate(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10))
    }
  })

  it('writes years outside four digits with a sign', () => {
    expect(formatDate(-719_529)).toBe('-000001-12-31')
    expect(formatDate(2_932_897)).toBe('+010000-01-01')
  })
})

describe('timestamps', () => {
  it.each([
    [1704164645123456789n, 'ns', '2024-01-02T03:04:05.123456789'],
    [1704164645123456000n, 'ns', '2024-01-02T03:04:05.123456'],
    [1704164645000000n, 'us', '2024-01-02T03:04:05'],
    [-1n, 'ns', '1969-12-31T23:59:59.999999999'],
    [9223372036854775807n, 'ns', '2262-04-11T23:47:16.854775807'],
    [-9223372036854775808n, 'ns', '1677-09-21T00:12:43.145224192'],
    [9223372036854775807n, 's', '+292277026596-12-04T15:30:07'],
  ] as const)('%s %s', (epoch, unit, text) => {
    expect(formatDateTime(epoch, unit)).toBe(text)
  })
})

describe('times and durations', () => {
  it('keeps nanoseconds of the day', () => {
    expect(formatTime(11045123456789n, 'ns')).toBe('03:04:05.123456789')
    expect(formatTime(0n, 's')).toBe('00:00:00')
  })

  it('writes durations exactly', () => {
    expect(formatIsoDuration(93784500n, 'ms')).toBe('PT93784.500S')
    expect(formatDuration(93784500n, 'ms')).toBe('1d 02:03:04.500')
    expect(formatDuration(-1n, 'ns')).toBe('-00:00:00.000000001')
    expect(formatIsoDuration(-9223372036854775808n, 's')).toBe('-PT9223372036854775808S')
  })
})
