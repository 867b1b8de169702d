import { describe, expect, it } from 'vitest'
import { hexLines } from './hex.ts'
import { fileEnding, previewKindOf } from './preview-kind.ts'

describe('previewKindOf', () => {
  it.each([
    ['image/png', 'image'],
    ['IMAGE/JPEG; q=1', 'image'],
    ['image/tiff', 'hex'],
    ['audio/mpeg', 'audio'],
    ['video/mp4', 'video'],
    ['application/json', 'json'],
    ['application/geo+json', 'json'],
    ['text/plain; charset=utf-8', 'text'],
    ['application/pdf', 'hex'],
    ['application/octet-stream', 'hex'],
    ['', 'hex'],
  ])('%s is %s', (type, kind) => expect(previewKindOf(type)).toBe(kind))
})

describe('fileEnding', () => {
  it.each([
    ['image/jpeg', '.jpg'],
    ['application/pdf', '.pdf'],
    ['application/octet-stream', '.bin'],
    ['application/vnd.ms-excel', '.bin'],
    ['../../x', '.bin'],
  ])('%s ends in %s', (type, ending) => expect(fileEnding(type)).toBe(ending))
})

describe('hexLines', () => {
  it('shows offsets, bytes and text', () => {
    const bytes = new TextEncoder().encode('Lance\n\u0000abcdefghijkl')
    expect(hexLines(bytes, 4096)).toEqual([
      { offset: '00001000', hex: '4c 61 6e 63 65 0a 00 61  62 63 64 65 66 67 68 69', text: 'Lance..abcdefghi' },
      { offset: '00001010', hex: `${'6a 6b 6c'.padEnd(23)}  ${''.padEnd(23)}`, text: 'jkl' },
    ])
  })
  it('takes half as many bytes a line where there is little room', () => {
    const bytes = Uint8Array.from({ length: 9 }, (_, index) => index)
    expect(hexLines(bytes, 0, 8)).toEqual([
      { offset: '00000000', hex: '00 01 02 03 04 05 06 07', text: '........' },
      { offset: '00000008', hex: '08'.padEnd(23), text: '.' },
    ])
  })
  it('has no lines for no bytes', () => expect(hexLines(new Uint8Array())).toEqual([]))
})
