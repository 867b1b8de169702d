import { describe, expect, it } from 'vitest'
import type { QueueBucket } from '#shared/model/queue.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { columnsOf, differencesOf } from './topic-columns.ts'

const field = (name: string, type = 'int64'): SchemaField => ({
  id: 0,
  name,
  type,
  logicalType: type,
  kind: 'unknown',
  nullable: true,
  metadata: {},
  children: [],
})
const bucket = (number: number, schema: number | null): QueueBucket => ({
  name: `bucket_${number}`,
  number,
  location: '',
  rows: 1,
  version: 1,
  since: 1,
  schema,
  lastCommitAt: null,
})

describe('the columns of a topic', () => {
  it('are those of most buckets, then what others have besides', () => {
    const topic = {
      schemas: [
        [field('odd'), field('id', 'string')],
        [field('id'), field('text', 'string')],
      ],
      buckets: [bucket(0, 0), bucket(1, 1), bucket(2, 1), bucket(3, null)],
    }
    expect(columnsOf(topic).map(({ field: { name }, types }) => [name, types])).toEqual([
      ['id', ['int64', 'string']],
      ['text', ['string']],
      ['odd', ['int64']],
    ])
    expect(differencesOf(topic)).toEqual(['bucket_0: no “text”; “odd” besides; “id” is string, not int64.'])
  })
  it('say nothing where all are the same', () => {
    expect(differencesOf({ schemas: [[field('id')]], buckets: [bucket(0, 0), bucket(1, 0)] })).toEqual([])
    expect(differencesOf({ schemas: [], buckets: [bucket(0, null)] })).toEqual([])
    expect(columnsOf({ schemas: [], buckets: [] })).toEqual([])
  })
  it('name some and count the rest', () => {
    const topic = {
      schemas: [[field('a'), field('b'), field('c'), field('d'), field('e')], [field('e'), field('a')], [field('a')]],
      buckets: [
        bucket(0, 0),
        bucket(1, 0),
        bucket(2, 0),
        bucket(3, 0),
        bucket(4, 0),
        bucket(5, 0),
        ...[6, 7, 8, 9, 10].map((number) => bucket(number, 1)),
      ],
    }
    expect(differencesOf(topic)[0]).toBe('bucket_6, bucket_7, bucket_8 and 2 more: no “b”, “c”, “d”.')
  })
  it('say nothing of another order', () => {
    const topic = {
      schemas: [
        [field('a'), field('b')],
        [field('b'), field('a')],
      ],
      buckets: [bucket(0, 0), bucket(1, 1)],
    }
    expect(differencesOf(topic)).toEqual([])
  })
})
