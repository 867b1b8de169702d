import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { manifestFile } from '../format/encode.fixture.ts'
import { formatManifestName } from '../format/names.ts'
import { createDatasetFolder, createRichHistory, makeRows, type DatasetFolder } from './datasets.fixture.ts'
import { createDatasetRegistry, toHandle } from './registry.ts'

/** Half a second is what a person is promised for any bad input. */
const PROMISED_MS = 500

let folder: DatasetFolder
beforeAll(async () => {
  folder = await createDatasetFolder()
})
afterAll(() => folder.dispose())

const anywhere = { paths: { root: undefined } }
const manifestOf = (location: string, version: number): string =>
  join(location, '_versions', formatManifestName(version, 'v2'))

/** A small dataset of three versions whose files may be harmed. */
async function createSmall(name: string): Promise<string> {
  const table = await folder.create(name, makeRows(0, 5))
  await table.add(makeRows(5, 8))
  await table.delete('id = 1')
  table.close()
  return folder.location(name)
}

/** Permissions mean nothing to root, so a test run by root acts as nobody for a while. */
async function withoutPrivileges(run: () => Promise<void>, { before }: { before: () => Promise<void> }): Promise<void> {
  await before()
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    await run()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}

async function failureOf(location: string, root?: string): Promise<AppError> {
  const startedMs = performance.now()
  const error: unknown = await createDatasetRegistry({ paths: { root } })
    .open(location)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    )
  expect(performance.now() - startedMs).toBeLessThan(PROMISED_MS)
  if (!(error instanceof AppError)) throw new Error(`opened, or failed otherwise: ${String(error)}`)
  return error
}

describe.each([
  ['default', undefined],
  ['stable_row_ids', { new_table_enable_stable_row_ids: 'true' }],
  ['plain_manifest_names', { new_table_enable_v2_manifest_paths: 'false' }],
  ['legacy_files', { new_table_data_storage_version: 'legacy' }],
])('a dataset with a rich history (%s)', (name, storageOptions) => {
  it('has the rows, fragments, bytes and times LanceDB tells, at every version', async () => {
    const table = await createRichHistory(folder, name, storageOptions)
    const dataset = await createDatasetRegistry(anywhere).open(folder.location(name))
    expect(await dataset.resolve()).toEqual({ branch: undefined, version: await table.version() })
    const versions = await table.listVersions()
    expect(versions.length).toBeGreaterThan(12)
    for (const { version, timestamp, metadata } of versions) {
      const manifest = await dataset.manifest(await dataset.resolve({ version }))
      const rows = manifest.fragments.reduce((sum, it) => sum + it.physicalRows - (it.deletion?.deletedRows ?? 0), 0)
      expect(String(rows)).toBe(metadata['total_rows'])
      expect(String(manifest.fragments.length)).toBe(metadata['total_fragments'])
      const bytes = manifest.fragments.flatMap((it) => it.files).reduce((sum, it) => sum + (it.bytes ?? 0), 0)
      expect(String(bytes)).toBe(metadata['total_files_size'])
      expect(new Date(manifest.timestamp).getTime()).toBe(timestamp.getTime())
      expect(manifest.version).toBe(version)
    }
  })
})

describe('refs', () => {
  it('name the state they should', async () => {
    const table = await createRichHistory(folder, 'refs')
    const dataset = await createDatasetRegistry(anywhere).open(folder.location('refs'))
    expect(await dataset.resolve({ tag: 'v1tag' })).toEqual({ branch: undefined, version: 1 })
    expect(await dataset.resolve({ branch: 'exp/one' })).toEqual({ branch: 'exp/one', version: 7 })
    expect(await dataset.resolve({ branch: 'exp/one', version: 7 })).toEqual({ branch: 'exp/one', version: 7 })
    expect(await dataset.resolve({ branch: 'main' })).toEqual({ branch: undefined, version: await table.version() })
    expect((await dataset.manifest({ branch: 'exp/one', version: 7 })).branch).toBe('exp/one')
    await expect(dataset.resolve({ version: 999 })).rejects.toMatchObject({ code: 'version-not-found' })
    await expect(dataset.resolve({ branch: 'exp/one', version: 3 })).rejects.toMatchObject({
      code: 'version-not-found',
    })
    await expect(dataset.resolve({ tag: 'none' })).rejects.toMatchObject({ code: 'ref-not-found' })
    for (const branch of ['none', '../..', 'a//b', '']) {
      await expect(dataset.resolve({ branch })).rejects.toMatchObject({ code: 'ref-not-found' })
    }
  })

  it('follow new commits, and tell versions cleaned up since', async () => {
    const location = await createSmall('moving')
    const dataset = await createDatasetRegistry(anywhere).open(location)
    // Old enough for the listing to be kept.
    const past = new Date(Date.now() - 60_000)
    await utimes(join(location, '_versions'), past, past)
    expect((await dataset.resolve()).version).toBe(3)
    expect((await dataset.resolve()).version).toBe(3)
    await writeFile(manifestOf(location, 4), manifestFile({ version: 4 }))
    expect((await dataset.resolve()).version).toBe(4)
    await rm(manifestOf(location, 1))
    await expect(dataset.resolve({ version: 1 })).rejects.toMatchObject({
      code: 'version-not-found',
      message: 'Version 1 has been cleaned up.',
      hint: 'Choose a version between 2 and 4.',
    })
  })

  it('see the new content when a dataset is dropped and made again', async () => {
    await (await folder.create('again', makeRows(0, 3))).version()
    const dataset = await createDatasetRegistry(anywhere).open(folder.location('again'))
    const rowsNow = async (): Promise<number | undefined> =>
      (await dataset.manifest({ branch: undefined, version: 1 })).fragments[0]?.physicalRows
    expect(await rowsNow()).toBe(3)
    await rm(folder.location('again'), { recursive: true })
    await folder.create('again', makeRows(0, 4))
    expect(await rowsNow()).toBe(4)
  })
})

