import { cpSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VersionDetails } from '#shared/model/version-details.ts'
import { createDatasetFolder, createRichHistory, type DatasetFolder } from '../datasets/datasets.fixture.ts'
import { arrow, column, tableOf } from '../lance/tables.fixture.ts'
import { field, fragment, manifestFile, message } from '../format/encode.fixture.ts'
import { formatManifestName } from '../format/names.ts'
import { idle, listTree, makeWritingEngine, openTable, type WritingEngine } from './writing.fixture.ts'

let folder: DatasetFolder
let engine: WritingEngine
beforeAll(async () => {
  folder = await createDatasetFolder()
  engine = await makeWritingEngine()
})
afterAll(async () => {
  await engine.remove()
  await folder.dispose()
})

async function get(location: string, version: number, branch?: string): Promise<VersionDetails> {
  const { handle } = await engine.context.datasets.open(location)
  return engine.handlers['versions.get']({ dataset: handle, version, branch }, idle)
}

const NONE = { added: 0, removed: 0, addedBytes: 0, removedBytes: 0 }
const SOME = expect.any(Number)

describe.each([
  ['default', undefined, '2.2'],
  ['plain_manifest_names', { new_table_enable_v2_manifest_paths: 'false' }, '2.2'],
  ['stable_row_ids', { new_table_enable_stable_row_ids: 'true' }, '2.2'],
  ['legacy_files', { new_table_data_storage_version: 'legacy' }, '0.1'],
])('versions.get of a rich history (%s)', (name, options, formatVersion) => {
  let all: ReadonlyMap<number, VersionDetails> = new Map()
  beforeAll(async () => {
    const table = await createRichHistory(folder, name, options)
    const location = folder.location(name)
    const details = await Promise.all((await table.listVersions()).map(({ version }) => get(location, version)))
    all = new Map(details.map((it) => [it.entry.version, it]))
  })
  const of = (version: number): VersionDetails => all.get(version)!

  it('tells who wrote it and how', () => {
    expect(of(3)).toMatchObject({ writer: 'lance 12.0.0', formatVersion, comparedTo: 2, config: {} })
    expect(of(3).featureFlags.names).toContain('deletion-files')
    expect(of(3).manifest.path).toMatch(/^_versions\/\d+\.manifest$/)
    expect(of(3).manifest.bytes).toBeGreaterThan(300)
    expect(of(1).entry.tags).toEqual(['v1tag'])
  })

  it('has nothing to compare the first version with', () => {
    expect(of(1)).toMatchObject({
      comparedTo: null,
      schemaChanges: null,
      configChanges: null,
      files: null,
      fragments: null,
    })
  })

  it('tells the fragments and files of an append, a delete and a compaction', () => {
    expect(of(2)).toMatchObject({
      fragments: { added: [1], removed: [], changed: [] },
      files: { data: { added: 1, removed: 0, addedBytes: SOME, removedBytes: 0 }, deletions: NONE },
      schemaChanges: [],
    })
    expect(of(2).files?.data.addedBytes).toBe(of(2).entry.dataBytesDelta)
    expect(of(3)).toMatchObject({
      predicate: 'id < 10',
      fragments: { added: [], removed: [], changed: [0] },
      files: { data: NONE, deletions: { added: 1, removed: 0, addedBytes: SOME } },
    })
    expect(of(12).entry.operation).toBe('rewrite')
    expect(of(12).files).toMatchObject({ data: { added: SOME }, deletions: { added: 0 } })
    expect(of(12).files!.data.removed).toBeGreaterThan(1)
    expect(of(12).fragments!.removed.length).toBeGreaterThan(1)
  })

  it('tells index segments and the columns that changed', () => {
    expect(of(5).files?.indexSegments).toEqual({ added: 1, removed: 0, addedBytes: SOME, removedBytes: 0 })
    expect(of(7).schemaChanges).toEqual([{ kind: 'added', name: 'double_id', type: 'double' }])
    expect(of(8).schemaChanges).toEqual([{ kind: 'renamed', name: 'body', from: 'text' }])
    expect(of(9).schemaChanges).toEqual([{ kind: 'dropped', name: 'double_id', type: 'double' }])
    expect(of(10)).toMatchObject({ predicate: 'id < 0', fragments: { added: [], removed: [], changed: [] } })
  })

  it('shows the whole transaction', () => {
    expect(of(3).transaction).toMatchObject({
      source: 'manifest',
      tree: { read_version: '2', delete: { predicate: 'id < 10', updated_fragments: [{ physical_rows: '1000' }] } },
    })
    expect(of(1).transaction?.tree).toHaveProperty('overwrite.schema')
  })
})

