import { expect, it } from 'vitest'
import { OPERATIONS } from '#shared/model/version.ts'
import { fragment, message } from './encode.fixture.ts'
import { decodeTransaction } from './transaction.ts'

const index = (name: string): Uint8Array => message([3, name])
const update = (key: string, value?: string): Uint8Array =>
  message([1, value === undefined ? message([1, key]) : message([1, key], [2, value])])

const cases: readonly (readonly [string, number, Uint8Array, object])[] = [
  ['append', 100, message([1, [fragment(0, 5), fragment(0, 7)]]), { fragments: 2, rows: 12 }],
  [
    'delete',
    101,
    message([1, fragment(0, 5)], [2, Uint8Array.of(1, 0x80, 0x01)], [3, 'id < 3']),
    { updatedFragments: 1, droppedFragments: 2, predicate: 'id < 3' },
  ],
  ['overwrite', 102, message([1, fragment(0, 5)]), { fragments: 1, rows: 5 }],
  [
    'create-index',
    103,
    message([1, [index('a'), index('a'), index('b')]], [2, index('a')]),
    { added: ['a', 'b'], removed: ['a'] },
  ],
  [
    'rewrite',
    104,
    message([3, message([1, [fragment(1, 9), fragment(2, 9)]], [2, fragment(3, 18, { deleted: 1 })])], [4, message()]),
    { oldFragments: 2, newFragments: 1, rows: 17, remappedIndices: 1 },
  ],
  ['merge', 105, message([1, [fragment(0, 5), fragment(1, 5)]]), { fragments: 2 }],
  ['restore', 106, message([1, 3]), { version: 3 }],
  ['reserve-fragments', 107, message([1, 4]), { fragments: 4 }],
  [
    'update',
    108,
    message([1, Uint8Array.of(4, 5)], [2, fragment(0, 5)], [3, fragment(0, 2)]),
    { removedFragments: 2, updatedFragments: 1, newFragments: 1, rowsWritten: 2 },
  ],
  ['project', 109, message(), {}],
  [
    'update-config',
    110,
    message([6, update('a', '1')], [7, update('b')], [8, update('c', '')], [9, message([1, 6])]),
    {
      config: [{ key: 'a', value: '1' }],
      tableMetadata: [{ key: 'b', value: null }],
      schemaMetadata: [{ key: 'c', value: '' }],
      fields: [6],
    },
  ],
  ['data-replacement', 111, message([1, [message(), message()]]), { fragments: 2 }],
  ['update-mem-wal-state', 112, message(), {}],
  [
    'clone',
    113,
    message([1, 1], [2, 'dev'], [3, 7], [4, '/t.lance'], [5, 'exp']),
    { isShallow: true, sourceName: 'dev', sourceVersion: 7, sourcePath: '/t.lance', branch: 'exp' },
  ],
  ['update-bases', 114, message([1, message()]), { bases: 1 }],
  ['data-overlay', 115, message([1, message()]), { fragments: 1 }],
  ['unknown', 116, message(), { field: 116 }],
]

it.each(cases)('reads %s', (kind, field, operation, expected) => {
  const file = message([1, 6], [2, 'a-uuid'], [4, message([1, 'who'], [2, 'me'])], [field, operation])
  expect(decodeTransaction(file)).toEqual({
    readVersion: 6,
    uuid: 'a-uuid',
    properties: { who: 'me' },
    operation: { kind, ...expected },
  })
})

it('covers every operation there is a name for', () => {
  expect(cases.map(([kind]) => kind).toSorted()).toEqual([...OPERATIONS].toSorted())
})

it('calls a transaction without an operation unknown', () => {
  expect(decodeTransaction(new Uint8Array()).operation).toEqual({ kind: 'unknown', field: null })
})
