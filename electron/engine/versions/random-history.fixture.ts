import type * as LanceDb from '@lancedb/lancedb'
import { createRandom, type Random } from '#shared/random.fixture.ts'
import { arrow, column, lancedb, tableOf, type Columns, type TableFolder } from '../lance/tables.fixture.ts'

/** A random dataset with a random history. The same seed gives the same steps; file names and times differ. */
export interface RandomHistory {
  readonly name: string
  /** What was done, to read beside a failure. */
  readonly steps: readonly string[]
  readonly branches: readonly string[]
  readonly tags: readonly string[]
}

interface World {
  readonly random: Random
  readonly main: LanceDb.Table
  /** Lines of versions by name, with a handle each. */
  readonly lines: Map<string, LanceDb.Table>
  readonly tags: string[]
  readonly hasBlobs: boolean
  readonly hasVectors: boolean
  nextId: number
  /** Columns added and not dropped again, by line. */
  readonly extra: Map<string, string[]>
  names: number
}

type Step = (world: World, line: string, table: LanceDb.Table) => Promise<string | undefined>

const FILE_VERSIONS = ['2.0', '2.1', '2.2', '2.2', '2.3']

export async function makeRandomHistory(folder: TableFolder, seed: number): Promise<RandomHistory> {
  const random = createRandom(seed)
  const name = `history_${seed}`
  const hasBlobs = random(8) === 0
  const hasVectors = !hasBlobs && random(2) === 0
  const fileVersion = hasBlobs ? '2.2' : FILE_VERSIONS[random(FILE_VERSIONS.length)]!
  const options = {
    new_table_data_storage_version: fileVersion,
    new_table_enable_stable_row_ids: String(random(3) === 0),
    new_table_enable_v2_manifest_paths: String(random(4) !== 0),
  }
  const first = 5 + random(40)
  const table = await folder.create(name, makeRows(0, first, hasBlobs, hasVectors), options)
  const world: World = {
    random,
    main: table,
    lines: new Map([['main', table]]),
    tags: [],
    hasBlobs,
    hasVectors,
    nextId: first,
    extra: new Map([['main', []]]),
    names: 0,
  }
  const steps = [`create ${first} rows, ${JSON.stringify(options)}${hasBlobs ? ', blobs' : ''}`]
  const count = 5 + random(9)
  while (steps.length <= count) {
    const line = [...world.lines.keys()][random(world.lines.size)]!
    const step = STEPS[random(STEPS.length)]!
    const what = await step(world, line, world.lines.get(line)!)
    if (what !== undefined) steps.push(`${line}: ${what}`)
  }
  return { name, steps, branches: [...world.lines.keys()].filter((it) => it !== 'main'), tags: world.tags }
}

function makeRows(from: number, count: number, hasBlobs: boolean, hasVectors: boolean, extra: readonly string[] = []) {
  const ids = Array.from({ length: count }, (_, index) => from + index)
  const columns: Record<string, Columns[string]> = {
    id: column(new arrow.Int64(), ids.map(BigInt)),
    grp: column(
      new arrow.Int32(),
      ids.map((id) => id % 5),
    ),
    text: column(
      new arrow.Utf8(),
      ids.map((id) => (id % 7 === 0 ? null : `row ${id} of ${id % 3}`)),
    ),
  }
  if (hasVectors) {
    const type = new arrow.FixedSizeList(4, new arrow.Field('item', new arrow.Float32(), true))
    columns['vector'] = column(
      type,
      ids.map((id) => [id, -id, id / 2, 1]),
    )
  }
  for (const name of extra) columns[name] = column(new arrow.Int64(), ids.map(BigInt))
  return hasBlobs ? withBlobs(columns, ids) : tableOf(columns)
}

/** Values from inline size up to sidecars of their own. */
function withBlobs(columns: Columns, ids: readonly number[]) {
  const fields = Object.entries(columns).map(([name, vector]) => new arrow.Field(name, vector.type, true))
  const schema = new arrow.Schema([...fields, lancedb.blob('blob')])
  const rows = ids.map((id, index) => ({
    ...Object.fromEntries(Object.entries(columns).map(([name, vector]) => [name, vector.get(index) as unknown])),
    blob: Buffer.alloc(id % 10 === 0 ? 250_000 : id % 4 === 0 ? 70_000 : 10, id),
  }))
  return lancedb.makeArrowTable(rows, { schema })
}

const pickOne = <T>(random: Random, list: readonly T[]): T | undefined => list[random(Math.max(1, list.length))]

const STEPS: readonly Step[] = [
  append,
  append,
  append,
  remove,
  remove,
  remove,
  update,
  upsert,
  addColumn,
  renameColumn,
  retypeColumn,
  describeColumn,
  dropColumn,
  createIndex,
  createIndex,
  dropIndex,
  compact,
  compact,
  cleanUp,
  createBranch,
  createTag,
  restore,
  overwrite,
]

async function append(world: World, line: string, table: LanceDb.Table): Promise<string> {
  const count = 1 + world.random(30)
  await table.add(makeRows(world.nextId, count, world.hasBlobs, world.hasVectors, world.extra.get(line)))
  world.nextId += count
  return `append ${count}`
}

async function remove({ random, nextId }: World, _line: string, table: LanceDb.Table): Promise<string> {
  const from = random(nextId)
  const predicate = [`id % ${2 + random(6)} = 0`, `id >= ${from} and id < ${from + 10}`, `id = ${from}`, 'id < 0'][
    random(4)
  ]!
  await table.delete(predicate)
  return `delete ${predicate}`
}

