import { describe, expect, it } from 'vitest'
import type { MetadataTree } from '#shared/model/metadata.ts'
import { message } from '../encode.fixture.ts'
import { decodeByTail, fileOf, namesLike } from '../fixtures/files.fixture.ts'
import { describeDataFileTree } from './data-file-tree.ts'
import { describeMessage } from './decode.ts'
import { describeInlineTransaction, describeManifestTree, describeTransactionTree } from './transaction-tree.ts'

/** A value inside a tree, by names and indexes. */
function at(tree: MetadataTree | undefined, ...path: readonly (string | number)[]): MetadataTree | undefined {
  return path.reduce<MetadataTree | undefined>(
    (value, part) => (value as Record<string | number, MetadataTree> | undefined)?.[part],
    tree,
  )
}

/** Names of all fields anywhere in a tree. */
function namesIn(tree: MetadataTree): readonly string[] {
  if (tree === null || typeof tree !== 'object') return []
  if (Array.isArray(tree)) return tree.flatMap(namesIn)
  return Object.entries(tree).flatMap(([name, value]: [string, MetadataTree]) => [name, ...namesIn(value)])
}

describe('describeMessage', () => {
  it('keeps fields it does not know, by their wire type', () => {
    const tree = describeMessage('Restore', message([1, 3], [77, 2n ** 60n], [78, 'hi'], [79, 1], [79, 2]))
    expect(tree).toEqual({
      version: '3',
      'unknown field 77': String(2n ** 60n),
      'unknown field 78': '0x6869',
      'unknown field 79': ['1', '2'],
    })
  })

  it('names operations of a newer Lance as such', () => {
    expect(describeTransactionTree(message([1, 4], [116, message([1, 1])], [300, 1]))).toEqual({
      read_version: '4',
      'unknown operation 116': '0x0801',
      'unknown field 300': '1',
    })
  })

  it('shows the 0 of an id the writer left out, and 64-bit numbers exactly', () => {
    const deletion = message([3, 2n ** 64n - 1n])
    expect(describeMessage('DataFragment', message([3, deletion], [4, 7]))).toEqual({
      id: '0',
      deletion_file: { file_type: 'ARROW_ARRAY', id: '18446744073709551615' },
      physical_rows: '7',
    })
  })

  it('shows maps, enums it knows and does not, bitmaps as ranges, and bytes cut short', () => {
    const entry = message([1, '__proto__'], [2, 'value'])
    const roaring = Uint8Array.from(Buffer.from('3b3000000100000300010000000300', 'hex'))
    expect(describeMessage('Update', message([7, 1], [10, [message([1, 5], [2, roaring])]]))).toEqual({
      update_mode: 'REWRITE_COLUMNS',
      updated_fragment_offset_bitmaps: { '5': '0-3 (4 values)' },
    })
    expect(describeMessage('Update', message([7, 9]))).toEqual({ update_mode: 'unknown value 9' })
    const manifest = describeMessage('Manifest', message([16, [entry]]))
    expect(Object.keys(at(manifest, 'config') as object)).toEqual(['__proto__'])
    expect(at(describeMessage('BloomFilter', message([1, new Uint8Array(100)])), 'bitmap')).toBe(
      `0x${'00'.repeat(64)}… (100 bytes)`,
    )
  })

  it('keeps the details of an index it does not know, or cannot read, as bytes', () => {
    const details = (typeUrl: string, value: Uint8Array): MetadataTree | undefined =>
      at(describeMessage('IndexMetadata', message([6, message([1, typeUrl], [2, value])])), 'index_details')
    expect(details('/lance.NewIndexDetails', message([1, 5]))).toEqual({
      type_url: '/lance.NewIndexDetails',
      value: '0x0805',
    })
    expect(details('/lance.index.pb.VectorIndexDetails', message([1, 1], [4, message([1, 8])]))).toMatchObject({
      value: { metric_type: 'Cosine', pq: { num_bits: 8 } },
    })
    expect(details('/lance.index.pb.VectorIndexDetails', message([1, 'text']))).toMatchObject({
      value: '0x0a0474657874',
    })
  })

  it('cuts long lists and says by how much', () => {
    const ids = Uint8Array.from({ length: 5000 }, (_, index) => index % 100)
    const list = at(describeMessage('Delete', message([2, ids])), 'deleted_fragment_ids') as readonly MetadataTree[]
    expect(list).toHaveLength(1001)
    expect(list.at(-1)).toBe('… 4000 more entries left out')
    const fragments = Array.from({ length: 30_000 }, (_, id) =>
      message([1, id], [2, [message([1, 'a']), message([1, 'b'])]]),
    )
    const many = describeMessage('Append', message([1, fragments]))
    expect(JSON.stringify(many).length).toBeLessThan(200_000)
    expect((at(many, 'fragments') as readonly MetadataTree[]).at(-1)).toMatch(/29000 more entries/)
  })

  it('survives messages nested thousands deep', () => {
    let layout: Uint8Array = message([1, message([9, 1])])
    for (let depth = 0; depth < 2000; depth++) layout = message([4, message([1, layout])])
    expect(JSON.stringify(describeMessage('PageLayout', layout))).toContain('bytes')
  })
})

describe('real files', () => {
  it.each(namesLike(/^(transaction|manifest)/))('shows all of %s', (name) => {
    const tree = name.startsWith('manifest')
      ? describeManifestTree(fileOf(name))
      : describeTransactionTree(fileOf(name))
    expect(namesIn(tree).filter((it) => it.startsWith('unknown'))).toEqual([])
    if (!name.startsWith('manifest')) return
    expect(describeInlineTransaction(fileOf(name))).toEqual(at(tree, 'transaction'))
    expect(Number(at(tree, 'manifest', 'version'))).toBeGreaterThan(0)
  })

  it('shows every operation of the history the files were taken from', () => {
    const operations = namesLike(/^transaction/).flatMap((name) =>
      Object.keys(describeTransactionTree(fileOf(name)) as object).filter(
        (field) => !['read_version', 'uuid', 'transaction_properties'].includes(field),
      ),
    )
    expect([...new Set(operations)].toSorted()).toEqual([
      'append',
      'create_index',
      'delete',
      'merge',
      'overwrite',
      'project',
      'reserve_fragments',
      'restore',
      'rewrite',
      'update',
      'update_config',
    ])
  })

  it.each(namesLike(/^(data|index)/))('shows the end of %s', (name) => {
    const tree = decodeByTail(fileOf(name), describeDataFileTree)
    expect(namesIn(tree).filter((it) => it.startsWith('unknown'))).toEqual([])
    expect(at(tree, 'rows')).toBeTypeOf('number')
    if (name !== 'data-legacy.lance') {
      expect((at(tree, 'columns') as readonly unknown[]).length).toBeGreaterThan(0)
      expect(JSON.stringify(at(tree, 'columns', 0, 'metadata'))).toMatch(/PageLayout|ArrayEncoding|ColumnEncoding/)
    }
  })

  it('counts the rows in each partition of a vector index', () => {
    const tree = decodeByTail(fileOf('index-auxiliary.idx'), describeDataFileTree)
    expect(at(tree, 'partitions', 'partitions')).toBe(2)
    const rows = at(tree, 'partitions', 'rows_per_partition') as readonly number[]
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(500)
  })
})