describe('opening', () => {
  it('reads one listing and one manifest, and writes nothing', async () => {
    const location = await createSmall('quiet')
    const before = (await readdir(location, { recursive: true })).toSorted()
    const changed = (await stat(location)).mtimeMs
    const dataset = await createDatasetRegistry(anywhere).open(location)
    const { requests, bytes } = dataset.store.usage()
    expect(requests).toBeLessThanOrEqual(5)
    expect(bytes).toBe((await stat(manifestOf(location, 3))).size)
    expect((await readdir(location, { recursive: true })).toSorted()).toEqual(before)
    expect((await stat(location)).mtimeMs).toBe(changed)
  })

  it('gives one dataset one handle, through links too, and the same in every process', async () => {
    const location = await realpath(await createSmall('handles'))
    const link = join(folder.path, 'a link')
    await symlink(location, link)
    const registry = createDatasetRegistry(anywhere)
    const dataset = await registry.open(location)
    expect(await registry.open(link)).toBe(dataset)
    expect(dataset).toMatchObject({ location, name: 'handles', handle: toHandle(location) })
    expect(dataset.handle).toMatch(/^[0-9a-f]{16}$/)
    expect(registry.get(dataset.handle)).toBe(dataset)
    registry.close(dataset.handle)
    expect(() => registry.get(dataset.handle)).toThrow(expect.objectContaining({ code: 'unknown-dataset' }))
    expect((await createDatasetRegistry(anywhere).open(link)).handle).toBe(dataset.handle)
  })

  it('stays open until the last window that holds it has closed it or is gone', async () => {
    const location = await createSmall('held')
    const registry = createDatasetRegistry(anywhere)
    const [one, two] = [new AbortController(), new AbortController()]
    const { handle } = await registry.open(location, one.signal)
    await registry.open(location, one.signal)
    await registry.open(location, two.signal)
    registry.close(handle, one.signal)
    registry.close(handle, one.signal)
    expect(registry.get(handle).handle).toBe(handle)
    two.abort()
    expect(() => registry.get(handle)).toThrow(expect.objectContaining({ code: 'unknown-dataset' }))
    await expect(registry.open(location, two.signal)).rejects.toThrow()
    expect(() => registry.get(handle)).toThrow()
  })

  it.each(['Données #1 50% (final)', 'with space.lance', '数据%20', 'a?b&c'])('takes the name %j', async (name) => {
    const location = join(folder.path, name)
    await cp(await createSmall(`named_${Buffer.from(name).toString('hex').slice(0, 20)}`), location, {
      recursive: true,
    })
    const dataset = await createDatasetRegistry(anywhere).open(location)
    expect(dataset.name).toBe(name.replace('.lance', ''))
    expect((await dataset.resolve()).version).toBe(3)
  })
})

