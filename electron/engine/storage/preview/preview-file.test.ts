import { readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, Index } from '@lancedb/lancedb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrow } from '../../lance/tables.fixture.ts'
import type { MetadataTree } from '#shared/model/metadata.ts'
import type { FilePreview } from '#shared/model/storage.ts'
import {
  createDatasetFolder,
  createRichHistory,
  makeRows,
  type DatasetFolder,
} from '../../datasets/datasets.fixture.ts'
import { createLocalStore } from '../../store/local-store.ts'
import { previewFile, readFileRange } from './preview-file.ts'

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

async function pathsOf(name: string): Promise<readonly string[]> {
  const entries = await readdir(folder.location(name), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.location(name).length + 1))
}

const open = (name: string) => ({ store: createLocalStore(folder.location(name)) })

async function previewAll(name: string): Promise<readonly FilePreview[]> {
  return Promise.all((await pathsOf(name)).map((path) => previewFile(open(name), path)))
}

/** A value inside a tree, by names and indexes. */
function at(tree: MetadataTree | undefined, ...path: readonly (string | number)[]): MetadataTree | undefined {
  return path.reduce<MetadataTree | undefined>(
    (value, part) => (value as Record<string | number, MetadataTree> | undefined)?.[part],
    tree,
  )
}

const METADATA = ['manifest', 'version-hint', 'transaction', 'data', 'deletion', 'index', 'tag', 'branch']

