import { describe, expect, it } from 'vitest'
import { field, fragment, manifestFile, message } from './encode.fixture.ts'
import { describeFlags, hasFlag } from './flags.ts'
import { decodeManifest, decodeManifestInSteps, decodeManifestSchema } from './manifest.ts'
import { fieldPaths } from './schema.ts'
import { summarizeManifest } from './summary.ts'

const text = new TextEncoder()
const corrupt = expect.objectContaining({ name: 'AppError', code: 'corrupt-manifest' })

describe('decodeManifest', () => {
  const file = manifestFile({
    version: 7,
    fields: [
      [1, [field(0, 'id', 'int64'), field(1, 'place', 'struct'), field(2, 'lat', 'double', 1)]],
      [2, [fragment(3, 100, { deleted: 4, columns: 2 }), fragment(9, 50, { bytes: 0 })]],
      [5, message([1, 'origin'], [2, text.encode('test')])],
      [9, 3],
      [10, 3],
      [11, 9],
      [12, '6-abc.txn'],
      [13, message([1, 'lance'], [2, '12.0.0'], [3, 'beta.1'])],
      [14, 2n ** 63n],
      [15, message([1, 'lance'], [2, '2.2'])],
      [16, message([1, '__proto__'], [2, 'harmless'])],
      [18, message([1, 0], [2, 'dev'], [3, 1], [4, '/elsewhere/t.lance'])],
      [20, 'exp'],
      [99, 'of the future'],
    ],
  })

  it('reads every part', () => {
    const manifest = decodeManifest(file)
    expect(manifest).toMatchObject({
      version: 7,
      timestamp: '2023-11-14T22:13:27.123Z',
      branch: 'exp',
      writer: { library: 'lance', version: '12.0.0-beta.1' },
      readerFlags: 3,
      writerFlags: 3,
      maxFragmentId: 9,
      transactionFile: '6-abc.txn',
      dataFormat: { fileFormat: 'lance', version: '2.2' },
      schemaMetadata: { origin: 'test' },
      tableMetadata: {},
      basePaths: [{ id: 0, name: 'dev', isDatasetRoot: true, path: '/elsewhere/t.lance' }],
      indices: [],
      nextRowId: 2n ** 63n,
    })
    expect(Object.entries(manifest.config)).toEqual([['__proto__', 'harmless']])
    expect(manifest.fragments).toEqual([
      {
        id: 3,
        physicalRows: 100,
        files: [{ path: 'file-3.lance', fields: [0, 1], columnIndices: [0, 1], formatVersion: '2.2', bytes: 1000 }],
        deletion: { type: 'arrow', readVersion: 1, id: 7n, deletedRows: 4 },
      },
      {
        id: 9,
        physicalRows: 50,
        files: [{ path: 'file-9.lance', fields: [0], columnIndices: [0], formatVersion: '2.2', bytes: null }],
      },
    ])
  })

  it('builds the schema as a tree', () => {
    const { schema } = decodeManifest(file)
    expect(schema.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'int64'],
      ['place', 'struct{1}'],
    ])
    expect([...fieldPaths(schema)]).toEqual([
      [0, 'id'],
      [1, 'place'],
      [2, 'place.lat'],
    ])
    expect(decodeManifestSchema(file)).toEqual(schema)
  })

  it('pauses every few thousand fragments, with the same outcome', () => {
    const fragments = Array.from({ length: 10_000 }, (_, id) => fragment(id, 10, { columns: 3 }))
    const large = manifestFile({ version: 1, fields: [[2, fragments]] })
    const steps = decodeManifestInSteps(large)
    expect([steps.next().done, steps.next().done]).toEqual([false, false])
    expect(steps.next()).toEqual({ done: true, value: decodeManifest(large) })
  })

  it('keeps the columns of alike files once', () => {
    const fragments = Array.from({ length: 3 }, (_, id) => fragment(id, 10, { columns: 3 }))
    const [first, , last] = decodeManifest(manifestFile({ version: 1, fields: [[2, fragments]] })).fragments
    expect(last?.files[0]?.fields).toBe(first?.files[0]?.fields)
  })

  it('summarizes to the same figures', () => {
    expect(summarizeManifest(file)).toEqual({
      version: 7,
      timestamp: '2023-11-14T22:13:27.123Z',
      rows: 146,
      deletedRows: 4,
      fragments: 2,
      dataBytes: 1000,
      unsizedFiles: 1,
      uncountedFragments: 0,
      transaction: null,
      transactionFile: '6-abc.txn',
    })
  })
})

describe('a damaged manifest', () => {
  const decodeWith =
    (...fields: NonNullable<Parameters<typeof manifestFile>[0]['fields']>) =>
    () =>
      decodeManifest(manifestFile({ version: 1, fields }))

  it.each([
    ['empty file', () => decodeManifest(new Uint8Array())],
    ['a few bytes', () => decodeManifest(new Uint8Array(19))],
    ['no magic', () => decodeManifest(new Uint8Array(100))],
    ['a column without its parent', decodeWith([1, field(5, 'x', 'int64', 4)])],
    ['a column that is its own parent', decodeWith([1, field(5, 'x', 'int64', 5)])],
    ['a column twice', decodeWith([1, [field(5, 'x', 'int64'), field(5, 'y', 'int64')]])],
    ['more deleted rows than rows', decodeWith([2, fragment(0, 1, { deleted: 2 })])],
    ['a wrong wire type', decodeWith([2, 5])],
    ['text that is not UTF-8', decodeWith([12, Uint8Array.of(0xff, 0xfe)])],
    ['a time beyond all calendars', decodeWith([7, message([1, 2n ** 62n])])],
    ['a section outside the file', decodeWith([6, 4_000_000])],
  ])('%s is told as damage', (_, decode) => {
    expect(decode).toThrow(corrupt)
  })

  it('survives columns nested a hundred thousand deep', () => {
    const fields = Array.from({ length: 100_000 }, (_, id) => field(id, 'x', 'struct', id - 1))
    expect(() => decodeManifest(manifestFile({ version: 1, fields: [[1, fields]] }))).toThrow(corrupt)
  })
})

describe('feature flags', () => {
  it('names known bits and singles out what cannot be read', () => {
    expect(describeFlags(1 + 2 + 64, 1 + 32)).toEqual({
      reader: 67,
      writer: 33,
      names: ['deletion-files', 'stable-row-ids', 'no-transaction-file', 'data-overlays'],
      unknownReaderBits: [6],
    })
    expect(describeFlags(2 ** 63, 0).unknownReaderBits).toEqual([63])
    expect(hasFlag(3, 2)).toBe(true)
    expect(hasFlag(1, 2)).toBe(false)
  })
})
