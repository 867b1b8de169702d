import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrow, column, tableOf } from '../lance/tables.fixture.ts'
import { formatCellId, parseCellId } from './cell-id.ts'
import { idle, makeTestEngine, type TestEngine } from './engine.fixture.ts'
import { guessMediaType } from './media-type.ts'

let engine: TestEngine
let dataset: string
const huge = new Uint8Array(9_000_000).map((_, index) => index % 253)

beforeAll(async () => {
  engine = await makeTestEngine()
  await engine.folder.create(
    'cells',
    tableOf({
      bytes: column(new arrow.Binary(), [huge, null, new Uint8Array(0)]),
      text: column(new arrow.Utf8(), ['größe', null, '']),
      number: column(new arrow.Int64(), [2n ** 53n + 1n, null, 0n]),
    }),
  )
  dataset = await engine.open('cells')
})
afterAll(() => engine.remove())

describe('a cell', () => {
  it('of more than 8 MB is described, and read in ranges', async () => {
    const cell = await engine.rows['cells.get']({ dataset, rowId: '0', column: 'bytes' }, idle)
    expect(cell).toMatchObject({ kind: 'bytes', size: huge.length, mediaType: 'application/octet-stream' })
    if (cell.kind !== 'bytes') throw new Error('not bytes')
    const range = await engine.rows['cells.read']({ cell: cell.id, start: 8_999_000, length: 1_048_576 }, idle)
    expect(Buffer.compare(range.bytes, huge.subarray(8_999_000))).toBe(0)
    expect(range.bytes.buffer.byteLength).toBe(1000)
    const beyond = await engine.rows['cells.read']({ cell: cell.id, start: 10_000_000, length: 10 }, idle)
    expect(beyond).toMatchObject({ size: huge.length })
    expect(beyond.bytes).toHaveLength(0)
  })

  it('keeps an exact integer', async () => {
    const cell = await engine.rows['cells.get']({ dataset, rowId: '0', column: 'number' }, idle)
    if (cell.kind !== 'arrow') throw new Error('not Arrow')
    expect(arrow.tableFromIPC(cell.arrow).getChildAt(0)!.get(0)).toBe(2n ** 53n + 1n)
  })

  it('tells null from empty', async () => {
    const describeCell = async (rowId: string, name: string) =>
      engine.rows['cells.describe']({ dataset, rowId, column: name }, idle)
    expect((await describeCell('1', 'bytes')).size).toBeNull()
    expect((await describeCell('2', 'bytes')).size).toBe(0)
    expect(await describeCell('0', 'text')).toMatchObject({ size: 7, mediaType: 'text/plain; charset=utf-8' })
  })

  it('that does not exist is said to', async () => {
    const get = async (rowId: string, name: string) => engine.rows['cells.get']({ dataset, rowId, column: name }, idle)
    await expect(get('99', 'text')).rejects.toMatchObject({ code: 'row-not-found' })
    await expect(get('18446744073709551615', 'text')).rejects.toMatchObject({ code: 'row-not-found' })
    await expect(get('99999999999999999999', 'text')).rejects.toMatchObject({ code: 'row-not-found' })
    await expect(get('0', 'nope')).rejects.toMatchObject({ code: 'unknown-column' })
    await expect(engine.rows['cells.describe']({ dataset, rowId: '0', column: 'number' }, idle)).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('a cell id', () => {
  const cell = { dataset: 'abc', branch: 'exp/ü', version: 3, rowId: 2n ** 64n - 1n, column: 'größe "x"' }

  it('reads back as it was and fits in a URL', () => {
    expect(parseCellId(formatCellId(cell))).toEqual(cell)
    expect(parseCellId(formatCellId({ ...cell, branch: undefined })).branch).toBeUndefined()
    expect(formatCellId(cell)).toMatch(/^[A-Za-z0-9_-]+$/)
  })

  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  it.each([
    '',
    'x',
    '../../etc/passwd',
    encode(null),
    encode([]),
    encode(['a', null, 0, '1', 'c']),
    encode(['a', null, 1.5, '1', 'c']),
    encode(['a', null, 1, '-1', 'c']),
    encode(['a', null, 1, 1, 'c']),
    encode(['a', 5, 1, '1', 'c']),
    encode(['a'.repeat(100), null, 1, '1', 'c']),
    encode({ __proto__: null, length: 5 }),
  ])('refuses %j', async (id) => {
    await expect(engine.rows['cells.read']({ cell: id, start: 0, length: 1 }, idle)).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('of a dataset that is not open says so', async () => {
    const id = formatCellId({ ...cell, branch: undefined })
    await expect(engine.rows['cells.read']({ cell: id, start: 0, length: 1 }, idle)).rejects.toMatchObject({
      code: 'unknown-dataset',
    })
  })
})

describe('a media type', () => {
  const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')
  it.each([
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['\0\0\0\x1cftypavif', 'image/avif'],
    ['<?xml version="1.0"?>\n<svg xmlns="x"/>', 'image/svg+xml'],
    ['ID3\x04', 'audio/mpeg'],
    ['\xff\xfb\x90\x00', 'audio/mpeg'],
    ['RIFF\0\0\0\0WAVEfmt ', 'audio/wav'],
    ['fLaC\0', 'audio/flac'],
    ['OggS\0', 'audio/ogg'],
    ['\0\0\0\x18ftypmp42', 'video/mp4'],
    ['\x1a\x45\xdf\xa3', 'video/webm'],
    ['%PDF-1.7', 'application/pdf'],
    ['PK\x03\x04', 'application/zip'],
    ['{"a": [1]}', 'application/json'],
    ['{not json}', 'text/plain; charset=utf-8'],
    ['plain words', 'text/plain; charset=utf-8'],
    ['\xff\xfe\x00\x01', 'application/octet-stream'],
    ['a\0b', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('%j is %s', (text, mediaType) => {
    expect(guessMediaType(latin(text), text.length)).toBe(mediaType)
  })

  it('forgives a character cut at the end of the head', () => {
    const head = Buffer.from('größe').subarray(0, 3)
    expect(guessMediaType(head, 100)).toBe('text/plain; charset=utf-8')
  })
})
