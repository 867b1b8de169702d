import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { decodeRows, fingerprintRow } from '../lance/index.ts'
import { arrow, numbered } from '../lance/tables.fixture.ts'
import { findAppend } from './find-append.ts'
import type { AppendProof } from './prove-append.ts'

/* What a process that was killed meant to append, looked for among the commits since. */

let test: TestContext
beforeAll(async () => void (test = await makeTestContext()))
afterAll(() => test.remove())

const columns = numbered(1).schema.fields.map(({ name }) => name)

function proofOf(count: number, from: number): AppendProof {
  const [batch] = decodeRows(arrow.tableToIPC(numbered(count, from), 'file'))
  if (batch === undefined) throw new Error('no rows')
  const first = fingerprintRow(batch, 0, columns)
  const last = fingerprintRow(batch, count - 1, columns)
  return { base: 1, rows: count, first, last }
}

async function search(name: string, commits: readonly (readonly [count: number, from: number])[]) {
  const table = await test.folder.create(name, numbered(10))
  for (const [count, from] of commits) await table.add(numbered(count, from))
  const dataset = test.context.datasets.get(await test.open(name))
  return findAppend(test.context, dataset, proofOf(5, 100), columns)
}

it('finds nothing where nothing was committed', async () => {
  expect(await search('none', [])).toBeUndefined()
})

it('finds its rows, also between commits of others', async () => {
  expect(await search('alone', [[5, 100]])).toBe(2)
  expect(
    await search('between', [
      [7, 20],
      [5, 100],
      [5, 40],
    ]),
  ).toBe(3)
})

it('does not take as many rows of others for its own', async () => {
  expect(
    await search('others', [
      [5, 200],
      [5, 99],
    ]),
  ).toBeUndefined()
})

it('refuses to guess between two that fit', async () => {
  const twice = search('twice', [
    [5, 100],
    [5, 100],
  ])
  await expect(twice).rejects.toMatchObject({ code: 'commit-conflict' })
})