describe('storage.file', () => {
  it.each([
    ['preview_default', undefined],
    ['preview_stable', { new_table_enable_stable_row_ids: 'true' }],
    ['preview_plain_names', { new_table_enable_v2_manifest_paths: 'false' }],
    ['preview_legacy', { new_table_data_storage_version: 'legacy' }],
    ['preview_20', { new_table_data_storage_version: '2.0' }],
  ])('decodes every metadata file of a history (%s)', async (name, options) => {
    await createRichHistory(folder, name, options)
    const previews = await previewAll(name)
    expect(previews.length).toBeGreaterThan(40)
    for (const { path, problem, kind, decoded, about } of previews) {
      expect(problem, path).toBeUndefined()
      expect(kind, path).not.toBe('unknown')
      expect(about.length, path).toBeGreaterThan(20)
      if (METADATA.includes(kind)) expect(decoded, path).toBeDefined()
      expect(JSON.stringify(decoded) ?? '', path).not.toContain('unknown')
    }
    const kinds = new Set(previews.map((it) => it.kind))
    expect([...kinds].sort()).toEqual([...METADATA].sort())
  })

  it('shows the rows per partition of a vector index and the settings of a text index', async () => {
    const table = await folder.create('preview_indices', makeRows(0, 2000))
    await table.createIndex('vector', { config: Index.ivfPq({ numPartitions: 4, numSubVectors: 2 }) })
    await table.createIndex('text', { config: Index.fts() })
    const previews = await previewAll('preview_indices')
    expect(previews.filter((it) => it.problem !== undefined)).toEqual([])
    const auxiliary = previews.find((it) => it.path.endsWith('auxiliary.idx'))?.decoded
    const rows = at(auxiliary, 'partitions', 'rows_per_partition') as readonly number[]
    expect(rows).toHaveLength(4)
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(2000)
    const codes = previews.find((it) => it.path.endsWith('index.idx'))?.decoded
    expect(at(codes, 'schema_metadata', 'lance:index', 'type')).toBe('IVF_PQ')
    expect(at(codes, 'partitions', 'centroids')).toEqual([4, 4])
    const text = previews.find((it) => it.path.endsWith('metadata.lance'))?.decoded
    expect(at(text, 'schema_metadata', 'params', 'base_tokenizer')).toBe('simple')
  })

  it('tells what a deletion file deletes', async () => {
    const table = await folder.create('preview_deletions', makeRows(0, 50))
    await table.delete('id in (0, 1, 2, 40)')
    const deletion = (await previewAll('preview_deletions')).find((it) => it.kind === 'deletion')
    expect(at(deletion?.decoded, 'deleted_rows')).toBe(4)
    expect(at(deletion?.decoded, 'row_offsets')).toEqual(['0-2', '40'])
  })

  it('decodes the write-ahead log: shard manifests, logged rows, flushed datasets', async () => {
    const schema = new arrow.Schema([
      new arrow.Field('id', new arrow.Int64(), false),
      new arrow.Field('text', new arrow.Utf8(), true),
    ])
    const rows = (from: number) => [0, 1, 2].map((at) => ({ id: BigInt(from + at), text: `row ${from + at}` }))
    const connection = await connect(folder.path)
    const table = await connection.createTable('preview_wal', rows(0), { schema })
    await table.setUnenforcedPrimaryKey('id')
    await table.setLsmWriteSpec({ specType: 'unsharded' })
    const upsert = table.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll()
    await upsert.execute(rows(10))
    await table.closeLsmWriters()
    const wal = (await previewAll('preview_wal')).filter((it) => it.kind === 'wal')
    expect(wal.filter((it) => it.problem !== undefined)).toEqual([])
    const decodedAt = (pattern: RegExp): MetadataTree | undefined => wal.find((it) => pattern.test(it.path))?.decoded
    expect(decodedAt(/wal\/1.*arrow$/)).toMatchObject({ stored_as: 'Arrow stream', rows: 3 })
    expect(decodedAt(/manifest\/01.*binpb$/)).toMatchObject({ version: '2', sstables: [{ physical_rows: '3' }] })
    expect(decodedAt(/manifest\/version_hint.json$/)).toEqual({ version: 2 })
    expect(decodedAt(/_gen_1\/_versions\/\d+.manifest$/)).toMatchObject({ manifest: { version: '1' } })
    expect(decodedAt(/_gen_1\/_transactions\//)).toMatchObject({ read_version: '0' })
    expect(decodedAt(/_gen_1\/data\//)).toMatchObject({ rows: 3 })
    expect(decodedAt(/bloom_filter.bin$/)).toBeUndefined()
  })

  it('says of damaged files what is wrong with them, and of strangers that they are', async () => {
    await createRichHistory(folder, 'preview_damaged')
    for (const path of await pathsOf('preview_damaged')) {
      const file = join(folder.location('preview_damaged'), path)
      await truncate(file, Math.floor((await readFile(file)).length / 2))
    }
    await writeFile(join(folder.location('preview_damaged'), 'notes.txt'), 'hello')
    for (const { path, kind, problem, decoded } of await previewAll('preview_damaged')) {
      if (kind === 'unknown') {
        expect([path, problem, decoded]).toEqual(['notes.txt', undefined, undefined])
        continue
      }
      // Half a transaction may still be a whole message; everything else notices.
      if (kind !== 'transaction') expect(problem?.code, path).toMatch(/^corrupt-/)
      if (problem !== undefined) expect(problem.message, path).toMatch(/damaged/)
    }
  })

  it('reads nothing outside of the dataset, and no folders', async () => {
    await folder.create('preview_paths', makeRows(0, 5))
    for (const path of ['../x', '/etc/passwd', 'data/../../x', 'data//x', 'a\0b', '.', 'data/./x']) {
      await expect(previewFile(open('preview_paths'), path), path).rejects.toMatchObject({ code: 'invalid-input' })
      await expect(readFileRange(open('preview_paths'), path, 0, 4), path).rejects.toMatchObject({
        code: 'invalid-input',
      })
    }
    await expect(previewFile(open('preview_paths'), 'data')).rejects.toMatchObject({ code: 'not-found' })
    await expect(previewFile(open('preview_paths'), 'nothing')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('links', () => {
  it('are followed inside of the dataset only', async () => {
    await folder.create('preview_links', makeRows(0, 5))
    const location = folder.location('preview_links')
    await writeFile(join(location, 'notes.txt'), 'ours')
    await symlink('notes.txt', join(location, 'near'))
    await symlink('/etc/hostname', join(location, 'far'))
    await symlink('/etc', join(location, 'folder'))
    await symlink('circle', join(location, 'circle'))
    expect(await previewFile(open('preview_links'), 'near')).toMatchObject({ bytes: 4 })
    for (const path of ['far', 'folder/hostname', 'folder']) {
      await expect(previewFile(open('preview_links'), path), path).rejects.toMatchObject({ code: 'outside-root' })
      await expect(readFileRange(open('preview_links'), path, 0, 4), path).rejects.toMatchObject({
        code: 'outside-root',
      })
    }
    await expect(previewFile(open('preview_links'), 'circle')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('storage.read', () => {
  it('gives the bytes asked for, fewer at the end', async () => {
    await folder.create('read_bytes', makeRows(0, 5))
    const path = (await pathsOf('read_bytes')).find((it) => it.startsWith('data/')) ?? ''
    const file = await readFile(join(folder.location('read_bytes'), path))
    const some = await readFileRange(open('read_bytes'), path, 3, 10)
    expect(some.size).toBe(file.length)
    expect(Buffer.from(some.bytes).equals(file.subarray(3, 13))).toBe(true)
    expect((await readFileRange(open('read_bytes'), path, file.length - 2, 10)).bytes).toHaveLength(2)
    expect((await readFileRange(open('read_bytes'), path, file.length + 2, 10)).bytes).toHaveLength(0)
  })
})
