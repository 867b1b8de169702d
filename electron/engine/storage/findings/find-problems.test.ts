import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, Index } from '@lancedb/lancedb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding, FindingKind } from '#shared/model/storage.ts'
import { createDatasetFolder, makeRows, type DatasetFolder } from '../../datasets/datasets.fixture.ts'
import { fragment } from '../../format/encode.fixture.ts'
import { formatManifestName } from '../../format/names.ts'
import { indexSection, writeFileIn, writeManifest, type HandMade } from '../hand-made.fixture.ts'
import { openStorage } from '../storage.fixture.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let folder: DatasetFolder
let scratch: string
beforeAll(async () => {
  folder = await createDatasetFolder()
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'tiltyard-findings-')))
})
afterAll(async () => {
  await folder.dispose()
  rmSync(scratch, { recursive: true, force: true })
})

let made = 0
/** A dataset of hand-made manifests, with the data files they name. */
function make(...manifests: readonly HandMade[]): string {
  const location = join(scratch, `d${made++}.lance`)
  for (const manifest of manifests) writeManifest(location, manifest)
  const count = Math.max(...manifests.map(({ fragments }) => fragments?.length ?? 0))
  for (let id = 0; id < count; id++) writeFileIn(location, `data/file-${id}.lance`, 'x'.repeat(10))
  return location
}

async function find(location: string, input: Record<string, unknown> = {}): Promise<readonly Finding[]> {
  const findings = await (await openStorage(location)).findings(input)
  for (const { title, evidence, remedy } of findings) {
    expect(title).toMatch(/^[A-Z\d].*\.$/)
    expect(remedy).toMatch(/^[A-Z].*\.$/)
    expect(evidence.length).toBeGreaterThan(0)
  }
  return findings
}

async function findOne(location: string, kind: FindingKind, input: Record<string, unknown> = {}) {
  return (await find(location, input)).find((finding) => finding.kind === kind)
}

const fragments = (count: number, rows: number, options = {}): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, id) => fragment(id, rows, options))

