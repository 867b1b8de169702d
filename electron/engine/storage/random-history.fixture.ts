import { setTimeout as sleep } from 'node:timers/promises'
import type { Table } from '@lancedb/lancedb'
import { createRandom } from '#shared/random.fixture.ts'
import type { DatasetFolder } from '../datasets/datasets.fixture.ts'
import { lancedb } from '../lance/tables.fixture.ts'

const { Index } = lancedb

/** Random choices that are the same for the same seed. */
export interface Dice {
  /** Whole number from 0 to below `count`. */
  roll(count: number): number
  chance(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

export function createDice(seed: number): Dice {
  const roll = createRandom(seed)
  return { roll, chance: (share) => roll(2 ** 32) < share * 2 ** 32, pick: (items) => items[roll(items.length)]! }
}

export interface RandomHistory {
  readonly location: string
  readonly main: Table
  /** Open branches by name. */
  readonly branches: ReadonlyMap<string, Table>
  /** What was done, for the message of a failing test. */
  readonly log: readonly string[]
}

interface State {
  readonly dice: Dice
  readonly main: Table
  readonly branches: Map<string, Table>
  readonly log: string[]
  nextId: number
}

const STORAGE_OPTIONS = [
  undefined,
  undefined,
  { new_table_enable_stable_row_ids: 'true' },
  { new_table_enable_v2_manifest_paths: 'false' },
]

function makeRows(from: number, count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    id: from + index,
    text: `row ${from + index}`,
    kind: (from + index) % 5,
    vector: [from + index, index, 1, -1],
  }))
}

/**
 * A small dataset with `steps` random commits, tags, branches and restores. With `pauseMs` some commits are that far apart:
 * a cut-off needs a place between two, as LanceDB is told an age and takes milliseconds to come to it.
 */
export async function makeRandomHistory(
  folder: DatasetFolder,
  name: string,
  dice: Dice,
  steps: number,
  pauseMs = 0,
): Promise<RandomHistory> {
  const main = await folder.create(name, makeRows(0, 10 + dice.roll(30)), dice.pick(STORAGE_OPTIONS))
  const state: State = { dice, main, branches: new Map(), log: [], nextId: 100 }
  for (let step = 0; step < steps; step++) {
    const branch = state.branches.size > 0 && dice.chance(0.35) ? dice.pick([...state.branches.keys()]) : undefined
    const what = dice.pick(STEPS)
    const table = branch === undefined ? main : state.branches.get(branch)!
    try {
      await what.run(state, table, branch)
      state.log.push(`${what.name}${branch === undefined ? '' : ` on ${branch}`}`)
    } catch (error) {
      state.log.push(`${what.name} failed: ${String(error).split('\n')[0]!.slice(0, 120)}`)
      await table.checkoutLatest()
    }
    if (dice.chance(0.5) && pauseMs > 0) await sleep(pauseMs)
  }
  return { location: folder.location(name), main, branches: state.branches, log: state.log }
}

interface Step {
  readonly name: string
  run(state: State, table: Table, branch: string | undefined): Promise<unknown>
}

const STEPS: readonly Step[] = [
  { name: 'append', run: append },
  { name: 'append', run: append },
  { name: 'append', run: append },
  { name: 'delete', run: ({ dice }, table) => table.delete(`id % ${2 + dice.roll(12)} = 0`) },
  { name: 'delete one', run: ({ dice, nextId }, table) => table.delete(`id = ${dice.roll(nextId)}`) },
  {
    name: 'update',
    run: ({ dice }, table) => table.update({ where: `kind = ${dice.roll(5)}`, values: { text: 'changed' } }),
  },
  { name: 'upsert', run: upsert },
  { name: 'index', run: ({ dice }, table) => createIndex(dice, table) },
  { name: 'optimize', run: (_, table) => table.optimize({ cleanupOlderThan: new Date(0) }) },
  { name: 'optimize and delete a little', run: deleteLittle },
  { name: 'tag', run: tag },
  { name: 'branch', run: createBranch },
  { name: 'restore', run: restore },
  { name: 'add column', run: ({ nextId }, table) => table.addColumns([{ name: `c${nextId}`, valueSql: 'id * 2' }]) },
  { name: 'overwrite', run: (state, table) => table.add(makeRows(state.nextId++, 20), { mode: 'overwrite' }) },
]

async function append(state: State, table: Table): Promise<void> {
  const columns = (await table.schema()).fields.map(({ name }) => name)
  const count = 1 + state.dice.roll(8)
  const rows = makeRows(state.nextId, count).map((row) =>
    Object.fromEntries(columns.map((name) => [name, row[name] ?? 0])),
  )
  state.nextId += count
  await table.add(rows)
}

async function upsert(state: State, table: Table): Promise<void> {
  const columns = (await table.schema()).fields.map(({ name }) => name)
  const rows = [...makeRows(state.dice.roll(10), 3), ...makeRows(state.nextId, 2)]
  state.nextId += 2
  await table
    .mergeInsert('id')
    .whenMatchedUpdateAll()
    .whenNotMatchedInsertAll()
    .execute(rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? 0]))))
}

async function createIndex(dice: Dice, table: Table): Promise<void> {
  const [column, config] = dice.pick([
    ['id', Index.btree()],
    ['kind', Index.bitmap()],
    ['text', Index.fts()],
    // Grows by segments, which keep fragments from being compacted together.
    ['vector', Index.ivfFlat({ numPartitions: 1 })],
    ['vector', Index.ivfFlat({ numPartitions: 1 })],
  ] as const)
  await table.createIndex(column, { config, replace: true })
}

/** Leaves fragments with fewer deleted rows than compaction bothers with. */
async function deleteLittle(_: State, table: Table): Promise<void> {
  await table.optimize({ cleanupOlderThan: new Date(0) })
  const [row] = (await table.query().select(['id']).limit(1).toArray()) as { readonly id: number }[]
  await table.delete(`id = ${row!.id}`)
}

async function tag({ dice, nextId }: State, table: Table): Promise<void> {
  const versions = await table.listVersions()
  await (await table.tags()).create(`t${nextId}-${dice.roll(1000)}`, dice.pick(versions).version)
}

async function createBranch({ dice, branches }: State, table: Table): Promise<void> {
  const name = dice.pick(['dev', 'feat/a', 'feat/b', 'x.y-z']) + dice.roll(100)
  const handle = await table.branches()
  const versions = await table.listVersions()
  const from = [...branches].find(([, it]) => it === table)?.[0]
  await handle.create(name, from, dice.chance(0.5) ? dice.pick(versions).version : undefined)
  branches.set(name, await handle.checkout(name))
}

async function restore({ dice }: State, table: Table): Promise<void> {
  const versions = await table.listVersions()
  await table.checkout(dice.pick(versions).version)
  await table.restore()
}