async function update(world: World, _line: string, table: LanceDb.Table): Promise<string | undefined> {
  if (world.hasBlobs) return undefined
  const where = `id % 6 = ${world.random(7)}`
  await table.update({ where, values: { text: 'changed' } })
  return `update ${where}`
}

async function upsert(world: World, line: string, table: LanceDb.Table): Promise<string | undefined> {
  if (world.hasBlobs) return undefined
  const from = Math.max(0, world.nextId - world.random(20))
  const rows = makeRows(from, 12, false, world.hasVectors, world.extra.get(line))
  world.nextId = Math.max(world.nextId, from + 12)
  await table.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(rows)
  return `upsert from ${from}`
}

async function addColumn(world: World, line: string, table: LanceDb.Table): Promise<string | undefined> {
  if (world.hasBlobs) return undefined
  const name = `extra${world.names++}`
  await table.addColumns([{ name, valueSql: 'id * 2' }])
  world.extra.get(line)!.push(name)
  return `add column ${name}`
}

async function renameColumn(world: World, line: string, table: LanceDb.Table): Promise<string | undefined> {
  const extra = world.extra.get(line)!
  const path = pickOne(world.random, extra)
  if (path === undefined) return undefined
  const rename = `renamed${world.names++}`
  await table.alterColumns([{ path, rename }])
  extra[extra.indexOf(path)] = rename
  return `rename ${path} to ${rename}`
}

/** The column is left out of later rows, which are null there. */
async function retypeColumn(world: World, line: string, table: LanceDb.Table): Promise<string | undefined> {
  const extra = world.extra.get(line)!
  const path = pickOne(world.random, extra)
  if (path === undefined) return undefined
  await table.alterColumns([{ path, dataType: 'int32' }])
  extra.splice(extra.indexOf(path), 1)
  return `retype ${path}`
}

async function describeColumn(world: World, _line: string, table: LanceDb.Table): Promise<string> {
  await table.updateFieldMetadata([{ path: 'text', metadata: { note: String(world.names++) } }])
  return 'describe text'
}

async function dropColumn(world: World, line: string, table: LanceDb.Table): Promise<string | undefined> {
  const extra = world.extra.get(line)!
  const name = pickOne(world.random, extra)
  if (name === undefined) return undefined
  await table.dropColumns([name])
  extra.splice(extra.indexOf(name), 1)
  return `drop column ${name}`
}

async function createIndex(world: World, _line: string, table: LanceDb.Table): Promise<string | undefined> {
  if ((await table.countRows()) === 0) return undefined
  const { Index } = lancedb
  const kinds = [
    ['id', 'id_btree', Index.btree()],
    ['grp', 'grp_bitmap', Index.bitmap()],
    ['text', 'text_fts', Index.fts()],
    ...(world.hasVectors ? [['vector', 'vector_flat', Index.ivfFlat({ numPartitions: 1 })] as const] : []),
  ] as const
  const [on, name, config] = kinds[world.random(kinds.length)]!
  await table.createIndex(on, { name, config })
  return `index ${name}`
}

async function dropIndex(world: World, _line: string, table: LanceDb.Table): Promise<string | undefined> {
  const known = await table.listIndices()
  const index = pickOne(world.random, known)
  if (index === undefined) return undefined
  await table.dropIndex(index.name)
  return `drop index ${index.name}`
}

async function compact(_world: World, _line: string, table: LanceDb.Table): Promise<string> {
  await table.optimize({ cleanupOlderThan: new Date(0) })
  return 'optimize'
}

/** Tags make LanceDB refuse a cleanup; see facts of the tag traps. */
async function cleanUp(world: World, _line: string, table: LanceDb.Table): Promise<string | undefined> {
  if (world.tags.length > 0) return undefined
  await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: world.random(2) === 0 })
  return 'clean up'
}

async function createBranch(world: World, line: string, table: LanceDb.Table): Promise<string | undefined> {
  // LanceDB loses indices in branches of branches; see branches/create.ts.
  if (world.lines.size > 3 || (line !== 'main' && (await table.listIndices()).length > 0)) return undefined
  const name = ['exp', 'feat/a', 'feat/b'].find((it) => !world.lines.has(it))!
  const branches = await world.main.branches()
  const created = await branches.create(name, line === 'main' ? undefined : line, await table.version())
  world.lines.set(name, created)
  world.extra.set(name, [...world.extra.get(line)!])
  return `branch ${name}`
}

async function createTag(world: World, _line: string, table: LanceDb.Table): Promise<string> {
  const name = `tag${world.names++}`
  const versions = await table.listVersions()
  const { version } = versions[world.random(versions.length)]!
  await (await table.tags()).create(name, version)
  world.tags.push(name)
  return `tag ${name} at ${version}`
}

async function restore(world: World, line: string, table: LanceDb.Table): Promise<string> {
  const versions = await table.listVersions()
  const { version } = versions[world.random(versions.length)]!
  await table.checkout(version)
  await table.restore()
  const own = new Set(['id', 'grp', 'text', 'vector', 'blob'])
  world.extra.set(
    line,
    (await table.schema()).fields
      .filter((it) => !own.has(it.name) && it.type.toString() === 'Int64')
      .map((it) => it.name),
  )
  return `restore ${version}`
}

async function overwrite(world: World, line: string, table: LanceDb.Table): Promise<string | undefined> {
  if (world.random(3) !== 0) return undefined
  await table.add(makeRows(world.nextId, 6, world.hasBlobs, world.hasVectors), { mode: 'overwrite' })
  world.nextId += 6
  world.extra.set(line, [])
  return 'overwrite'
}
