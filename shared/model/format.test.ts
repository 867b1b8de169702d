import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatBytesDelta,
  formatCompact,
  formatCount,
  formatDelta,
  formatDuration,
  formatExactBytes,
  formatNoun,
  formatShare,
} from './format.ts'

describe('counts', () => {
  it('groups digits and picks the noun', () => {
    const counts = [0, 999, 1000, -1000, 12_345, 412_604_118, Number.MAX_SAFE_INTEGER]
    expect(counts.map(formatCount)).toEqual(counts.map((count) => new Intl.NumberFormat('en-US').format(count)))
    expect(formatCount(412_604_118)).toBe('412,604,118')
    expect(formatCompact(412_604_118)).toBe('412.6M')
    expect(formatCompact(950)).toBe('950')
    expect(formatNoun(1, 'row')).toBe('1 row')
    expect(formatNoun(0, 'index', 'indices')).toBe('0 indices')
  })

  it('signs changes with characters of equal width', () => {
    expect(formatDelta(10_000)).toBe('+10,000')
    expect(formatDelta(-3)).toBe('\u22123')
    expect(formatDelta(0)).toBe('±0')
  })
})

describe('bytes', () => {
  it('keeps three digits and never prints 1000 of a unit', () => {
    expect(formatBytes(0)).toBe('0 bytes')
    expect(formatBytes(1)).toBe('1 byte')
    expect(formatBytes(999)).toBe('999 bytes')
    expect(formatBytes(1000)).toBe('1 kB')
    expect(formatBytes(1024)).toBe('1.02 kB')
    expect(formatBytes(999_600)).toBe('1 MB')
    expect(formatBytes(318_400_000_000)).toBe('318 GB')
    expect(formatBytes(Number.NaN)).toBe('unknown size')
  })

  it('shows changes and exact figures', () => {
    expect(formatBytesDelta(1_500_000)).toBe('+1.5 MB')
    expect(formatBytesDelta(-20)).toBe('\u221220 B')
    expect(formatBytesDelta(0)).toBe('±0')
    expect(formatExactBytes(1_234_567)).toBe('1,234,567 bytes')
  })
})

describe('shares', () => {
  it('never calls a part all or nothing', () => {
    expect(formatShare(0, 10)).toBe('0%')
    expect(formatShare(1, 1_000_000)).toBe('<0.1%')
    expect(formatShare(18, 1000)).toBe('1.8%')
    expect(formatShare(999_999, 1_000_000)).toBe('>99.9%')
    expect(formatShare(10, 10)).toBe('100%')
    expect(formatShare(0, 0)).toBe('0%')
  })
})

describe('durations', () => {
  it('changes unit without printing 60 s', () => {
    expect(formatDuration(14.4)).toBe('14 ms')
    expect(formatDuration(2430)).toBe('2.4 s')
    expect(formatDuration(59_960)).toBe('1 min 0 s')
    expect(formatDuration(185_000)).toBe('3 min 5 s')
  })
})
