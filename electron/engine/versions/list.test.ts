import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VersionEntry } from '#shared/model/version.ts'
import type { EngineContext } from '../context.ts'
import { createDatasetFolder, createRichHistory, makeRows, type DatasetFolder } from '../datasets/datasets.fixture.ts'
import { createDatasetRegistry } from '../datasets/index.ts'
import { manifestFile, message } from '../format/encode.fixture.ts'
import { formatManifestName } from '../format/names.ts'
import { writeLongHistory } from './history.fixture.ts'
import { createVersionsHandlers } from './index.ts'

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

async function openHistory(location: string) {
  const datasets = createDatasetRegistry({ paths: { root: undefined } })
  const handlers = createVersionsHandlers({ datasets } as unknown as EngineContext)
  const dataset = await datasets.open(location)
  return {
    store: dataset.store,
    refs: () => handlers['versions.refs']({ dataset: dataset.handle }, { signal: new AbortController().signal }),
    stream: (branch?: string, signal = new AbortController().signal) =>
      handlers['versions.list']({ dataset: dataset.handle, branch }, { signal }),
    async list(branch?: string): Promise<readonly VersionEntry[]> {
      const entries: VersionEntry[] = []
      for await (const entry of this.stream(branch)) entries.push(entry)
      return entries
    },
  }
}

