import { randomBytes } from 'node:crypto'
import { existsSync, lstatSync } from 'node:fs'
import { mkdir, rename, rm, symlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { createSession, loadLanceDb } from '../lance/index.ts'
import { readSampleAssets, type SampleAssets } from './assets.ts'
import { documentRows, glossaryRows } from './sample-rows.ts'
import { toSampleTable } from './sample-table.ts'

type LanceDb = ReturnType<typeof loadLanceDb>
type Connection = Awaited<ReturnType<LanceDb['connect']>>
type Session = ReturnType<typeof createSession>
type Table = Awaited<ReturnType<Connection['createTable']>>

/** Name of the dataset's folder without `.lance`. */
const SAMPLE_NAME = 'tiltyard-sample'

/**
 * Builds the sample in `folder` and returns its location. It grows in a temporary folder beside its place and is moved
 * there whole, so that a crash leaves no half of it; one already there is replaced. Only one process may build at a time.
 */
export async function buildSample(folder: string, dataDir: string): Promise<string> {
  const assets = readSampleAssets()
  const suffix = randomBytes(4).toString('hex')
  const building = join(folder, `.building-${suffix}`)
  const built = join(building, `${SAMPLE_NAME}.lance`)
  const location = sampleLocation(folder)
  await mkdir(building, { recursive: true })
  const session = createSession(dataDir)
  try {
    await withTable(building, session, (connection) => writeMain(connection, assets))
    await clearPlace(location, join(building, 'replaced'))
    // A branch records the absolute path of the dataset it grew from, so it must grow under the final name.
    await symlink(built, location, 'junction')
    await withTable(folder, session, growBranch)
    await unlink(location)
    await rename(built, location)
  } finally {
    if (isLink(location)) await unlink(location)
    await rm(building, { recursive: true, force: true })
  }
  return location
}

/** Where the sample is in a folder. */
export function sampleLocation(folder: string): string {
  return join(folder, `${SAMPLE_NAME}.lance`)
}

/** True when a whole sample is there; a link in its place is what a build that was killed leaves behind. */
export function hasSample(folder: string): boolean {
  return lstatSync(sampleLocation(folder), { throwIfNoEntry: false })?.isDirectory() === true
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

async function clearPlace(location: string, replaced: string): Promise<void> {
  if (isLink(location)) await unlink(location)
  else if (existsSync(location)) await rename(location, replaced)
}

async function withTable(
  folder: string,
  session: Session,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  const connection = await loadLanceDb().connect(folder, { session })
  try {
    await work(connection)
  } finally {
    connection.close()
  }
}

/** A history with every common kind of commit. Each line is at least one version. */
async function writeMain(connection: Connection, assets: SampleAssets): Promise<void> {
  const table = await connection.createTable(SAMPLE_NAME, toSampleTable(documentRows(assets, 0, 20)))
  await table.add(toSampleTable(documentRows(assets, 20, 30)))
  await table.add(toSampleTable(documentRows(assets, 30, 38)))
  await table.add(toSampleTable(glossaryRows(assets)))
  await (await table.tags()).create('first-edition', await table.version())
  await table.update({ where: "topic = 'sky' and kind = 'document'", values: { note: 'Proofread under a clear sky' } })
  await table.delete("document = '09-rules-nailed-to-the-gate'")
  await table.addColumns([{ name: 'characters', valueSql: 'char_length(text)' }])
  await addIndices(loadLanceDb(), table)
  await (await table.tags()).create('before-compaction', await table.version())
  // A cutoff at the epoch means: compact and index, remove nothing.
  await table.optimize({ cleanupOlderThan: new Date(0) })
  await addLatecomers(table, assets)
  table.close()
}

async function addIndices({ Index }: LanceDb, table: Table): Promise<void> {
  await table.createIndex('id', { config: Index.btree(), name: 'id_btree' })
  await table.createIndex('text', { config: Index.fts({ withPosition: true }), name: 'text_fts' })
  const config = Index.ivfFlat({ numPartitions: 8, distanceType: 'cosine' })
  await table.createIndex('vector', { config, name: 'vector_ivf_flat' })
}

async function growBranch(connection: Connection): Promise<void> {
  const table = await connection.openTable(SAMPLE_NAME)
  const branch = await (await table.branches()).create('shorter-texts')
  await branch.delete('characters > 400')
  branch.close()
  table.close()
}

/** Rows the indices do not cover yet, as in any dataset that is in use. */
async function addLatecomers(table: Table, assets: SampleAssets): Promise<void> {
  const late = toSampleTable(documentRows(assets, 38, assets.documents.length))
  await table.add(late)
  await table.update({ where: 'characters is null', valuesSql: { characters: 'char_length(text)' } })
}
