import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as LanceDb from '@lancedb/lancedb'
import type { VersionEntry } from '#shared/model/version.ts'
import { createDatasetsHandlers } from '../datasets/index.ts'
import type { Manifest } from '../format/types.ts'
import { makeRandomHistory, type RandomHistory } from './random-history.fixture.ts'
import { idle, makeWritingEngine, openTable, type WritingEngine } from './writing.fixture.ts'

/*
 * What our reader says of datasets with random histories beside what LanceDB says of them: rows, fragments, bytes, versions
 * and their times, deletions, indices and their coverage, tags and branches, on main and on every branch. A failure names the
 * seed and the steps; another first seed is taken from TILTYARD_SEED.
 */
const FIRST_SEED = Number(process.env['TILTYARD_SEED'] ?? 1)
const HISTORIES = Number(process.env['TILTYARD_HISTORIES'] ?? 64)
const PER_TEST = 8

let engine: WritingEngine
beforeAll(async () => {
  engine = await makeWritingEngine()
})
afterAll(() => engine.remove())

describe('our reader and LanceDB agree', () => {
  const firsts = Array.from({ length: Math.ceil(HISTORIES / PER_TEST) }, (_, index) => FIRST_SEED + index * PER_TEST)
  it.each(firsts)(
    'on eight random histories from seed %i',
    async (first) => {
      for (let seed = first; seed < Math.min(first + PER_TEST, FIRST_SEED + HISTORIES); seed++) await checkSeed(seed)
    },
    60_000,
  )
})

async function checkSeed(seed: number): Promise<void> {
  const history = await makeRandomHistory(engine.folder, seed).catch((error: unknown) => {
    throw new Error(`seed ${seed}: the history could not be made`, { cause: error })
  })
  try {
    await checkRefs(history)
    for (const branch of [undefined, ...history.branches]) await checkLine(history, branch)
  } catch (error) {
    throw new Error(`seed ${seed}\n  ${history.steps.join('\n  ')}\n${(error as Error).message}`, { cause: error })
  }
}

async function checkRefs({ name, tags, branches }: RandomHistory): Promise<void> {
  const { handle, location } = await engine.context.datasets.open(engine.folder.locate(name))
  const refs = await engine.handlers['versions.refs']({ dataset: handle }, idle)
  const table = await openTable(location)
  const native = await (await table.tags()).list()
  expect(Object.fromEntries(refs.tags.map((tag) => [tag.name, tag.version]))).toEqual(
    Object.fromEntries(Object.entries(native).map(([tag, content]) => [tag, content.version])),
  )
  expect(refs.tags.map((tag) => tag.name).toSorted()).toEqual(tags.toSorted())
  const forks = Object.entries(await (await table.branches()).list())
  expect(refs.branches.map((it) => [it.name, it.parentBranch ?? null, it.parentVersion])).toEqual(
    forks.map(([it, { parentBranch, parentVersion }]) => [it, parentBranch ?? null, parentVersion]).toSorted(),
  )
  expect(forks.length).toBe(branches.length)
}

async function checkLine({ name }: RandomHistory, branch: string | undefined): Promise<void> {
  const { handle, location } = await engine.context.datasets.open(engine.folder.locate(name))
  const table = await openTable(location, branch)
  const entries = await list(handle, branch)
  await checkVersions(table, handle, branch, entries)
  await checkNewest(table, handle, branch)
  for (const { version, rows } of entries) {
    await table.checkout(version)
    expect(await table.countRows(), `rows of version ${version}`).toBe(rows)
  }
}

async function list(dataset: string, branch: string | undefined): Promise<readonly VersionEntry[]> {
  const entries: VersionEntry[] = []
  for await (const entry of engine.handlers['versions.list']({ dataset, branch }, idle)) entries.push(entry)
  return entries
}

