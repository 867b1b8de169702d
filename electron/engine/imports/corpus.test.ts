import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Output } from '#shared/contract/index.ts'
import type { ImportResult } from '#shared/model/import/result.ts'
import { DEFAULT_CHUNKING as CHUNKING } from '#shared/model/import/documents.ts'
import type { DocumentKind, SourceItem } from '#shared/model/import/source.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { ENGINE_FILE, makeWorld, type World } from '../contract/world.fixture.ts'
import { decodeRows, textsOf } from '../lance/index.ts'
import { lancedb } from '../lance/tables.fixture.ts'
import { Parser } from '../parsing/index.ts'
import { writeCorpus, writeFileOf, type CorpusFile } from './corpus.fixture.ts'
import { documents, rowsOf } from './imports.fixture.ts'
import { writeMalformed } from './malformed.fixture.ts'

/*
 * Folders as people drop them, through a real engine and its job processes: mixed documents, malformed files among good
 * ones, and the same folder again with changes. `CORPUS_FILES` and `CORPUS_MALFORMED` files of each; with `CORPUS_LARGE`,
 * files of a gigabyte too, and the documentation installed on this machine.
 */

const FILES = Number(process.env['CORPUS_FILES'] ?? 40)
const MALFORMED = Number(process.env['CORPUS_MALFORMED'] ?? 20)
const IS_LARGE = process.env['CORPUS_LARGE'] !== undefined
const INSTALLED = '/usr/share/doc'
const TIMEOUT_MS = IS_LARGE ? 900_000 : 60_000
const EMBED = { embedder: 'built-in', source: 'content', target: 'vector' } as const

const isBuilt = existsSync(ENGINE_FILE)
let world: World
beforeAll(async () => {
  if (isBuilt) world = await makeWorld()
})
afterAll(() => world?.close())

interface Ran {
  readonly result: ImportResult
  readonly peakRssBytes: number
}

async function follow(events: AsyncIterable<Output<'import.run'>>): Promise<Ran> {
  let peakRssBytes = 0
  for await (const event of events) {
    peakRssBytes = Math.max(peakRssBytes, event.job.rssBytes ?? 0)
    if (event.kind === 'done') return { result: event.result, peakRssBytes }
  }
  throw new Error('the import ended without a result')
}

const importAll = (spec: ImportSpec): Promise<Ran> => follow(world.client().stream('import.run', { spec }))

/** Most memory the engine process has had; NaN where the system does not say. */
function enginePeakBytes(): number {
  const status = `/proc/${world.supervisor.process()?.pid ?? 0}/status`
  const found = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) : null
  return Number(found?.[1] ?? Number.NaN) * 1024
}

const print = (line: string): boolean => process.stdout.write(`${line}\n`)
const inMegabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

