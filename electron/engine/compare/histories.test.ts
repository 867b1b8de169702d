import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from '#shared/random.fixture.ts'
import { makeTestEngine, type TestEngine } from '../rows/engine.fixture.ts'
import { compareAll, type Comparer, type Compared } from './compare.fixture.ts'
import { createCompareHandlers } from './index.ts'
import { diffPlainly } from './oracle.fixture.ts'
import { makeRandomHistory, readVersion, type KnownRow, type RandomHistory } from './random-history.fixture.ts'

/*
 * Comparisons of random histories against a plain diff of all rows as LanceDB reads them: row ids, keys with repeated and
 * null values, and content, over deletes, updates, upserts, compaction, columns added and dropped, and restores.
 */

const HISTORIES = 60
const BATCH = 12
const FIRST_SEED = Number(process.env['SEED'] ?? 1)

let engine: TestEngine
let comparer: Comparer

beforeAll(async () => {
  engine = await makeTestEngine()
  comparer = createCompareHandlers(engine.context)
})
afterAll(() => engine.remove())

const text = (row: Readonly<Record<string, string>>): string => JSON.stringify(row)

function found(compared: Compared) {
  return {
    added: compared.added.map(text).sort(),
    removed: compared.removed.map(text).sort(),
    changed: compared.changed.map(({ before, after }) => `${text(before)} -> ${text(after)}`).sort(),
    changedCells: Object.fromEntries(compared.totals.changedCells.map(({ column, cells }) => [column, cells])),
    nullKeys: compared.totals.nullKeys,
  }
}

function sharedColumns(from: readonly KnownRow[], to: readonly KnownRow[], compared: Compared): readonly string[] {
  const left = new Set(compared.totals.notCompared.map(({ column }) => column))
  const before = Object.keys(from[0]?.cells ?? {})
  return Object.keys(to[0]?.cells ?? {}).filter((name) => before.includes(name) && !left.has(name))
}

async function check(history: RandomHistory, dataset: string, versions: readonly [number, number]): Promise<void> {
  const [older, newer] = versions
  const [from, to] = [await readVersion(history.table, older), await readVersion(history.table, newer)]
  if (from.length === 0 || to.length === 0) return
  const sides = { from: { dataset, ref: { version: older } }, to: { dataset, ref: { version: newer } } }
  const keys = [undefined, (older + newer) % 3 === 0 ? ['number', 'text'] : ['id']]
  for (const key of keys) {
    const compared = await compareAll(comparer, { ...sides, rows: key === undefined ? {} : { key } })
    const { totals } = compared
    const identity = key ?? (history.isStable ? 'row-id' : 'content')
    const what = `seed ${history.name}, versions ${older} and ${newer}, by ${String(identity)}: ${history.operations.join(', ')}`
    const plain = diffPlainly(from, to, sharedColumns(from, to, compared), identity)
    const { duplicates, nullKeys, ...rest } = plain
    const { nullKeys: nulls, ...ours } = found(compared)
    expect(ours, what).toEqual(rest)
    expect(totals.added + totals.changed + totals.unchanged, what).toBe(to.length)
    expect(totals.removed + totals.changed + totals.unchanged, what).toBe(from.length)
    for (const side of ['from', 'to'] as const) {
      // Rows that are the same on both sides are not read, so what repeats among them is not seen.
      expect(totals.duplicateKeys[side], what).toBeLessThanOrEqual(key === undefined ? 0 : duplicates[side])
      expect(nulls[side], what).toBeLessThanOrEqual(nullKeys[side])
    }
    for (const { columns, before, after } of compared.changed) {
      expect(columns, what).toEqual(Object.keys(after).filter((name) => before[name] !== after[name]))
    }
  }
}

it.each(Array.from({ length: HISTORIES / BATCH }, (_, batch) => FIRST_SEED + batch * BATCH))(
  `finds what a plain diff finds, histories %i and ${BATCH - 1} more`,
  async (first) => {
    for (let seed = first; seed < first + BATCH; seed++) {
      const history = await makeRandomHistory(engine.folder, seed)
      const dataset = await engine.open(history.name)
      const random = createRandom(seed + 1000)
      for (let pair = 0; pair < 2; pair++) {
        await check(history, dataset, [1 + random(history.versions), 1 + random(history.versions)])
      }
    }
  },
  60_000,
)

it('finds what a plain diff finds between two datasets, repeated and null keys counted', async () => {
  const histories = await Promise.all([303, 306].map((seed) => makeRandomHistory(engine.folder, seed)))
  const [a, b] = histories as [RandomHistory, RandomHistory]
  const [from, to] = [await readVersion(a.table, a.versions), await readVersion(b.table, b.versions)]
  const sides = { from: { dataset: await engine.open(a.name) }, to: { dataset: await engine.open(b.name) } }
  for (const key of [undefined, ['id'], ['text']]) {
    const compared = await compareAll(comparer, { ...sides, rows: key === undefined ? {} : { key } })
    const plain = diffPlainly(from, to, sharedColumns(from, to, compared), key ?? 'content')
    const { duplicates, ...rest } = plain
    expect(found(compared)).toEqual(rest)
    expect(compared.summary).toMatchObject({ isSameDataset: false, fragments: null })
    const { examples, ...counts } = compared.totals.duplicateKeys
    expect(counts).toEqual(key === undefined ? { from: 0, to: 0 } : duplicates)
    if (key !== undefined) expect(examples.length).toBeGreaterThan(0)
  }
}, 30_000)
