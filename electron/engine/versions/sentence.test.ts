import { describe, expect, it } from 'vitest'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Operation } from '../format/operation.ts'
import { diffSchemas } from './schema-diff.ts'
import { schemaSentence } from './schema-sentence.ts'
import { describeTransaction } from './sentence.ts'
import { shorten, shortenOperation } from './shorten.ts'

const sentence = (operation: Operation, readVersion = 5, rowsDelta: number | null = null, names: string[] = []) =>
  describeTransaction(
    { readVersion, uuid: '', properties: {}, operation },
    { rowsDelta, schemaChanges: null, fieldNames: names, indexNames: names },
  )

const config = { kind: 'update-config', config: [], tableMetadata: [], schemaMetadata: [], fields: [] } as const
const clone = { kind: 'clone', isShallow: true, sourceVersion: 4, sourcePath: '/a/t.lance' } as const
const update = { kind: 'update', removedFragments: 0, updatedFragments: 0, newFragments: 0, rowsWritten: 0 } as const

describe('describeTransaction', () => {
  it.each<[string, string]>([
    [sentence({ kind: 'append', fragments: 3, rows: 10_000 }), 'Append: 3 fragments, 10,000 rows'],
    [sentence({ kind: 'overwrite', fragments: 0, rows: 0 }, 0), 'Create: empty'],
    [sentence({ kind: 'overwrite', fragments: 2, rows: 9 }), 'Overwrite: 2 fragments, 9 rows'],
    [
      sentence({ kind: 'rewrite', oldFragments: 4, newFragments: 1, rows: 1195, remappedIndices: 2 }),
      'Compaction: 4 fragments → 1, 1,195 rows, 2 indices remapped',
    ],
    [sentence({ kind: 'reserve-fragments', fragments: 2 }), 'Reserve 2 fragment ids (prepares a compaction)'],
    [
      sentence({ kind: 'create-index', added: ['a', 'b'], removed: ['b', 'c'] }),
      'Create index a; Rebuild or extend index b; Drop index c',
    ],
    [sentence({ kind: 'create-index', added: ['a', 'b'], removed: [] }), 'Create indices a, b'],
    [
      sentence({ kind: 'create-index', added: ['a', 'b', 'c'], removed: ['c'] }, 5, null, ['a', 'c']),
      'Create index b; Extend index a; Rebuild or extend index c',
    ],
    [sentence({ kind: 'create-index', added: ['__lance_mem_wal'], removed: [] }), 'Set up the write-ahead log'],
    [sentence(update), 'Update: nothing matched'],
    [
      sentence({ ...update, newFragments: 1, rowsWritten: 3 }, 5, 3),
      'Upsert: 3 rows written to 1 new fragment, 0 fragments touched',
    ],
    [sentence({ kind: 'data-replacement', fragments: 5 }), 'Replace column data in 5 fragments'],
    [sentence({ ...clone, branch: 'exp', sourceName: 'dev' }), 'Branch exp from version 4 of dev'],
    [sentence(clone), 'Shallow clone of /a/t.lance at version 4'],
    [sentence({ kind: 'unknown', field: 116 }), 'Unknown operation 116 (written by a newer Lance)'],
    [
      sentence({
        ...config,
        config: [
          { key: 'k', value: 'v' },
          { key: 'old', value: null },
        ],
      }),
      'Config: k = v, old removed',
    ],
    [sentence({ ...config, fields: [3] }, 5, null, ['a.b']), 'Column metadata: a.b'],
  ])('%s', (actual, expected) => {
    expect(actual).toBe(expected)
  })
})

describe('diffSchemas', () => {
  const field = (id: number, name: string, more: Partial<SchemaField> = {}): SchemaField => ({
    id,
    name,
    type: 'int32',
    logicalType: 'int32',
    kind: 'integer',
    nullable: true,
    metadata: {},
    children: [],
    ...more,
  })

  it('tells added, dropped, renamed, retyped and nullability apart', () => {
    const before = [
      field(0, 'a'),
      field(1, 'b'),
      field(2, 'c'),
      field(3, 's', { children: [field(4, 'x')] }),
      field(7, 'n'),
    ]
    const after = [
      field(0, 'a2'),
      field(5, 'b', { type: 'int64' }),
      field(3, 's', { children: [field(4, 'x'), field(6, 'y', { children: [field(8, 'z')] })] }),
      field(7, 'n', { nullable: false }),
    ]
    const changes = diffSchemas(before, after)
    expect(schemaSentence(changes, '')).toBe(
      'Add column s.y; change type of b from int32 to int64; rename column a to a2; drop column c; forbid nulls in n',
    )
  })

  it('has words for no change and for many', () => {
    expect(schemaSentence([], '')).toBe('Change columns: the schema stayed the same')
    const added = Array.from({ length: 8 }, (_, id) => field(id, `c${id}`))
    expect(schemaSentence(diffSchemas([], added), '')).toBe('Add columns c0, c1, c2, c3, c4 and 3 more')
  })
})

describe('shortening', () => {
  it('keeps a sentence one short line', () => {
    expect(shorten('id = 1\n  and x')).toBe('id = 1 and x')
    expect(shorten('x'.repeat(1_000_000))).toHaveLength(200)
  })

  it('drops megabytes from what is kept', () => {
    const operation = shortenOperation({
      kind: 'delete',
      updatedFragments: 1,
      droppedFragments: 0,
      predicate: 'y'.repeat(1e6),
    })
    expect(JSON.stringify(operation).length).toBeLessThan(400)
  })
})
