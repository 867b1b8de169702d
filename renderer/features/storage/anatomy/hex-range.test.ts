import { describe, expect, it } from 'vitest'
import { lastPage, PAGE_BYTES, pageRange, parseOffset, rangeText } from './hex-range.ts'

describe('pages', () => {
  it('cover every byte once', () => {
    expect(lastPage(0)).toBe(0)
    expect(lastPage(PAGE_BYTES)).toBe(0)
    expect(lastPage(PAGE_BYTES + 1)).toBe(1)
    expect(pageRange(1, PAGE_BYTES + 1)).toEqual({ start: PAGE_BYTES, length: 1 })
    expect(pageRange(0, 0)).toEqual({ start: 0, length: 0 })
    expect(pageRange(0, 100)).toEqual({ start: 0, length: 100 })
  })

  it('say which bytes they show', () => {
    expect(rangeText(pageRange(1, 10_000))).toBe('0x2000–0x270f')
    expect(rangeText(pageRange(0, 0))).toBe('no bytes')
  })
})

describe('parseOffset', () => {
  it('reads decimal, hexadecimal and from the end', () => {
    expect(parseOffset('4,096', 5000)).toBe(4096)
    expect(parseOffset(' 0x1F ', 5000)).toBe(31)
    expect(parseOffset('-16', 5000)).toBe(4984)
    expect(parseOffset('0', 5000)).toBe(0)
  })

  it('refuses what is no offset or outside', () => {
    for (const text of ['', 'abc', '0x', '1.5', '5000', '-5001', '1e3']) expect(parseOffset(text, 5000)).toBeUndefined()
    expect(parseOffset('0', 0)).toBeUndefined()
  })

  it('reaches past 4 GiB exactly', () => {
    expect(parseOffset('0x1400000001', 2 ** 37)).toBe(0x14_0000_0001)
  })
})
