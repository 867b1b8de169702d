import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RelevanceQuery, RelevanceSet } from '#shared/model/relevance.ts'
import { createRelevanceHandlers } from '../relevance/index.ts'
import { idle, makeTestEngine, page, valuesOf, type TestEngine } from '../rows/engine.fixture.ts'
import { createSearchHandlers } from '../search/index.ts'
import { createSampleHandlers } from './index.ts'

let engine: TestEngine
let dataset: string
let set: RelevanceSet
beforeAll(async () => {
  engine = await makeTestEngine()
  const { location } = await createSampleHandlers(engine.context)['sample.ensure']({}, idle)
  dataset = (await engine.context.datasets.open(location)).handle
  const relevance = createRelevanceHandlers(engine.context)
  const [entry] = await relevance['relevance.list']({ dataset }, idle)
  set = await relevance['relevance.get']({ dataset, name: entry?.kind === 'set' ? entry.name : '' }, idle)
})
afterAll(() => engine.remove())

/** Titles one configuration finds for a question, best first. */
async function titlesFound(query: RelevanceQuery, index: number): Promise<readonly unknown[]> {
  const { use, filter } = set.configurations[index] ?? { use: 'text' }
  const { vector, text, textColumns } = query
  const search = createSearchHandlers(engine.context)['search.run']
  const asked = { ...(use === 'text' ? {} : { vector }), ...(use === 'vector' ? {} : { text, textColumns }) }
  const result = await search({ dataset, k: set.k, filter, columns: ['title'], ...(asked as object) }, idle)
  return valuesOf({ ...result, total: 0 }, 'title')
}

it('has a judged question for each of a dozen, over rows that are there', async () => {
  expect(set).toMatchObject({ name: 'Questions about the sample', k: 10, keyColumn: 'title', runs: [] })
  expect(set.queries).toHaveLength(12)
  const rows = await page(engine, { dataset, filter: set.configurations[0]?.filter, columns: ['title'] })
  const titles = valuesOf(rows, 'title')
  expect(new Set(titles).size).toBe(titles.length)
  for (const { label, judgments } of set.queries) {
    expect(judgments.filter(({ grade }) => grade === 1).length, label).toBeGreaterThan(0)
    for (const { key } of judgments) expect(titles, label).toContain(key)
  }
})

it.each([0, 1, 2])('finds most relevant rows in every way (%i)', async (index) => {
  let [found, relevant] = [0, 0]
  for (const query of set.queries) {
    const titles = await titlesFound(query, index)
    expect(titles.length).toBeLessThanOrEqual(set.k)
    const wanted = query.judgments.filter(({ grade }) => grade === 1)
    relevant += wanted.length
    found += wanted.filter(({ key }) => titles.includes(key)).length
  }
  expect(found / relevant).toBeGreaterThan(0.5)
})