describe('bad input', () => {
  it('missing', async () => {
    expect(await failureOf(join(folder.path, 'nowhere'))).toMatchObject({ code: 'not-found' })
    expect(await failureOf('relative/nowhere.lance')).toMatchObject({ code: 'not-found' })
  })

  it('a file', async () => {
    const path = join(folder.path, 'file.lance')
    await writeFile(path, 'x')
    expect(await failureOf(path)).toMatchObject({ code: 'not-a-directory' })
    expect(await failureOf(join(path, 'below'))).toMatchObject({ code: 'not-a-directory' })
    await rm(path)
  })

  it('a zero character', async () => {
    expect(await failureOf('a\0b')).toMatchObject({ code: 'invalid-input' })
  })

  it('an empty folder, another folder, a dataset without versions', async () => {
    const path = await mkdtemp(join(tmpdir(), 'tiltyard-other-'))
    expect(await failureOf(path)).toMatchObject({ code: 'empty-folder' })
    await writeFile(join(path, 'notes.txt'), '')
    expect(await failureOf(path)).toMatchObject({ code: 'not-a-dataset', hint: expect.stringContaining('search') })
    await mkdir(join(path, '_versions'))
    await writeFile(join(path, '_versions', 'latest_version_hint.json'), '{"version":1}')
    expect(await failureOf(path)).toMatchObject({
      code: 'not-a-dataset',
      message: expect.stringContaining('no version'),
    })
    await rm(path, { recursive: true })
  })

  it.skipIf(process.platform === 'win32')('no permission', async () => {
    const location = await createSmall('locked')
    await chmod(folder.path, 0o755)
    await withoutPrivileges(
      async () => expect(await failureOf(location)).toMatchObject({ code: 'permission-denied' }),
      {
        before: () => chmod(location, 0),
      },
    )
    await chmod(location, 0o755)
    await withoutPrivileges(
      async () => expect(await failureOf(location)).toMatchObject({ code: 'permission-denied' }),
      {
        before: () => chmod(join(location, '_versions'), 0),
      },
    )
    await chmod(join(location, '_versions'), 0o755)
    await withoutPrivileges(
      async () => expect(await failureOf(location)).toMatchObject({ code: 'permission-denied' }),
      {
        before: () => chmod(manifestOf(location, 3), 0),
      },
    )
  })

  it('a damaged newest manifest names the newest version that still reads', async () => {
    const location = await createSmall('damaged')
    const whole = await stat(manifestOf(location, 3))
    for (const bytes of [new Uint8Array(), new Uint8Array(20), new Uint8Array(whole.size).fill(0xab)]) {
      await writeFile(manifestOf(location, 3), bytes)
      expect(await failureOf(location)).toMatchObject({
        code: 'corrupt-manifest',
        message: expect.stringMatching(/^The manifest of version 3 is damaged: .+\.$/),
        hint: expect.stringContaining('Version 2 still reads'),
      })
    }
    await writeFile(manifestOf(location, 2), '')
    expect((await failureOf(location)).hint).toContain('Version 1 still reads')
    await writeFile(manifestOf(location, 1), '')
    expect((await failureOf(location)).hint).toContain('No older version could be read')
  })

  it('a foreign file in place of a manifest', async () => {
    const path = await mkdtemp(join(tmpdir(), 'tiltyard-foreign-'))
    await mkdir(join(path, '_versions'))
    await writeFile(join(path, '_versions', '1.manifest'), 'not a manifest')
    expect(await failureOf(path)).toMatchObject({ code: 'corrupt-manifest' })
    await rm(path, { recursive: true })
  })

  it('flags of a newer Lance', async () => {
    const path = await mkdtemp(join(tmpdir(), 'tiltyard-newer-'))
    await mkdir(join(path, '_versions'))
    const writer = new Uint8Array([10, 5, 108, 97, 110, 99, 101, 18, 4, 57, 57, 46, 48])
    const fields = [
      [9, 4096 + 1],
      [13, writer],
    ] as const
    await writeFile(manifestOf(path, 1), manifestFile({ version: 1, fields }))
    expect(await failureOf(path)).toMatchObject({
      code: 'unsupported-format',
      hint: expect.stringContaining('lance 99.0'),
      detail: { version: 1, unknownReaderBits: [12], rows: 0, fragments: 0 },
    })
    await rm(path, { recursive: true })
  })

  it('outside the one allowed folder, by path or by link', async () => {
    const location = await realpath(await createSmall('allowed'))
    const root = join(await realpath(folder.path), 'root')
    await mkdir(root)
    await symlink(location, join(root, 'link.lance'))
    expect(await failureOf(location, root)).toMatchObject({ code: 'outside-root' })
    expect(await failureOf(join(root, 'link.lance'), root)).toMatchObject({ code: 'outside-root' })
    await rename(location, join(root, 'inside.lance'))
    const dataset = await createDatasetRegistry({ paths: { root } }).open(join(root, 'inside.lance'))
    expect(dataset.name).toBe('inside')
  })

  it('files of a dataset that lie outside the one allowed folder', async () => {
    const root = join(await realpath(folder.path), 'narrow')
    await mkdir(root)
    await createSmall('origin')
    await folder.clone('clone', 'origin')
    await rename(folder.location('clone'), join(root, 'clone.lance'))
    expect(await failureOf(join(root, 'clone.lance'), root)).toMatchObject({
      code: 'outside-root',
      message: expect.stringContaining('origin.lance'),
    })
    await rename(await createSmall('linked'), join(root, 'linked.lance'))
    await rename(join(root, 'linked.lance', 'data'), join(folder.path, 'data elsewhere'))
    await symlink(join(folder.path, 'data elsewhere'), join(root, 'linked.lance', 'data'))
    expect(await failureOf(join(root, 'linked.lance'), root)).toMatchObject({ code: 'outside-root' })
    expect((await createDatasetRegistry(anywhere).open(join(root, 'linked.lance'))).name).toBe('linked')
  })
})
