import { describe, expect, it } from 'vitest'
import { isDrawableImage, shortType, sniffMediaType } from './sniff.ts'
import { toCell } from './to-cell.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

describe('sniffMediaType', () => {
  it.each([
    ['\u0089PNG\r\n\u001a\n…', 'image/png'],
    ['RIFF....WEBPVP8 ', 'image/webp'],
    ['RIFF....WAVEfmt ', 'audio/wav'],
    ['....ftypavif', 'image/avif'],
    ['....ftypisom', 'video/mp4'],
    ['%PDF-1.7', 'application/pdf'],
    ['', undefined],
    ['RIFF', undefined],
    ['hello', undefined],
  ])('%j', (text, type) => expect(sniffMediaType(latin1(text))).toBe(type))
  it('names types shortly', () => {
    expect(shortType('application/vnd.apache.parquet')).toBe('parquet')
    expect(shortType('image/svg+xml')).toBe('svg')
    expect(shortType('text/plain; charset=utf-8')).toBe('text')
    expect(shortType('application/octet-stream')).toBe('bytes')
    expect(isDrawableImage('image/tiff')).toBe(false)
  })
})

describe('toCell', () => {
  it('keeps null, empty and NaN apart', () => {
    expect(toCell({ kind: 'null' }, null)).toEqual({ kind: 'null' })
    expect(toCell({ kind: 'string', value: '' }, null)).toMatchObject({ kind: 'text', tone: 'special' })
    expect(toCell({ kind: 'float', value: NaN, precision: 'float32' }, null)).toMatchObject({
      text: 'NaN',
      tone: 'special',
    })
  })
  it('tells the whole length of a cut text', () => {
    expect(toCell({ kind: 'string', value: 'x'.repeat(300) }, 100_000)).toMatchObject({ note: '100,000 chars' })
    expect(toCell({ kind: 'string', value: 'short' }, null)).not.toHaveProperty('note')
  })
  it('tells type and size of bytes', () => {
    expect(toCell({ kind: 'binary', bytes: latin1('%PDF-1.7') }, 123_456)).toMatchObject({
      text: 'pdf',
      note: '123 kB',
    })
  })
  it('tells the dimension of a cut vector', () => {
    const value = { kind: 'vector', values: [1, 2], element: 'float32', precision: 'float32' } as const
    expect(toCell(value, 768)).toMatchObject({ kind: 'vector', note: '768 × float32' })
  })
})