/** Versions, times and the totals LanceDB keeps of each. */
async function checkVersions(
  table: LanceDb.Table,
  dataset: string,
  branch: string | undefined,
  entries: readonly VersionEntry[],
): Promise<void> {
  const native = (await table.listVersions()).toReversed()
  const ours = await Promise.all(
    entries.map(async (entry) => {
      const details = await engine.handlers['versions.get']({ dataset, branch, version: entry.version }, idle)
      expect(details.entry).toEqual(entry)
      if (details.fragments !== null) {
        const { added, removed } = details.fragments
        expect(added.length - removed.length, `fragments of version ${entry.version}`).toBe(entry.fragmentsDelta)
      }
      if (details.files !== null) {
        const { addedBytes, removedBytes } = details.files.data
        expect((addedBytes ?? 0) - (removedBytes ?? 0), `bytes of version ${entry.version}`).toBe(entry.dataBytesDelta)
      }
      const manifest = await manifestOf(dataset, branch, entry.version)
      return { version: entry.version, ms: Date.parse(entry.timestamp), ...totalsOf(manifest), ...figuresOf(entry) }
    }),
  )
  expect(ours).toEqual(
    native.map(({ version, timestamp, metadata }) => ({ version, ms: timestamp.getTime(), ...metadata })),
  )
}

function figuresOf({ rows, fragments, dataBytes }: VersionEntry): Record<string, string> {
  return { total_rows: String(rows), total_fragments: String(fragments), total_files_size: String(dataBytes) }
}

function totalsOf({ fragments }: Manifest): Record<string, string> {
  const sum = (of: (fragment: Manifest['fragments'][number]) => number): string =>
    String(fragments.reduce((total, fragment) => total + of(fragment), 0))
  return {
    total_data_files: sum(({ files }) => files.length),
    total_data_file_rows: sum(({ physicalRows }) => physicalRows),
    total_deletion_files: sum(({ deletion }) => (deletion === undefined ? 0 : 1)),
    total_deletion_file_rows: sum(({ deletion }) => deletion?.deletedRows ?? 0),
  }
}

/** Rows, fragments, bytes and indices of the newest version. */
async function checkNewest(table: LanceDb.Table, dataset: string, branch: string | undefined): Promise<void> {
  const datasets = createDatasetsHandlers(engine.context)
  const ref = branch === undefined ? undefined : { branch }
  const summary = await datasets['datasets.summary']({ dataset, ref }, idle)
  const stats = await table.stats()
  const manifest = await manifestOf(dataset, branch, summary.version)
  const indexBytes = manifest.indices.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
  expect(
    {
      version: summary.version,
      rows: summary.rows,
      fragments: summary.fragments,
      bytes: summary.dataBytes + indexBytes,
    },
    'newest version',
  ).toEqual({
    version: await table.version(),
    rows: await table.countRows(),
    fragments: stats.fragmentStats.numFragments,
    bytes: stats.totalBytes,
  })
  expect(stats.numRows).toBe(summary.rows)
  const native = (await table.listIndices()).map((it) => ({
    name: it.name,
    indexed: it.numIndexedRows,
    unindexed: it.numUnindexedRows,
    segments: it.numSegments,
    bytes: it.sizeBytes,
  }))
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1)
  expect(indicesOf(manifest).toSorted(byName), 'indices').toEqual(native.toSorted(byName))
}

function indicesOf({ indices, fragments }: Manifest) {
  const live = ({ physicalRows, deletion }: Manifest['fragments'][number]): number =>
    physicalRows - (deletion?.deletedRows ?? 0)
  const rows = fragments.reduce((sum, fragment) => sum + live(fragment), 0)
  return [...new Set(indices.map(({ name }) => name))].map((name) => {
    const segments = indices.filter((it) => it.name === name)
    const covered = fragments.filter(({ id }) => segments.some((it) => it.fragmentIds?.has(id) === true))
    const indexed = covered.reduce((sum, fragment) => sum + live(fragment), 0)
    const bytes = segments.reduce((sum, it) => sum + (it.bytes ?? 0), 0)
    return { name, indexed, unindexed: rows - indexed, segments: segments.length, bytes }
  })
}

async function manifestOf(handle: string, branch: string | undefined, version: number): Promise<Manifest> {
  return engine.context.datasets.get(handle).manifest({ branch, version })
}
