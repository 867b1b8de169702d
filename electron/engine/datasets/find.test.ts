import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FoundItem } from '#shared/model/dataset.ts'
import { manifestFile } from '../format/encode.fixture.ts'
import { createDatasetFolder, makeRows, type DatasetFolder } from './datasets.fixture.ts'
import { findDatasets, type FindOptions } from './find.ts'

let source: DatasetFolder
let tree: string

beforeAll(async () => {
  source = await createDatasetFolder()
  tree = await realpath(await mkdtemp(join(tmpdir(), 'tiltyard-tree-')))
  const table = await source.create('small', makeRows(0, 5))
  await table.delete('id = 1')
})
afterAll(async () => {
  await source.dispose()
  await rm(tree, { recursive: true, force: true })
})

/** A fresh folder in the tree with copies of the small dataset under the given paths. */
async function plant(name: string, ...paths: readonly string[]): Promise<string> {
  const folder = join(tree, name)
  await mkdir(folder)
  for (const path of paths) await cp(source.location('small'), join(folder, path), { recursive: true })
  return folder
}

async function find(location: string, options: Partial<FindOptions> = {}): Promise<readonly FoundItem[]> {
  const items: FoundItem[] = []
  const signal = new AbortController().signal
  for await (const item of findDatasets(location, { root: undefined, signal, ...options })) items.push(item)
  return items
}

const briefly = (items: readonly FoundItem[]): readonly string[] =>
  items.map((item) => (item.kind === 'end' ? `end ${item.datasets}` : `${item.kind} ${item.relativePath}`))

describe('datasets.find', () => {
  it('describes each dataset from its manifest', async () => {
    const folder = await plant('one', 'small.lance')
    expect(await find(folder)).toEqual([
      {
        kind: 'dataset',
        location: join(folder, 'small.lance'),
        name: 'small',
        relativePath: 'small.lance',
        rows: 4,
        version: 2,
        fragments: 1,
        dataBytes: expect.any(Number),
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      },
      { kind: 'end', folders: 2, datasets: 1, truncated: false },
    ])
  })

  it('takes a dataset itself', async () => {
    expect(briefly(await find(source.location('small')))).toEqual(['dataset .', 'end 1'])
  })

  it('finds datasets of any name at any depth, never inside one, hidden folders left out', async () => {
    const paths = [
      'b/c d/#1 50%.lance',
      'b/数据',
      'a.lance',
      'a.lance/inner.lance',
      '.hidden/x',
      'node_modules/y.lance',
    ]
    expect(briefly(await find(await plant('deep', ...paths)))).toEqual([
      'dataset a.lance',
      'dataset b/数据',
      'dataset b/c d/#1 50%.lance',
      'end 3',
    ])
  })

  it('names broken datasets with their reason and goes on', async () => {
    const folder = await plant('broken', 'fine.lance', 'torn.lance', 'newer.lance')
    const manifest = '_versions/18446744073709551613.manifest'
    await writeFile(join(folder, 'torn.lance', manifest), 'torn')
    await writeFile(join(folder, 'newer.lance', manifest), manifestFile({ version: 2, fields: [[9, 1024]] }))
    await mkdir(join(folder, 'empty.lance'))
    const items = await find(folder)
    expect(briefly(items)).toEqual([
      'broken empty.lance',
      'dataset fine.lance',
      'broken newer.lance',
      'broken torn.lance',
      'end 1',
    ])
    const codes = items.map((item) => (item.kind === 'broken' ? item.error.code : undefined))
    expect(codes.filter(Boolean)).toEqual(['empty-folder', 'unsupported-format', 'corrupt-manifest'])
  })

  it('looks into a `.lance` folder that only groups others', async () => {
    expect(briefly(await find(await plant('queue', 'topic.lance/bucket_0/data.lance')))).toEqual([
      'dataset topic.lance/bucket_0/data.lance',
      'end 1',
    ])
  })

  it("leaves out LanceDB's own table of namespaces, unless it is what is asked for", async () => {
    const folder = await plant('namespaces', '__manifest', '0a1b2c3d_ns$table')
    expect(briefly(await find(folder))).toEqual(['dataset 0a1b2c3d_ns$table', 'end 1'])
    expect(briefly(await find(join(folder, '__manifest')))).toEqual(['dataset .', 'end 1'])
  })

  it('survives links that lead in circles, and shows what two ways lead to once', async () => {
    const folder = await plant('loop', 'sub/x.lance')
    await symlink(folder, join(folder, 'sub', 'up'))
    await symlink(join(folder, 'sub', 'x.lance'), join(folder, 'again'))
    await symlink(join(folder, 'self'), join(folder, 'self'))
    expect(briefly(await find(folder))).toEqual(['dataset again', 'end 1'])
  })

  it('stays inside the root', async () => {
    const folder = await plant('rooted', 'in.lance')
    await symlink(source.location('small'), join(folder, 'out.lance'))
    expect(briefly(await find(folder, { root: folder }))).toEqual(['dataset in.lance', 'broken out.lance', 'end 1'])
    await expect(find(source.path, { root: folder })).rejects.toMatchObject({ code: 'outside-root' })
  })

  it('stops at its depth and at its number of folders, and says so', async () => {
    const folder = await plant('limits', 'a/b/c/x.lance')
    expect(await find(folder, { maxDepth: 2 })).toEqual([{ kind: 'end', folders: 3, datasets: 0, truncated: true }])
    expect(briefly(await find(folder, { maxDepth: 4 }))).toEqual(['dataset a/b/c/x.lance', 'end 1'])
    expect(await find(folder, { maxFolders: 2 })).toEqual([{ kind: 'end', folders: 2, datasets: 0, truncated: true }])
  })

  it('tells a location that cannot be searched', async () => {
    await expect(find(join(tree, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' })
    await writeFile(join(tree, 'file'), '')
    await expect(find(join(tree, 'file'))).rejects.toMatchObject({ code: 'not-a-directory' })
  })

  it('ends when it is cancelled', async () => {
    const controller = new AbortController()
    const folder = await plant('cancelled', 'a.lance', 'b/c.lance')
    const seen: FoundItem[] = []
    const walk = async (): Promise<void> => {
      for await (const item of findDatasets(folder, { root: undefined, signal: controller.signal })) {
        seen.push(item)
        controller.abort(new Error('enough'))
      }
    }
    await expect(walk()).rejects.toThrow('enough')
    expect(seen).toHaveLength(1)
  })
})
