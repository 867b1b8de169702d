import { cp, mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { VersionEntry } from '#shared/model/version.ts'
import type { EngineContext } from '../context.ts'
import { readLegacyRowCount } from '../format/legacy-file.ts'
import { createFragmentsHandlers } from '../fragments/index.ts'
import { createVersionsHandlers } from '../versions/index.ts'
import { createDatasetRegistry, createDatasetsHandlers } from './index.ts'

/** Written by Lance 0.5, which left rows, deleted rows and sizes out of its manifests; see fixtures/make.py. */
const OLD = fileURLToPath(new URL('fixtures/uncounted.lance', import.meta.url))
const idle = { signal: new AbortController().signal }

function engine() {
  const paths = { dataDir: '', root: undefined }
  return { datasets: createDatasetRegistry({ paths }), paths } as unknown as EngineContext
}

it('counts the rows the first writers did not record, in summary and fragments', async () => {
  const context = engine()
  const handlers = createDatasetsHandlers(context)
  const opened = await handlers['datasets.open']({ location: OLD }, idle)
  expect(opened).toMatchObject({ version: 3, rows: 140, deletedRows: 10, fragments: 2, formatVersion: '0.1' })
  expect(opened.dataBytes).toBeGreaterThan(500)
  const fragments = await createFragmentsHandlers(context)['fragments.list']({ dataset: opened.dataset }, idle)
  expect(fragments).toMatchObject([
    { physicalRows: 100, deletedRows: 10, liveRows: 90, rowStart: 0, bytes: null },
    { physicalRows: 50, deletedRows: 0, liveRows: 50, rowStart: 90, bytes: null },
  ])
})

it('says in the timeline what is not known instead of zero', async () => {
  const context = engine()
  const { handle } = await context.datasets.open(OLD)
  const entries: VersionEntry[] = []
  for await (const entry of createVersionsHandlers(context)['versions.list']({ dataset: handle }, idle)) {
    entries.push(entry)
  }
  expect(entries).toHaveLength(3)
  for (const entry of entries) {
    expect(entry).toMatchObject({ rowsPartial: true, rowsDelta: null, dataBytesPartial: true, dataBytesDelta: null })
  }
})

it('opens all the same when the files to count are damaged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tiltyard-uncounted-'))
  try {
    const location = join(folder, 'old.lance')
    await cp(OLD, location, { recursive: true })
    for (const name of await readdir(join(location, 'data'))) await truncate(join(location, 'data', name), 30)
    const opened = await createDatasetsHandlers(engine())['datasets.open']({ location }, idle)
    expect(opened).toMatchObject({ version: 3, rows: 0, fragments: 2 })
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('takes nothing for a data file that is none', () => {
  const footer = (position: bigint, magic = 'LANC'): Uint8Array => {
    const file = Buffer.alloc(24)
    file.writeBigInt64LE(position, 8)
    file.write(magic, 20)
    return Uint8Array.from(file)
  }
  const damage = expect.objectContaining({ code: 'corrupt-manifest' })
  expect(() => readLegacyRowCount(new Uint8Array(8), 8)).toThrow(damage)
  expect(() => readLegacyRowCount(footer(0n, 'XXXX'), 24)).toThrow(damage)
  expect(() => readLegacyRowCount(footer(20n), 24)).toThrow(damage)
  expect(readLegacyRowCount(footer(0n), 24)).toBeUndefined()
  expect(readLegacyRowCount(footer(0n), 5000)).toBeUndefined()
})