describe('storage.findings', () => {
  it('has nothing to say of a dataset in good order', async () => {
    const table = await folder.create('tidy', makeRows(0, 1000))
    await table.createIndex('id')
    expect(await find(folder.location('tidy'))).toEqual([])
  })

  it('counts small fragments, but not a few', async () => {
    const few = make({ version: 1, fragments: fragments(10, 100) })
    expect(await findOne(few, 'small-fragments')).toBeUndefined()
    const some = make({ version: 1, fragments: fragments(40, 100) })
    expect(await findOne(some, 'small-fragments')).toMatchObject({
      severity: 'note',
      title: '40 small fragments could be 1.',
      action: 'compact',
      fragments: Array.from({ length: 40 }, (_, id) => id),
    })
    const many = make({ version: 1, fragments: fragments(250, 100) })
    expect(await findOne(many, 'small-fragments')).toMatchObject({ severity: 'warning' })
  })

  it('tells deleted rows that compaction would drop, but not a tenth', async () => {
    const few = make({ version: 1, fragments: [fragment(0, 100, { deleted: 10 })] })
    expect(await findOne(few, 'deleted-rows')).toBeUndefined()
    const many = make({ version: 1, fragments: [fragment(0, 100, { deleted: 50, bytes: 1000 }), fragment(1, 300)] })
    expect(await findOne(many, 'deleted-rows')).toMatchObject({
      severity: 'warning',
      title: '50 deleted rows (12.5%) still take space.',
      bytes: 500,
      fragments: [0],
    })
  })

  it('tells versions nobody cleaned up, but not the newest', async () => {
    expect(await findOne(make({ version: 1, fragments: fragments(1, 5) }), 'never-cleaned')).toBeUndefined()
    const two = make({ version: 1, fragments: [fragment(0, 5)] }, { version: 2, fragments: [fragment(1, 5)] })
    writeFileIn(two, 'data/file-1.lance', 'x')
    const old = new Date(Date.now() - 3 * 365 * DAY_MS)
    for (const id of [0, 1]) utimesSync(join(two, `data/file-${id}.lance`), old, old)
    const finding = await findOne(two, 'never-cleaned')
    expect(finding).toMatchObject({
      action: 'clean-up',
      title: expect.stringMatching(/^1 version older than seven days/),
    })
    expect(finding?.bytes).toBeGreaterThan(100)
  })

  it('tells files of no version', async () => {
    const location = folder.location('abandoned')
    await folder.create('abandoned', makeRows(0, 10))
    expect(await findOne(location, 'abandoned-files')).toBeUndefined()
    writeFileIn(location, 'data/lost.lance', 'x'.repeat(500))
    writeFileIn(location, 'notes.txt', 'ours')
    expect(await findOne(location, 'abandoned-files')).toMatchObject({
      title: '1 file of 500 bytes belongs to no version.',
      paths: ['data/lost.lance'],
      bytes: 500,
    })
  })

  it('says of unfinished files of stopped writers that cleanup leaves them', async () => {
    const location = folder.location('stopped')
    const table = await folder.create('stopped', makeRows(0, 10))
    const old = new Date(Date.now() - 9 * DAY_MS)
    for (const path of ['data/.tmpKwhH2K', 'data/lost.lance']) {
      writeFileIn(location, path, 'x'.repeat(500))
      utimesSync(join(location, path), old, old)
    }
    const found = (await find(location)).filter(({ kind }) => kind === 'abandoned-files')
    expect(found).toMatchObject([
      { title: '1 file of 500 bytes belongs to no version.', paths: ['data/lost.lance'], action: 'clean-up' },
      { title: '1 unfinished file of 500 bytes is left of writes that were stopped.', action: null },
    ])
    await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true })
    expect(readdirSync(join(location, 'data')).filter((name) => !/^[01]{24}/.test(name))).toEqual(['.tmpKwhH2K'])
  })

  it('does not advise to clean up what a damaged manifest may need', async () => {
    const location = make({ version: 1, fragments: fragments(1, 100) })
    const storage = await openStorage(location)
    writeFileIn(location, `_versions/${formatManifestName(2, 'v2')}`, 'damaged')
    writeFileIn(location, 'data/of-version-2.lance', 'x'.repeat(500))
    expect(await storage.findings()).toMatchObject([
      { kind: 'unreadable-manifests', severity: 'problem' },
      { severity: 'note', title: '1 file of 500 bytes belongs to no version that can be read.', action: null },
    ])
  })

  it('tells rows an index leaves out, and an index that covers none', async () => {
    const table = await folder.create('indexed', makeRows(0, 1000))
    await table.createIndex('id', { config: Index.btree(), name: 'id_idx' })
    await table.add(makeRows(1000, 1050))
    const location = folder.location('indexed')
    expect(await findOne(location, 'index-not-covering')).toMatchObject({
      severity: 'note',
      title: 'Index id_idx leaves out 50 of 1,050 rows (4.8%).',
      action: 'optimize-indices',
      fragments: [1],
      indices: ['id_idx'],
    })
    expect(await findOne(location, 'index-covers-nothing')).toBeUndefined()
    expect(await findOne(location, 'index-not-covering', { ref: { version: 2 } })).toBeUndefined()

    const none = make({ version: 1, fragments: fragments(2, 5), indexSection: indexSection(['lone', 1, [7]]) })
    const findings = await find(none)
    expect(findings.find(({ kind }) => kind === 'index-covers-nothing')).toMatchObject({
      severity: 'warning',
      indices: ['lone'],
      action: 'rebuild-index',
    })
    expect(findings.some(({ kind }) => kind === 'index-not-covering')).toBe(false)
  })

  it('tells fragments that index segments keep apart', async () => {
    const segments = [0, 1, 2].map((id) => ['vectors', id + 1, [id]] as const)
    const apart = make({ version: 1, fragments: fragments(3, 5), indexSection: indexSection(...segments) })
    expect(await findOne(apart, 'compaction-blocked')).toMatchObject({
      title: '3 fragments cannot be compacted because different index segments cover them.',
      evidence: ['Index vectors has 3 segments.'],
      indices: ['vectors'],
      action: 'rebuild-index',
    })
    const one = make({ version: 1, fragments: fragments(3, 5), indexSection: indexSection(['all', 1, [0, 1, 2]]) })
    expect(await findOne(one, 'compaction-blocked')).toBeUndefined()
  })

  it('tells manifests that outweigh the data', async () => {
    const list = fragments(300, 5)
    const heavy = make(...Array.from({ length: 120 }, (_, index) => ({ version: index + 1, fragments: list })))
    expect(await findOne(heavy, 'heavy-manifests')).toMatchObject({ severity: 'warning' })
    writeFileIn(heavy, 'data/large.lance', new Uint8Array(3_000_000))
    expect(await findOne(heavy, 'heavy-manifests')).toBeUndefined()
  })

  it('tells fragments that are too large', async () => {
    const large = make({ version: 1, fragments: [fragment(0, 5_000_000), fragment(1, 1, { bytes: 60e9 })] })
    expect(await findOne(large, 'oversize-fragments')).toMatchObject({ severity: 'note', fragments: [0, 1] })
    const usual = make({ version: 1, fragments: [fragment(0, 4_000_000)] })
    expect(await findOne(usual, 'oversize-fragments')).toBeUndefined()
  })

  it('tells missing data, deletion and index files, first of all', async () => {
    const table = await folder.create('missing', makeRows(0, 100))
    await table.delete('id = 3')
    await table.createIndex('id', { config: Index.btree(), name: 'id_idx' })
    const location = folder.location('missing')
    expect(await findOne(location, 'missing-files')).toBeUndefined()
    const files = await (await openStorage(location)).files()
    for (const { path, kind } of files)
      if (kind !== 'transaction' && path.match(/^(data|_del|_ind)/)) rmSync(join(location, path))
    const [data, index] = await find(location)
    expect(data).toMatchObject({ kind: 'missing-files', severity: 'problem', action: 'restore-files' })
    expect(data?.paths?.toSorted()).toEqual(
      files.filter(({ kind }) => kind === 'data' || kind === 'deletion').map(({ path }) => path),
    )
    expect(index).toMatchObject({ kind: 'missing-files', action: 'rebuild-index', indices: ['id_idx'] })
  })

  it('follows a link before it calls a file missing', async () => {
    await folder.create('linked', makeRows(0, 10))
    const location = folder.location('linked')
    renameSync(join(location, 'data'), join(scratch, 'elsewhere'))
    symlinkSync(join(scratch, 'elsewhere'), join(location, 'data'))
    expect(await findOne(location, 'missing-files')).toBeUndefined()
  })

  it('tells files missing in the source of a clone', async () => {
    const source = await folder.create('source', makeRows(0, 10))
    await folder.clone('clone', 'source')
    const location = folder.location('clone')
    expect(await findOne(location, 'missing-files')).toBeUndefined()
    source.close()
    renameSync(folder.location('source'), folder.location('moved'))
    expect(await findOne(location, 'missing-files')).toMatchObject({
      paths: [expect.stringContaining('/source.lance/data/')],
    })
  })

  it('finds an index that compaction of a branch put where LanceDB does not look', async () => {
    const table = await folder.create('branched', makeRows(0, 50))
    await table.createIndex('id', { config: Index.btree(), name: 'id_idx' })
    await (await table.branches()).create('dev')
    const branch = await (await table.branches()).checkout('dev')
    await branch.delete('id < 30')
    const location = folder.location('branched')
    const ref = { branch: 'dev' }
    expect(await findOne(location, 'missing-files', { ref })).toBeUndefined()
    await branch.optimize({ cleanupOlderThan: new Date(0) })
    expect(await findOne(location, 'missing-files', { ref })).toMatchObject({
      action: 'rebuild-index',
      evidence: [expect.stringMatching(/LanceDB looks in _indices\/.*, but it lies in tree\/dev\/_indices/)],
    })
  })

  it('tells files that are shorter than they were written, and index files that are gone', async () => {
    const table = await folder.create('short', makeRows(0, 500))
    await table.createIndex('id')
    const location = folder.location('short')
    expect(await findOne(location, 'missing-files')).toBeUndefined()
    const files = await (await openStorage(location)).files()
    const data = files.find(({ kind }) => kind === 'data')!
    truncateSync(join(location, data.path), data.bytes - 100)
    rmSync(join(location, files.find(({ path }) => path.endsWith('page_data.lance'))!.path))
    const found = (await find(location)).filter(({ kind }) => kind === 'missing-files')
    expect(found).toMatchObject([
      {
        severity: 'problem',
        title: '1 file of version 2 does not have the size it was written with.',
        paths: [data.path],
        action: 'restore-files',
      },
      {
        severity: 'problem',
        title: '1 index of version 2 cannot be opened: files are missing.',
        evidence: [expect.stringMatching(/^Index id_idx: there is no _indices\/.*\/page_data.lance.$/)],
      },
    ])
  })

  it('tells what branches hold by absolute path, and when it leads nowhere', async () => {
    const table = await folder.create('roots', makeRows(0, 50))
    const location = folder.location('roots')
    expect(await findOne(location, 'absolute-branch-paths')).toBeUndefined()
    await (await table.branches()).create('dev')
    expect(await findOne(location, 'absolute-branch-paths')).toMatchObject({ severity: 'note' })
    await (await table.branches()).create('later')
    const notes = (await find(location)).filter(({ kind }) => kind === 'absolute-branch-paths')
    expect(notes).toMatchObject([
      {
        title: '2 branches hold the absolute path of this dataset.',
        evidence: ['Branch dev uses files of main.', 'Branch later uses files of main.'],
      },
    ])
    await (await table.branches()).delete('later')
    const copy = join(scratch, 'copy.lance')
    cpSync(location, copy, { recursive: true })
    expect(await findOne(copy, 'absolute-branch-paths')).toMatchObject({
      severity: 'problem',
      evidence: [`It names ${location}.`],
    })
  })

  it('warns of a branch made by way of a link, whose files cleanup would take', async () => {
    await folder.create('real', makeRows(0, 50))
    const linked = join(scratch, 'link')
    mkdirSync(linked)
    symlinkSync(folder.location('real'), join(linked, 'real.lance'))
    const connection = await connect(linked)
    const table = await connection.openTable('real')
    await (await table.branches()).create('dev')
    expect(await findOne(folder.location('real'), 'absolute-branch-paths')).toMatchObject({
      severity: 'problem',
      title: 'Cleaning up this dataset by its real path would take files from branch dev.',
    })
  })

  it('tells features of a newer Lance', async () => {
    const plain = { fragments: fragments(1, 5) }
    const newer = make({ version: 1, ...plain }, { version: 2, ...plain, writerFlags: 1 << 12 })
    expect(await findOne(newer, 'newer-feature-flags')).toMatchObject({ severity: 'warning' })
    expect(await findOne(newer, 'newer-feature-flags', { ref: { version: 1 } })).toBeUndefined()
    const unreadable = make({ version: 1, ...plain })
    const storage = await openStorage(unreadable)
    writeManifest(unreadable, { version: 2, ...plain, readerFlags: 1 << 12, writerFlags: 1 << 12 })
    const finding = (await storage.findings()).find(({ kind }) => kind === 'newer-feature-flags')
    expect(finding).toMatchObject({ severity: 'problem', evidence: [expect.stringContaining('Feature bits 12')] })
  })

  it('tells tags that make cleanup fail', async () => {
    const two = make({ version: 1, fragments: fragments(1, 5) }, { version: 2, fragments: fragments(1, 5) })
    writeFileIn(two, '_refs/tags/new.json', JSON.stringify({ branch: null, version: 2, manifestSize: 1 }))
    expect(await findOne(two, 'old-tag-blocks-cleanup')).toBeUndefined()
    writeFileIn(two, '_refs/tags/old.json', JSON.stringify({ branch: null, version: 1, manifestSize: 1 }))
    expect(await findOne(two, 'old-tag-blocks-cleanup')).toMatchObject({
      severity: 'warning',
      evidence: [expect.stringMatching(/^Tag old is on version 1, from /)],
    })
  })

  it('tells metadata that cannot be read', async () => {
    const two = make({ version: 1, fragments: fragments(1, 5) }, { version: 2, fragments: fragments(1, 5) })
    expect(await findOne(two, 'unreadable-manifests')).toBeUndefined()
    const path = writeManifest(two, { version: 1 })
    writeFileSync(join(two, path), 'damaged')
    writeFileIn(two, '_refs/tags/bad.json', '{')
    expect(await findOne(two, 'unreadable-manifests')).toMatchObject({
      severity: 'problem',
      paths: [path, '_refs/tags/bad.json'],
    })
  })

  it('tells dropped columns that still lie in data files', async () => {
    const table = await folder.create('dropped', makeRows(0, 50))
    const location = folder.location('dropped')
    expect(await findOne(location, 'dead-columns')).toBeUndefined()
    await table.dropColumns(['text'])
    expect(await findOne(location, 'dead-columns')).toMatchObject({
      severity: 'note',
      title: '1 dropped column still lies in 1 data file.',
      fragments: [0],
    })
  })

  it('puts the worst first', async () => {
    const location = make({ version: 1, fragments: [fragment(400, 100, { deleted: 50 }), ...fragments(150, 5)] })
    const findings = await find(location)
    const order = findings.map(({ severity }) => ['problem', 'warning', 'note'].indexOf(severity))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(findings.length).toBeGreaterThan(2)
  })
})