describe('versions.list', () => {
  it('tells a history in sentences', async () => {
    await createRichHistory(folder, 'sentences')
    const history = await openHistory(folder.location('sentences'))
    const entries = await history.list()
    expect(entries.map(({ version, operation, sentence }) => [version, operation, sentence])).toEqual([
      [14, 'append', 'Append: 1 fragment, 100 rows'],
      [13, 'create-index', 'Rebuild or extend index id_idx'],
      [12, 'rewrite', 'Compaction: 3 fragments → 1, 1,188 rows, 1 index remapped'],
      [11, 'reserve-fragments', 'Reserve 1 fragment id (prepares a compaction)'],
      [10, 'delete', 'Delete where `id < 0`: nothing matched'],
      [9, 'project', 'Drop column double_id'],
      [8, 'project', 'Rename column text to body'],
      [7, 'merge', 'Add column double_id'],
      [6, 'update', 'Upsert: 5 rows written to 1 new fragment, 1 fragment touched'],
      [5, 'create-index', 'Create index id_idx'],
      [4, 'update', 'Update: 1 row written to 1 new fragment, 1 fragment touched'],
      [3, 'delete', 'Delete where `id < 10`: 10 rows, 1 fragment updated, 0 dropped'],
      [2, 'append', 'Append: 1 fragment, 200 rows'],
      [1, 'overwrite', 'Create: 1 fragment, 1,000 rows'],
    ])
    expect(entries.map(({ tags }) => tags).filter((tags) => tags.length > 0)).toEqual([['v1tag']])
    expect(await history.list('exp/one')).toMatchObject([
      {
        version: 7,
        operation: 'clone',
        sentence: 'Branch exp/one from version 7',
        rows: 1193,
        rowsDelta: null,
        tags: [],
      },
    ])
    await expect(history.list('none')).rejects.toMatchObject({ code: 'ref-not-found' })
    await expect(history.list('../..')).rejects.toMatchObject({ code: 'ref-not-found' })
  })

  it.each([
    ['default', undefined],
    ['stable_row_ids', { new_table_enable_stable_row_ids: 'true' }],
    ['plain_manifest_names', { new_table_enable_v2_manifest_paths: 'false' }],
    ['legacy_files', { new_table_data_storage_version: 'legacy' }],
  ])('counts what LanceDB counts (%s)', async (name, options) => {
    const table = await createRichHistory(folder, name, options)
    const entries = await (await openHistory(folder.location(name))).list()
    const expected = (await table.listVersions()).toReversed()
    expect(
      entries.map(({ version, rows, fragments, dataBytes, timestamp }) => ({
        version,
        rows: String(rows),
        fragments: String(fragments),
        dataBytes: String(dataBytes),
        ms: new Date(timestamp).getTime(),
      })),
    ).toEqual(
      expected.map(({ version, timestamp, metadata }) => ({
        version,
        rows: metadata['total_rows'],
        fragments: metadata['total_fragments'],
        dataBytes: metadata['total_files_size'],
        ms: timestamp.getTime(),
      })),
    )
    entries.forEach((entry, index) => {
      const older = entries[index + 1]
      expect(entry.rowsDelta).toBe(older === undefined ? null : entry.rows - older.rows)
      expect(entry.dataBytesDelta).toBe(older === undefined ? null : entry.dataBytes - older.dataBytes)
    })
  })

  it('tells restores, type changes, dropped indices and overwriting', async () => {
    const table = await folder.create('more', makeRows(0, 10))
    await table.createIndex('id', { name: 'id_idx' })
    await table.dropIndex('id_idx')
    await table.alterColumns([{ path: 'id', dataType: 'float' }])
    await table.add([{ id: 1, text: 'only', vector: [1, 2, 3, 4] }], { mode: 'overwrite' })
    await table.checkout(2)
    await table.restore()
    await table.delete('id >= 0')
    const entries = await (await openHistory(folder.location('more'))).list()
    expect(entries.map(({ sentence }) => sentence)).toEqual([
      'Delete where `id >= 0`: 10 rows, 0 fragments updated, 1 dropped',
      'Restore to version 2',
      'Overwrite: 1 fragment, 1 row',
      'Change type of id from double to float',
      'Drop index id_idx',
      'Create index id_idx',
      'Create: 1 fragment, 10 rows',
    ])
    expect(entries[2]).toMatchObject({ rows: 1, rowsDelta: -9 })
  })

  it('tells changes of metadata, of nullability, and clones', async () => {
    const table = await folder.create('described', makeRows(0, 3))
    await table.updateFieldMetadata([{ path: 'text', metadata: { note: 'hello' } }])
    await table.addColumns([
      { name: 'a', valueSql: '1' },
      { name: 'b', valueSql: '2' },
    ])
    await table.dropColumns(['a', 'b'])
    const entries = await (await openHistory(folder.location('described'))).list()
    expect(entries.map(({ sentence }) => sentence)).toEqual([
      'Drop columns a, b',
      'Add columns a, b',
      'Column metadata: text',
      'Create: 1 fragment, 3 rows',
    ])
    await folder.clone('copied', 'described')
    expect(await (await openHistory(folder.location('copied'))).list()).toMatchObject([
      {
        version: 4,
        operation: 'clone',
        sentence: `Shallow clone of ${folder.location('described')} at version 4`,
        rows: 3,
      },
    ])
  })

  it('goes on after a damaged manifest and over cleaned-up versions', async () => {
    await createRichHistory(folder, 'gaps')
    const location = folder.location('gaps')
    const manifest = (version: number): string => join(location, '_versions', formatManifestName(version, 'v2'))
    await writeFile(manifest(5), 'damaged')
    await rm(manifest(8))
    await rm(manifest(2))
    const entries = await (await openHistory(location)).list()
    expect(entries.map(({ version }) => version)).toEqual([14, 13, 12, 11, 10, 9, 7, 6, 5, 4, 3, 1])
    const of = (version: number): VersionEntry | undefined => entries.find((entry) => entry.version === version)
    expect(of(5)).toMatchObject({
      operation: 'unknown',
      rows: 0,
      rowsDelta: null,
      problem: expect.stringMatching(/version 5/),
    })
    expect(of(6)).toMatchObject({ rows: 1193, rowsDelta: null })
    expect(of(9)).toMatchObject({
      rowsDelta: 0,
      sentence: 'Rename, drop or change columns (the version before is gone)',
    })
    expect(of(3)).toMatchObject({ rowsDelta: 190, sentence: 'Delete where `id < 10`: 1 fragment updated, 0 dropped' })
  })

  it('reads transactions from their own files when the manifest has none, and says when that is gone', async () => {
    const path = await mkdtemp(join(tmpdir(), 'tiltyard-txn-'))
    try {
      await mkdir(join(path, '_versions'))
      await mkdir(join(path, '_transactions'))
      for (const version of [1, 2]) {
        const file = manifestFile({ version, fields: [[12, `${version}.txn`]] })
        await writeFile(join(path, '_versions', formatManifestName(version, 'v2')), file)
      }
      await writeFile(join(path, '_transactions', '2.txn'), message([1, 1], [106, message([1, 1])]))
      const entries = await (await openHistory(path)).list()
      expect(entries.map(({ operation, sentence }) => [operation, sentence])).toEqual([
        ['restore', 'Restore to version 1'],
        ['unknown', 'Unknown: there is no record of this commit'],
      ])
    } finally {
      await rm(path, { recursive: true })
    }
  })

  it('shows ten thousand versions within three seconds, the first hundred within 300 ms', async () => {
    const long = await mkdtemp(join(tmpdir(), 'tiltyard-long-'))
    try {
      writeLongHistory(long, 10_000, 10)
      const history = await openHistory(long)
      const startedMs = performance.now()
      let firstHundredMs = Infinity
      let seen = 0
      let last: VersionEntry | undefined
      for await (const entry of history.stream()) {
        if (++seen === 100) firstHundredMs = performance.now() - startedMs
        last = entry
      }
      const allMs = performance.now() - startedMs
      expect(seen).toBe(10_000)
      expect(last).toMatchObject({ version: 1, rows: 100, rowsDelta: null })
      expect(firstHundredMs).toBeLessThan(300)
      expect(allMs).toBeLessThan(3000)
      const { bytes } = history.store.usage()
      await history.list()
      expect(history.store.usage().bytes).toBe(bytes)
    } finally {
      await rm(long, { recursive: true })
    }
  })

  it('reads no further than it is asked, and stops when cancelled', async () => {
    const long = await mkdtemp(join(tmpdir(), 'tiltyard-lazy-'))
    try {
      writeLongHistory(long, 200, 3)
      const history = await openHistory(long)
      const { requests } = history.store.usage()
      const controller = new AbortController()
      const entries = history.stream(undefined, controller.signal)[Symbol.asyncIterator]()
      await entries.next()
      expect(history.store.usage().requests - requests).toBeLessThan(50)
      controller.abort(new Error('enough'))
      await expect(entries.next()).rejects.toThrow('enough')
    } finally {
      await rm(long, { recursive: true })
    }
  })
})

describe('versions.refs', () => {
  it('lists tags and branches with their times, damaged ones named', async () => {
    const table = await createRichHistory(folder, 'refs')
    const expected = await (await table.tags()).list()
    const location = folder.location('refs')
    await writeFile(join(location, '_refs', 'tags', 'torn.json'), '{')
    await writeFile(join(location, '_refs', 'tags', 'odd.json'), '{"version":"one"}')
    await writeFile(join(location, '_refs', 'branches', 'ghost.json'), '{"parentVersion":1}')
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
    expect(await (await openHistory(location)).refs()).toEqual({
      tags: [
        { name: 'odd', version: 0, problem: 'The tag file is damaged.' },
        { name: 'torn', version: 0, problem: 'The tag file is damaged.' },
        { name: 'v1tag', version: expected['v1tag']?.version, createdAt: time, updatedAt: time },
      ],
      branches: [
        { name: 'exp/one', parentVersion: 7, latestVersion: 7, createdAt: time },
        { name: 'ghost', parentVersion: 1, latestVersion: null, problem: 'The branch has no versions.' },
      ],
    })
  })
})