function tell(what: string, { result, peakRssBytes }: Ran): void {
  const { filesDone, filesFailed, rowsWritten, bytesRead, elapsedMs } = result
  print(
    `corpus: ${what}: ${filesDone} files done, ${filesFailed.length} failed, ${rowsWritten} rows of ${inMegabytes(bytesRead)} in ${(elapsedMs / 1000).toFixed(1)} s, peak memory of the job ${inMegabytes(peakRssBytes)}, of the engine ${inMegabytes(enginePeakBytes())}`,
  )
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Every file named has its chunks, 0 to the last, with the hash of the file and its bytes beside the first. */
async function expectWhole(location: string, files: ReadonlyMap<string, string>): Promise<void> {
  const rows = await rowsOf(location, ['source_path', 'chunk', 'chunks', 'content', 'content_hash', 'uuid', 'vector'])
  expect(new Set(rows.map(({ uuid }) => uuid)).size).toBe(rows.length)
  const found = new Map<string, Record<string, unknown>[]>()
  for (const row of rows) {
    const name = String(row['source_path'])
    found.set(name, [...(found.get(name) ?? []), row])
  }
  expect([...found.keys()].toSorted()).toEqual([...files.keys()].toSorted())
  for (const [name, chunks] of found) {
    const numbers = chunks.map(({ chunk }) => Number(chunk)).toSorted((a, b) => a - b)
    expect(numbers, name).toEqual(Array.from(chunks, (_, index) => index))
    const hash = hashOf(files.get(name) ?? '')
    for (const row of chunks) {
      expect([row['chunks'], row['content_hash']], name).toEqual([chunks.length, hash])
      expect(String(row['content']).trim(), name).not.toBe('')
      expect(row['vector'], name).not.toBeNull()
    }
  }
}

async function expectRaw(location: string, files: ReadonlyMap<string, string>): Promise<void> {
  const connection = await lancedb.connect(join(location, '..'))
  const table = await connection.openTable(basename(location, '.lance'))
  const ids = await table.query().where('chunk = 0').select(['source_path']).withRowId().toArray()
  const rowIds = ids.map((row: { _rowid: bigint }) => row._rowid)
  const blobs = await table.fetchBlobs('raw_data', rowIds)
  for (const [index, row] of ids.entries()) {
    const name = String((row as { source_path: string }).source_path)
    const bytes = blobs[index]
    expect(
      createHash('sha256')
        .update(bytes ?? '')
        .digest('hex'),
      name,
    ).toBe(hashOf(files.get(name) ?? ''))
  }
  connection.close()
}

/** The file each word is in is found by it, by text and by the built-in embedder. */
async function expectFound(location: string, files: readonly CorpusFile[], below: string): Promise<void> {
  const { dataset } = await world.client().call('datasets.open', { location })
  const index = world.client().stream('indices.create', { dataset, column: 'content', type: 'FTS' })
  for await (const event of index) if (event.kind === 'done') break
  const pathsOf = ({ arrow }: Output<'search.run'>): readonly (string | null)[] =>
    arrow.flatMap((bytes) => decodeRows(bytes).flatMap((batch) => textsOf(batch, 'source_path') ?? []))
  for (const { name, word } of files) {
    const query = { dataset, text: word, textColumns: ['content'], k: 5, columns: ['source_path'] }
    const found = pathsOf(await world.client().call('search.run', query))
    expect([...new Set(found)], word).toEqual([`${below}/${name}`])
  }
  const contents = await rowsOf(location, ['source_path', 'content'])
  const step = Math.max(1, Math.floor(contents.length / 20))
  for (const row of contents.filter((_, at) => at % step === 0)) {
    const texts = [String(row['content']).slice(0, 100_000)]
    const { vectors } = await world.client().call('embedders.embed', { embedder: 'built-in', texts })
    const query = { dataset, vector: [...(vectors[0] ?? [])], column: 'vector', k: 5, columns: ['source_path'] }
    expect(pathsOf(await world.client().call('search.run', query))).toContain(row['source_path'])
  }
}

/** Everything that is neither in the result nor in the log does not count as told. */
async function namedIn(result: ImportResult): Promise<ReadonlyMap<string, string>> {
  const log = await world.client().call('import.log', { import: result.import })
  return new Map(
    log.flatMap(({ file, message, level }) => (file === undefined ? [] : [[file, `${level}: ${message}`]])),
  )
}

/** Copies some of the documentation of this machine beside the corpus. */
function copyInstalled(folder: string, count: number): readonly string[] {
  const target = join(folder, 'installed')
  mkdirSync(target, { recursive: true })
  const found = readdirSync(INSTALLED, { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const step = Math.max(1, Math.floor(files.length / count))
  return files
    .filter((_, at) => at % step === 0)
    .map((path, at) => {
      const name = `${at} ${basename(path)}`
      copyFileSync(path, join(target, name))
      return name
    })
}

const sorted = (rows: readonly Record<string, unknown>[]): readonly string[] =>
  rows.map((row) => JSON.stringify(row)).toSorted()

/** Kills the process of an import after its first commit, and goes on with it. */
async function killAndGoOn(other: World, spec: ImportSpec): Promise<ImportResult> {
  const running = follow(other.client().stream('import.run', { spec })).catch((error: unknown) => error)
  const record = await until(async () =>
    (await other.client().call('import.list', {})).find(({ state }) => state === 'running'),
  )
  const folder = join(other.folder, 'app-data', 'imports', record.id)
  await until(() => {
    const text = existsSync(join(folder, 'progress.json')) ? readFileSync(join(folder, 'progress.json'), 'utf8') : '{}'
    const { done } = JSON.parse(text) as { readonly done?: { readonly commits: number } }
    return done !== undefined && done.commits > 0 ? done : undefined
  })
  process.kill(Number(readFileSync(join(folder, 'lock'), 'utf8')), 'SIGKILL')
  expect(await running).toMatchObject({ code: 'engine-died' })
  return (await follow(other.client().stream('import.resume', { import: record.id }))).result
}

async function until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find()
    if (found !== undefined) return found
    await sleep(2)
  }
}

/** Undoes an import in one step, however often it was interrupted. */
async function undoImport({ client }: World, location: string): Promise<void> {
  const { dataset } = await client().call('datasets.open', { location })
  const items = await client().call('undo.list', { dataset })
  const item = items.find(({ kind, entry }) => kind === 'undo' && entry.outcome === 'done')
  expect(item?.problem).toBeUndefined()
  await client().call('undo.undo', { dataset, entry: item?.entry.id ?? '', newest: item?.newest ?? 0 })
}

describe.skipIf(!isBuilt)('a folder of mixed files', () => {
  let folder: string
  let files: readonly CorpusFile[]
  const location = (): string => join(world.folder, 'corpus.lance')
  const ours = (): readonly CorpusFile[] => files.filter(({ family }) => family === 'documents')
  const paths = (): Map<string, string> => new Map(ours().map(({ name, path }) => [`corpus/${name}`, path]))
  let other: World
  beforeAll(async () => {
    folder = join(world.folder, 'corpus')
    files = writeCorpus(folder, FILES)
    // Another app on the same files, which commits every few rows.
    process.env['TILTYARD_IMPORT_COMMIT_ROWS'] = '20'
    other = await makeWorld()
    other.supervisor.process()
    delete process.env['TILTYARD_IMPORT_COMMIT_ROWS']
  })
  afterAll(() => other?.close())

  it(
    'becomes records of every document, and names what it leaves out',
    async () => {
      const spec = documents([folder], { kind: 'new', location: location() }, { embed: EMBED })
      const { items, truncated } = await world.client().call('import.inspect', { paths: [folder] })
      expect([items.length, truncated]).toEqual([FILES, false])
      const { leftOut, problems } = await world.client().call('import.preview', { spec })
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(leftOut).toHaveLength(FILES - ours().length)
      const ran = await importAll(spec)
      tell('mixed documents', ran)
      expect(ran.result).toMatchObject({ filesDone: ours().length, filesFailed: [] })
      const named = await namedIn(ran.result)
      for (const { name, family } of files) {
        const line = family === 'documents' ? /^info: \d+ rows/ : /^warning: Left out: It is one of the/
        expect(named.get(`corpus/${name}`), name).toMatch(line)
      }
      await expectWhole(location(), paths())
      await expectRaw(location(), paths())
    },
    TIMEOUT_MS,
  )

  it('is found by its words and by its vectors', async () => expectFound(location(), ours(), 'corpus'), TIMEOUT_MS)

  it(
    'dropped again, only what changed is written, also when it is killed in the middle, and all of it can be undone',
    async () => {
      const [changed, gone] = [ours().slice(0, 10), ours().slice(10, 15)]
      const before = await rowsOf(location(), ['uuid', 'content_hash'])
      for (const { path } of changed)
        writeFileOf(
          folder,
          files.findIndex((file) => file.path === path),
          2,
        )
      for (const { path } of gone) rmSync(path)
      const added = Array.from({ length: 7 }, (_, at) => writeFileOf(folder, 1000 + at))
      const target = { kind: 'existing', location: location(), mode: 'update', gone: 'delete' } as const
      const spec = documents([folder], target, { embed: EMBED })
      const { update } = await world.client().call('import.preview', { spec })
      const names = (some: readonly CorpusFile[]) => some.map(({ name }) => `corpus/${name}`).toSorted()
      expect(update?.unchanged).toBe(ours().length - 15)
      expect([update?.new, update?.changed, update?.gone].map((some) => some?.toSorted())).toEqual(
        [added, changed, gone].map(names),
      )
      const result = await killAndGoOn(other, spec)
      expect(result).toMatchObject({ filesDone: ours().length - 5 + 7, filesFailed: [] })
      files = [...files.filter((file) => !gone.includes(file)), ...added]
      await expectWhole(location(), paths())
      await expectRaw(location(), paths())
      const again = await follow(other.client().stream('import.run', { spec }))
      expect(again.result).toMatchObject({ rowsWritten: 0, rowsDeleted: 0, versions: { after: result.versions.after } })
      await undoImport(other, location())
      expect(sorted(await rowsOf(location(), ['uuid', 'content_hash']))).toEqual(sorted(before))
    },
    TIMEOUT_MS,
  )
})

describe.skipIf(!isBuilt)('malformed files among good ones', () => {
  it(
    'cost nothing but themselves, and each is named with a reason',
    async () => {
      const folder = join(world.folder, 'malformed')
      const { names, close } = await writeMalformed(folder, MALFORMED, IS_LARGE)
      try {
        const good = writeCorpus(join(folder, 'good'), 40).filter(({ family }) => family === 'documents')
        const location = join(world.folder, 'malformed.lance')
        const engine = world.supervisor.process()
        const began = performance.now()
        const { items } = await world.client().call('import.inspect', { paths: [folder] })
        print(`corpus: malformed: ${items.length} inspected in ${((performance.now() - began) / 1000).toFixed(1)} s`)
        const spec = documents([folder], { kind: 'new', location }, { embed: EMBED })
        const ran = await importAll(spec)
        tell('malformed', ran)
        expect(world.supervisor.process()).toBe(engine)
        expect(ran.peakRssBytes).toBeLessThan(2e9)
        const named = await namedIn(ran.result)
        for (const name of names) expect(named.get(`malformed/${name}`), name).toMatch(/^\w+: .{5}/)
        for (const { name, reason } of ran.result.filesFailed) expect(reason, name).toMatch(/^.{5,}\.$/)
        const rows = await rowsOf(location, ['source_path', 'chunk', 'chunks'])
        for (const { name } of good) {
          const found = rows.filter((row) => row['source_path'] === `malformed/good/${name}`)
          expect(found.length, name).toBeGreaterThan(0)
          expect(found.length, name).toBe(found[0]?.['chunks'])
        }
        await expectQuick(folder, items)
      } finally {
        await close()
      }
    },
    TIMEOUT_MS,
  )
})

/** Asks the parser about one file after the other, as an import does, and tells the slowest. */
async function expectQuick(folder: string, items: readonly SourceItem[]): Promise<void> {
  const parser = new Parser()
  const times: { readonly name: string; readonly ms: number; readonly end: string }[] = []
  for (const { path, name, kind, family, compression } of items) {
    if (family !== 'documents' || path.includes('/good/')) continue
    const began = performance.now()
    const end = await parser
      .call('document.parse', { path, name, kind: kind as DocumentKind, compression }, { name })
      .then(async ({ text, blocks }) => {
        const document = { text, blocks }
        return (await parser.call('document.chunk', { document, chunking: CHUNKING }, { name })).length
      })
      .then(
        (chunks) => `${chunks} chunks`,
        (error: unknown) => String(error),
      )
    times.push({ name: name.slice(-60), ms: performance.now() - began, end })
  }
  await parser.close()
  const slowest = times.toSorted((a, b) => b.ms - a.ms)
  for (const { name, ms, end } of slowest.slice(0, IS_LARGE ? 5 : 1)) {
    print(
      `corpus: slowest in ${basename(folder)}: ${JSON.stringify(name)} ${(ms / 1000).toFixed(1)} s, ${end.slice(0, 120)}`,
    )
  }
}

describe.skipIf(!isBuilt || !IS_LARGE || !existsSync(INSTALLED))('documentation of this machine', () => {
  it(
    'becomes records, or is named with a reason',
    async () => {
      const folder = join(world.folder, 'documentation')
      const names = copyInstalled(folder, FILES)
      const location = join(world.folder, 'documentation.lance')
      const ran = await importAll(documents([folder], { kind: 'new', location }, { embed: EMBED }))
      tell('installed documentation', ran)
      const named = await namedIn(ran.result)
      for (const name of names) expect(named.has(`documentation/installed/${name}`), name).toBe(true)
    },
    TIMEOUT_MS,
  )
})
