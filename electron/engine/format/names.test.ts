import { describe, expect, it } from 'vitest'
import { deletionFileName, formatManifestName, joinPath, parseManifestName } from './names.ts'
import { formatTimestamp } from './timestamp.ts'

describe('manifest names', () => {
  it.each([
    ['18446744073709551614.manifest', 1, 'v2'],
    ['18446744073709551604.manifest', 11, 'v2'],
    ['1.manifest', 1, 'v1'],
    ['10000.manifest', 10_000, 'v1'],
  ] as const)('%s is version %d', (name, version, scheme) => {
    expect(parseManifestName(name)).toEqual({ kind: 'version', version, scheme })
    expect(formatManifestName(version, scheme)).toBe(name)
  })

  it.each([
    'latest_version_hint.json',
    '.tmp18446744073709551614.manifest',
    '18446744073709551614.manifest-a-b',
    '184467440737095516140.manifest',
    '00000000000000000001.manifest',
    '-1.manifest',
    '1.manifest\n',
  ])('%s is no version', (name) => {
    expect(parseManifestName(name)).toBeUndefined()
  })

  it('sets detached versions apart', () => {
    expect(parseManifestName('d9223372036854775809.manifest')).toEqual({ kind: 'detached' })
  })
})

it('names deletion files with all 64 bits', () => {
  const file = { type: 'arrow', readVersion: 2, id: 15187663906174298018n } as const
  expect(deletionFileName(0, file)).toBe('0-2-15187663906174298018.arrow')
  expect(deletionFileName(0, { ...file, type: 'bitmap' })).toBe('0-2-15187663906174298018.bin')
})

it('joins paths without empty parts', () => {
  expect(joinPath('', '_versions')).toBe('_versions')
  expect(joinPath('tree/a/b', 'data', 'x.lance')).toBe('tree/a/b/data/x.lance')
})

it.each([
  [0, 0, '1970-01-01T00:00:00Z'],
  [1_700_000_000, 120_000_000, '2023-11-14T22:13:20.120Z'],
  [1_700_000_000, 123_456_000, '2023-11-14T22:13:20.123456Z'],
  [1_700_000_000, 1, '2023-11-14T22:13:20.000000001Z'],
  [-1, 0, '1969-12-31T23:59:59Z'],
])('formats %d s and %d ns as %s', (seconds, nanos, expected) => {
  expect(formatTimestamp(seconds, nanos)).toBe(expected)
})