describe('versions.get', () => {
  it('tells the schema change of an overwrite by name, since it gives field ids out anew', async () => {
    const table = await folder.create('overwritten', [{ id: 1, text: 'a' }])
    const rows = tableOf({ text: column(new arrow.Utf8(), ['a']), id: column(new arrow.Utf8(), ['b']) })
    await table.add(rows, { mode: 'overwrite' })
    const { schemaChanges } = await get(folder.location('overwritten'), 2)
    expect(schemaChanges).toEqual([{ kind: 'retyped', name: 'id', from: 'double', to: 'string' }])
  })

  it('reads versions of branches, and compares them within the branch', async () => {
    await createRichHistory(folder, 'branched')
    const location = folder.location('branched')
    await (await openTable(location, 'exp/one')).delete('id = 50')
    expect(await get(location, 7, 'exp/one')).toMatchObject({
      branch: 'exp/one',
      comparedTo: null,
      entry: { operation: 'clone' },
      manifest: { path: expect.stringMatching(/^tree\/exp\/one\/_versions\//) },
    })
    expect(await get(location, 8, 'exp/one')).toMatchObject({
      comparedTo: 7,
      predicate: 'id = 50',
      files: { data: NONE, deletions: { added: 1, removed: 1, addedBytes: SOME, removedBytes: null } },
    })
    expect(await get(location, 8, 'main')).not.toHaveProperty('branch')
    await expect(get(location, 9, 'exp/one')).rejects.toMatchObject({ code: 'version-not-found' })
    await expect(get(location, 1, 'nope')).rejects.toMatchObject({ code: 'ref-not-found' })
    await expect(get(location, 99)).rejects.toMatchObject({ code: 'version-not-found' })
  })

  it('compares with the next version that is still there and reads', async () => {
    await createRichHistory(folder, 'gaps')
    const location = folder.location('gaps')
    const manifest = (version: number): string => join(location, '_versions', formatManifestName(version, 'v2'))
    rmSync(manifest(8))
    truncateSync(manifest(5), 40)
    expect(await get(location, 9)).toMatchObject({
      comparedTo: 7,
      entry: { rowsDelta: 0 },
      schemaChanges: [
        { kind: 'dropped', name: 'double_id' },
        { kind: 'renamed', name: 'body', from: 'text' },
      ],
    })
    expect(await get(location, 6)).toMatchObject({ comparedTo: null, files: null, entry: { rowsDelta: null } })
    await expect(get(location, 5)).rejects.toMatchObject({
      code: 'corrupt-manifest',
      message: expect.stringContaining('version 5'),
    })
  })

  it('knows sizes only where the first writers wrote them', async () => {
    const location = join(folder.path, 'uncounted.lance')
    cpSync(join(import.meta.dirname, '../datasets/fixtures/uncounted.lance'), location, { recursive: true })
    expect(await get(location, 2)).toMatchObject({
      comparedTo: 1,
      writer: 'unknown',
      fragments: { added: [1], removed: [], changed: [] },
      files: { data: { added: 1, addedBytes: SOME } },
      transaction: null,
    })
    for (const file of readdirSync(join(location, 'data'))) rmSync(join(location, 'data', file))
    expect(await get(location, 2)).toMatchObject({ files: { data: { added: 1, addedBytes: null, removedBytes: 0 } } })
  })

  it('tells changes of configuration and of all three kinds of metadata', async () => {
    const location = join(folder.path, 'configured.lance')
    mkdirSync(join(location, '_versions'), { recursive: true })
    const entry = (key: string, value: string): Uint8Array => message([1, key], [2, value])
    const column = (note: string): Uint8Array =>
      message([2, 'id'], [4, -1], [5, 'int64'], [6, 1], [10, entry('note', note)])
    const write = (version: number, fields: Parameters<typeof manifestFile>[0]['fields']): void =>
      writeFileSync(
        join(location, '_versions', formatManifestName(version, 'v2')),
        manifestFile({ version, fields: fields ?? [], operation: [110, message()] }),
      )
    const rows = [2, fragment(0, 5)] as const
    write(1, [
      [1, column('old')],
      rows,
      [5, [entry('gone', 'x')]],
      [16, [entry('lance.auto_cleanup.interval', '20'), entry('same', '1')]],
    ])
    write(2, [
      [1, column('new')],
      rows,
      [16, [entry('lance.auto_cleanup.interval', '5'), entry('same', '1')]],
      [19, [entry('owner', 'me')]],
    ])
    expect(await get(location, 2)).toMatchObject({
      schemaChanges: [{ kind: 'metadata', name: 'id', changes: [{ key: 'note', before: 'old', after: 'new' }] }],
      configChanges: [{ key: 'lance.auto_cleanup.interval', before: '20', after: '5' }],
      tableMetadataChanges: [{ key: 'owner', before: null, after: 'me' }],
      schemaMetadataChanges: [{ key: 'gone', before: 'x', after: null }],
      config: { 'lance.auto_cleanup.interval': '5', same: '1' },
    })
  })

  it('shows a version whose rows only a newer Lance reads', async () => {
    const location = join(folder.path, 'newer.lance')
    mkdirSync(join(location, '_versions'), { recursive: true })
    for (const version of [1, 2]) {
      const file = manifestFile({
        version,
        fields: [
          [1, field(0, 'id', 'int64')],
          [2, fragment(0, 5)],
          [9, version === 2 ? 4096 : 0],
        ],
        operation: [116, message()],
      })
      writeFileSync(join(location, '_versions', formatManifestName(version, 'v2')), file)
    }
    const { handle } = await engine.context.datasets.open(location, undefined, { version: 1 })
    const details = await engine.handlers['versions.get']({ dataset: handle, version: 2 }, idle)
    expect(details).toMatchObject({
      featureFlags: { unknownReaderBits: [12] },
      entry: { operation: 'unknown' },
      transaction: { source: 'manifest', tree: { 'unknown operation 116': expect.anything() } },
    })
    const before = listTree(location)
    await expect(async () =>
      engine.handlers['versions.restore']({ dataset: handle, version: 1 }, idle),
    ).rejects.toMatchObject({ code: 'unsupported-format', message: expect.stringMatching(/^Nothing can be written/) })
    expect(listTree(location)).toEqual(before)
  })
})
