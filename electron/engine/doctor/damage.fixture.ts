import { cpSync, lstatSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeDataFile } from '../format/data-file.ts'
import { decodeDeletionVector } from '../format/deletion-vector.ts'
import { arrow, lancedb } from '../lance/tables.fixture.ts'

/** Kinds of files a dataset is made of, as far as damage to them differs. */
export const KINDS = [
  'manifest-newest',
  'manifest-older',
  'data',
  'deletion',
  'transaction',
  'index',
  'blob',
  'tag',
  'branch',
  'branch-manifest',
  'version-hint',
] as const
export type Kind = (typeof KINDS)[number]

export const WAYS = ['missing', 'truncated', 'empty', 'flipped', 'swapped'] as const
export type Way = (typeof WAYS)[number]

/** One damage done to one file. */
export interface Damage {
  readonly kind: Kind
  readonly way: Way
  readonly seed: number
  /** Of the dataset's root; two when files were swapped. */
  readonly paths: readonly string[]
  /** Byte a bit was flipped in. */
  readonly at?: number
  /**
   * Why nobody could tell by any means of the format: the dataset is one a writer might have left. Undefined when it has
   * to be found.
   */
  readonly undetectable?: string
}

/** A dataset with a file of every kind; small, so that it can be damaged many times. */
export async function makePatient(folder: string, name: string): Promise<string> {
  const connection = await lancedb.connect(folder)
  const schema = new arrow.Schema([
    new arrow.Field('id', new arrow.Int64(), true),
    new arrow.Field('text', new arrow.Utf8(), true),
    new arrow.Field('v', new arrow.FixedSizeList(4, new arrow.Field('item', new arrow.Float32(), true)), true),
    lancedb.blob('picture'),
  ])
  const rows = (from: number, count: number, big: number) =>
    Array.from({ length: count }, (_, index) => {
      const id = from + index
      const bytes = index === 0 ? big : 40 + (id % 7)
      return {
        id: BigInt(id),
        text: `row ${id} ${'abcdefgh'.slice(id % 8)}`,
        v: [id, id / 3, -id, 1],
        picture: Buffer.alloc(bytes, id % 251),
      }
    })
  const table = await connection.createTable(name, rows(0, 150, 5_000_000), {
    schema,
    storageOptions: { newTableDataStorageVersion: '2.2' },
  })
  await table.add(rows(150, 300, 100_000))
  await table.add(rows(450, 600, 4_500_000))
  await table.delete('id % 50 = 7')
  await table.createIndex('id', { config: lancedb.Index.btree(), name: 'by_id' })
  await table.createIndex('text', { config: lancedb.Index.fts(), name: 'words' })
  await table.createIndex('v', { config: lancedb.Index.ivfFlat({ numPartitions: 2 }), name: 'near' })
  const tags = await table.tags()
  await tags.create('first', 1)
  await tags.create('second', 3)
  const branches = await table.branches()
  await branches.create('side')
  await (await branches.checkout('side')).add(rows(2000, 50, 10))
  await branches.create('other', 'main', 5)
  await (await branches.checkout('other')).delete('id < 20')
  await table.delete('id = 100')
  connection.close()
  return join(folder, `${name}.lance`)
}

/** A repeatable stream of numbers in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Files of a dataset by kind. Data, deletion and index files are those the newest version of main uses, where it matters. */
export function filesByKind(location: string): ReadonlyMap<Kind, readonly string[]> {
  const paths = readdirSync(location, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(location.length + 1))
    .toSorted()
  const own = (pattern: RegExp): readonly string[] => paths.filter((path) => pattern.test(path))
  const manifests = own(/^_versions\/\d+\.manifest$/)
  return new Map<Kind, readonly string[]>([
    ['manifest-newest', manifests.slice(0, 1)],
    ['manifest-older', manifests.slice(1)],
    ['data', own(/^data\/[^/]+\.lance$/)],
    ['deletion', own(/^_deletions\//)],
    ['transaction', own(/^_transactions\/.*\.txn$/)],
    ['index', own(/^_indices\//)],
    ['blob', own(/\.blob$/)],
    ['tag', own(/^_refs\/tags\//)],
    ['branch', own(/^_refs\/branches\//)],
    ['branch-manifest', own(/^tree\/.*\.manifest$/)],
    ['version-hint', own(/latest_version_hint\.json$/)],
  ])
}

/** Damages one file of a kind; undefined when there is nothing to swap it with. */
export function damage(location: string, kind: Kind, way: Way, seed: number): Damage | undefined {
  const random = randomOf(seed * 97 + KINDS.indexOf(kind) * 7 + WAYS.indexOf(way))
  const byKind = filesByKind(location)
  const files = byKind.get(kind) ?? []
  const path = files[Math.floor(random() * files.length)]
  if (path === undefined) return undefined
  const file = join(location, path)
  const bytes = lstatSync(file).size
  const done = { kind, way, seed, paths: [path] }
  switch (way) {
    case 'missing':
      rmSync(file)
      return kind === 'tag' ? { ...done, undetectable: 'a tag that is deleted leaves no trace' } : done
    case 'truncated':
      truncateSync(file, Math.floor(bytes * (0.1 + 0.8 * random())))
      return done
    case 'empty':
      truncateSync(file, 0)
      return done
    case 'flipped': {
      const at = Math.floor(random() * bytes)
      const content = readFileSync(file)
      content[at] = (content[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      writeFileSync(file, content)
      const undetectable = whyUndetectable(kind, content, at)
      return { ...done, at, ...(undetectable === undefined ? {} : { undetectable }) }
    }
    case 'swapped': {
      const others = (kind === 'manifest-newest' ? (byKind.get('manifest-older') ?? []) : files).filter(
        (it) => it !== path,
      )
      const other = others[Math.floor(random() * others.length)]
      if (other === undefined) return undefined
      const [a, b] = [readFileSync(file), readFileSync(join(location, other))]
      if (a.equals(b)) return undefined
      writeFileSync(file, b)
      writeFileSync(join(location, other), a)
      const valid = 'two tags exchanged are two other tags'
      return { ...done, paths: [path, other], ...(kind === 'tag' ? { undetectable: valid } : {}) }
    }
  }
}

/**
 * Why a flipped bit may be beyond finding: Lance has no checksums, so a bit of a value that still decodes is just another
 * value. Bits of metadata count as findable.
 */
function whyUndetectable(kind: Kind, content: Uint8Array, at: number): string | undefined {
  if (kind === 'blob') return 'a byte of a value nobody else knows'
  if (kind === 'data' || kind === 'index') {
    try {
      const step = decodeDataFile([{ start: 0, bytes: content }], content.length)
      const first = step.kind === 'done' ? Math.min(...step.result.globalBuffers.map(({ start }) => start)) : 0
      return at < first ? 'a bit in a page' : undefined
    } catch {
      return undefined
    }
  }
  if (kind !== 'deletion') return undefined
  try {
    decodeDeletionVector(content, 'arrow')
    return 'a bit of the list of deleted rows that decodes'
  } catch {
    return undefined
  }
}

/** A fresh copy of a dataset at the place of another: base paths of branches are absolute, so the place stays the same. */
export function resetPatient(healthy: string, location: string): void {
  rmSync(location, { recursive: true, force: true })
  cpSync(healthy, location, { recursive: true, preserveTimestamps: true })
}
