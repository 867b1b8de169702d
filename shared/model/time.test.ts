import { describe, expect, it } from 'vitest'
import { formatAbsoluteTime, formatDay, formatRelativeTime, formatShortRelativeTime, parseTime } from './time.ts'

const NOW = Date.parse('2026-05-10T12:00:00Z')

describe('parseTime', () => {
  it('drops digits past milliseconds and rejects what is no time', () => {
    expect(parseTime('2026-05-10T12:00:00.123456789Z')).toBe(NOW + 123)
    expect(parseTime('')).toBeUndefined()
    expect(parseTime('soon')).toBeUndefined()
  })
})

describe('formatRelativeTime', () => {
  it.each([
    ['2026-05-10T11:59:30Z', 'just now'],
    ['2026-05-10T11:59:00Z', '1 minute ago'],
    ['2026-05-10T11:01:00Z', '59 minutes ago'],
    ['2026-05-10T09:00:00Z', '3 hours ago'],
    ['2026-05-09T11:00:00Z', '1 day ago'],
    ['2026-05-07T11:00:00Z', '3 days ago'],
    ['2026-04-20T12:00:00Z', '2 weeks ago'],
    ['2025-11-10T12:00:00Z', '5 months ago'],
    ['2021-05-10T12:00:00Z', '4 years ago'],
    ['2026-05-10T14:00:01Z', 'in 2 hours'],
    ['never', 'unknown time'],
  ])('%s is %s', (text, expected) => {
    expect(formatRelativeTime(text, NOW)).toBe(expected)
  })
})

describe('formatShortRelativeTime', () => {
  it.each([
    ['2026-05-10T11:59:30Z', 'just now'],
    ['2026-05-10T11:01:00Z', '59 min ago'],
    ['2026-05-09T11:00:00Z', '1 d ago'],
    ['2026-04-20T12:00:00Z', '2 wk ago'],
    ['2021-05-10T12:00:00Z', '4 y ago'],
    ['2026-05-10T14:00:01Z', 'in 2 h'],
    ['never', 'unknown time'],
  ])('%s is %s', (text, expected) => {
    expect(formatShortRelativeTime(text, NOW)).toBe(expected)
  })
})

describe('absolute times', () => {
  it('uses the local clock', () => {
    const local = new Date(2026, 2, 4, 9, 6, 3)
    expect(formatDay(local)).toBe('2026-03-04')
    expect(formatAbsoluteTime(local.toISOString())).toBe('2026-03-04 09:06:03')
    expect(formatAbsoluteTime('?')).toBe('unknown time')
  })
})
