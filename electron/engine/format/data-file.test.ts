import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { decodeDataFile } from './data-file.ts'
import { dataFileOf, decodeByTail, fileOf, namesLike } from './fixtures/files.fixture.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('decodeDataFile', () => {
  it.each(['2.0', '2.1', '2.2', '2.3'])('reads all of a file of format %s from its end', (version) => {
    const asked: { start: number; end: number }[] = []
    const file = dataFileOf(`data-${version}.lance`, asked)
    expect(asked).toHaveLength(1)
    expect([file.formatVersion, file.rows]).toEqual([version, 24])
    expect(file.fields.filter((it) => it.parentId === -1).map((it) => it.name)).toEqual([
      'id',
      'text',
      'place',
      'tags',
      'kind',
      'vector',
    ])
    // One column a leaf; format 2.0 has one for the struct and the list too.
    expect(file.columns).toHaveLength(version === '2.0' ? 9 : 7)
    for (const column of file.columns ?? []) {
      expect(column.pages).toBe(1)
      expect(column.encodings.length).toBeGreaterThan(0)
      expect(column.encodings.join()).not.toMatch(/unknown/)
    }
    const { length } = fileOf(`data-${version}.lance`)
    expect(sum(file.columns?.map((it) => it.bytes) ?? [])).toBeLessThan(length)
    expect(file.columns?.[0]?.bytes).toBeGreaterThanOrEqual(24 * (version === '2.0' ? 8 : 1))
    expect(file.columns?.[0]?.length).toBe(24)
  })

  it('gives every column the bytes Lance itself counts for it', () => {
    const bytesOf = (name: string): readonly number[] | undefined => dataFileOf(name).columns?.map((it) => it.bytes)
    // Sums of the buffers `lance.file.LanceFileReader(path).metadata()` of pylance 12 lists.
    expect(bytesOf('data-2.0.lance')).toEqual([192, 625, 0, 192, 240, 192, 360, 336, 384])
    expect(bytesOf('data-2.1.lance')).toEqual([202, 594, 202, 162, 426, 258, 394])
    expect(bytesOf('data-2.2.lance')).toEqual([204, 580, 204, 164, 388, 260, 396])
    expect(bytesOf('data-2.3.lance')).toEqual([204, 580, 204, 164, 388, 260, 396])
  })

  it('says of legacy files how many rows they have', () => {
    expect(dataFileOf('data-legacy.lance')).toMatchObject({ formatVersion: '0.1', rows: 24, columns: null })
  })

  it.each([40, 64, 100, 500, 1500])('asks for what is not in a tail of %i bytes, and for nothing twice', (tail) => {
    for (const name of namesLike(/^(data|index)-/)) {
      const asked: { start: number; end: number }[] = []
      expect(dataFileOf(name, asked, tail)).toEqual(dataFileOf(name))
      expect(asked.length).toBeLessThanOrEqual(3)
      const bytes = asked.map(({ start, end }) => end - start)
      const from = Math.min(...asked.map(({ start }) => start))
      expect(sum(bytes)).toBe(fileOf(name).length - from)
    }
  })

  it('reads index files like data files', () => {
    const auxiliary = dataFileOf('index-auxiliary.idx')
    expect(auxiliary.schemaMetadata['distance_type']).toBe('l2')
    expect(auxiliary.globalBuffers.length).toBeGreaterThan(1)
    expect(dataFileOf('index-page_lookup.lance').rows).toBeGreaterThan(0)
  })

  it('refuses claims no file could keep before it makes room for them', () => {
    const file = fileOf('data-2.2.lance').slice()
    const view = new DataView(file.buffer)
    const footer = file.length - 40
    for (const [at, value] of [
      [24, 0xffffffff],
      [28, 0xffffffff],
    ] as const) {
      const before = view.getUint32(footer + at, true)
      view.setUint32(footer + at, value, true)
      expect(() => decodeByTail(file, decodeDataFile)).toThrow(AppError)
      view.setUint32(footer + at, before, true)
    }
    for (const at of [0, 8, 16]) {
      const before = view.getBigUint64(footer + at, true)
      for (const value of [2n ** 63n, 2n ** 53n, BigInt(file.length)]) {
        view.setBigUint64(footer + at, value, true)
        expect(() => decodeByTail(file, decodeDataFile)).toThrow(AppError)
      }
      view.setBigUint64(footer + at, before, true)
    }
    expect(decodeByTail(file, decodeDataFile).rows).toBe(24)
  })
})
