import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Output } from '#shared/contract/index.ts'
import type { ImportResult } from '#shared/model/import/result.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'
import type { World } from '../world.fixture.ts'

type Names =
  | 'import.inspect'
  | 'import.look'
  | 'import.preview'
  | 'import.run'
  | 'import.resume'
  | 'import.pause'
  | 'import.list'
  | 'import.log'
  | 'import.forget'

/** A folder of two files: a table of four rows of which one is bad, and a text. */
async function makeFiles(world: World): Promise<string> {
  const folder = join(world.folder, `files-${world.freshName()}`)
  await mkdir(folder)
  await writeFile(join(folder, 'table.csv'), 'id,name\n1,one\n2,two\nx,three\n4,four\n')
  await writeFile(join(folder, 'words.txt'), 'Some words in a file. '.repeat(20))
  return folder
}

async function makeSpec(world: World): Promise<ImportSpec> {
  return {
    version: 1,
    sources: { paths: [await makeFiles(world)] },
    rows: {
      kind: 'tables',
      reading: {},
      columns: [
        { source: 'id', type: 'int64' },
        { source: 'name', type: 'string' },
      ],
      badRows: 'reject',
    },
    target: { kind: 'new', location: join(world.folder, `imported-${world.freshName()}.lance`) },
  }
}

async function runOne(world: World): Promise<ImportResult> {
  const spec = await makeSpec(world)
  for await (const event of world.client().stream('import.run', { spec }))
    if (event.kind === 'done') return event.result
  throw new Error('the import ended without a result')
}

/** An import that runs: its process takes longer to start than the next call. */
async function startOne(world: World): Promise<string> {
  const spec = await makeSpec(world)
  for await (const { kind } of world.client().stream('import.run', { spec })) if (kind === 'job') break
  const running = (await world.client().call('import.list', {})).find((record) => record.state === 'running')
  if (running === undefined) throw new Error('no import runs')
  return running.id
}

async function pauseOne(world: World): Promise<string> {
  const { id } = await world.client().call('import.pause', { import: await startOne(world) })
  return id
}

function resultOf(events: readonly Output<'import.run'>[]): ImportResult {
  const last = events.at(-1)
  if (last?.kind !== 'done') throw new Error('the job did not end with a result')
  return last.result
}

export const importsCases: Pick<Cases, Names> = {
  'import.inspect': {
    input: async (world) => ({ paths: [await makeFiles(world), world.location] }),
    check: ([answer]) => {
      const items = answer?.items ?? []
      expectEqual(
        items.map(({ kind, family }) => `${kind} ${family}`),
        ['csv tables', 'text documents', 'lance tables'],
        'kinds',
      )
      expectEqual(items[2]?.rows, 999, 'rows of the dataset')
      expectEqual(answer?.truncated, false, 'truncated')
    },
  },
  'import.look': {
    input: async (world) => ({ paths: [await makeFiles(world), world.location] }),
    check: (events) => {
      const last = events.at(-1)
      if (last?.kind !== 'done') throw new Error('it does not end with what there is')
      expectEqual(
        last.items.map(({ kind }) => kind),
        ['csv', 'text', 'lance'],
        'kinds',
      )
    },
  },
  'import.preview': {
    input: async (world) => ({ spec: await makeSpec(world) }),
    check: ([preview]) => {
      expectEqual(preview?.items.length, 1, 'items')
      expectEqual(preview?.leftOut.length, 1, 'left out')
      expectEqual(preview?.badRows.count, 1, 'bad rows')
      expectEqual(preview?.sampleRows, 3, 'rows of the sample')
      expectThat((preview?.sample?.byteLength ?? 0) > 0, 'there is a sample')
    },
  },
  'import.run': {
    input: async (world) => ({ spec: await makeSpec(world) }),
    check: (events) => {
      const { rowsWritten, rowsRejected, filesDone, versions } = resultOf(events)
      expectEqual([rowsWritten, rowsRejected, filesDone, versions.before, versions.after], [3, 1, 1, 1, 2], 'result')
    },
  },
  'import.resume': {
    input: async (world) => ({ import: await pauseOne(world) }),
    check: (events) => expectEqual(resultOf(events).rowsWritten, 3, 'rows'),
  },
  'import.pause': {
    input: async (world) => ({ import: await startOne(world) }),
    check: ([record]) => expectEqual([record?.state, record?.rowsWritten], ['paused', 0], 'record'),
  },
  'import.list': {
    input: async (world) => {
      await runOne(world)
      return {}
    },
    check: ([records]) => expectEqual([records?.[0]?.state, records?.[0]?.rowsWritten], ['done', 3], 'newest'),
  },
  'import.log': {
    input: async (world) => ({ import: (await runOne(world)).import }),
    check: ([lines]) =>
      expectThat(
        (lines ?? []).some(({ file }) => file !== undefined),
        'a file is named',
      ),
  },
  'import.forget': {
    input: async (world) => ({ import: (await runOne(world)).import }),
    check: (results) => expectEqual(results, [null], 'nothing'),
  },
}
