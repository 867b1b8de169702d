import path from 'node:path'
import type { Page } from '@playwright/test'
import { lancedb } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

const TOPICS = ['the quick brown fox runs', 'a lazy dog sleeps', 'bread baked in a brown oven']

const rowsFrom = (start: number, count: number) =>
  Array.from({ length: count }, (_, i) => start + i).map((n) => ({
    id: BigInt(n),
    text: `${TOPICS[n % 3]!} number ${n}`,
    kind: n % 2 === 0 ? 'even' : 'odd',
    vector: Array.from({ length: 16 }, (_v, j) => Math.sin(n * 3 + j * 7)),
  }))

/** 640 rows of text and vectors; indices cover the first 600. */
async function makeBooks(folder: string): Promise<string> {
  const table = await (await lancedb.connect(folder)).createTable('books', rowsFrom(0, 600))
  const { Index } = lancedb
  await table.createIndex('vector', { config: Index.ivfFlat({ numPartitions: 4 }), name: 'vector_idx' })
  await table.createIndex('text', { config: Index.fts(), name: 'text_idx' })
  await table.createIndex('id', { name: 'id_idx' })
  await table.add(rowsFrom(600, 40))
  return path.join(folder, 'books.lance')
}

const found = (page: Page) => page.getByRole('grid', { name: 'Rows found in books' })
const answered = (page: Page) => page.getByRole('status').filter({ hasText: /rows? in / })
const cell = (page: Page, row: number, column: number) =>
  found(page).locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column}"]`)

test('rows like one are found, and how is said', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.cell(5, 1).click()
  await tiltyard.view('Search').click()
  await expect(page.getByRole('textbox', { name: 'Row id to start from' })).toHaveValue('5')
  await tiltyard.filter('id < 500')
  await expect(found(page)).toHaveAttribute('aria-rowcount', '21')
  await expect(cell(page, 0, 1)).toHaveText('1')
  await expect(cell(page, 0, 2)).toHaveText('0')
  await expect(answered(page)).toContainText('IVF_FLAT vector_idx (1 segment, at most 20 partitions)')
  await expect(answered(page)).toContainText('filter by BTREE id_idx')
  await expect(page.getByRole('list', { name: 'Worth knowing' })).toContainText(
    '40 of 640 rows were searched one by one: the index vector_idx does not cover them.',
  )
  // The next search starts from a row of this one.
  await cell(page, 3, 3).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Find similar rows' }).click()
  await expect(page.getByRole('textbox', { name: 'Row id to start from' })).not.toHaveValue('5')
  await expect(found(page)).toHaveAttribute('aria-rowcount', '21')
  await cell(page, 0, 3).click()
  await expect(tiltyard.inspector).toBeVisible()
})

test('settings say what they do, and those without effect are named', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('combobox', { name: 'Vector from' }).selectOption('numbers')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText('Paste the numbers of a vector.')
  await page.getByRole('textbox', { name: 'Numbers of the vector' }).fill('[1, 2, 3]')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('alert')).toContainText('No column holds vectors of 3 numbers.')
  const vector = JSON.stringify(rowsFrom(9, 1)[0]!.vector)
  await page.getByRole('textbox', { name: 'Numbers of the vector' }).fill(vector)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('combobox', { name: 'Distance' }).selectOption('cosine')
  await page.getByRole('textbox', { name: 'ef', exact: true }).fill('50')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(cell(page, 0, 1)).toHaveText('1')
  const notes = page.getByRole('list', { name: 'Worth knowing' })
  await expect(notes).toContainText('The index vector_idx is for l2 distance; for cosine every row was compared.')
  await expect(notes).toContainText('"ef" had no effect: only HNSW indices know it.')
  await expect(answered(page)).toContainText('640 rows compared one by one')
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByRole('button', { name: 'Settings' })).toHaveText(/Settings$/)
})

test('words are found by the index, alone and together with a vector', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Text' }).click()
  const words = page.getByRole('textbox', { name: 'Words to look for' })
  await words.fill('running foxes')
  await words.press('Enter')
  await expect(found(page)).toHaveAttribute('aria-rowcount', '21')
  await expect(answered(page)).toContainText('FTS text_idx')
  await page.getByRole('combobox', { name: 'How the words match' }).selectOption('phrase')
  await words.press('Enter')
  await expect(page.getByRole('alert')).toContainText('keeps no positions')
  await page.getByRole('combobox', { name: 'How the words match' }).selectOption('words')
  await page.getByRole('radio', { name: 'Hybrid' }).click()
  await page.getByRole('textbox', { name: 'Row id to start from' }).fill('7')
  await words.press('Enter')
  await expect(found(page).getByRole('columnheader', { name: /^fused/ })).toBeVisible()
  await expect(found(page).getByRole('columnheader', { name: /^by text/ })).toBeVisible()
  await words.fill('zebra')
  await page.getByRole('radio', { name: 'Text' }).click()
  await words.press('Enter')
  await expect(page.getByRole('heading', { name: 'No rows found' })).toBeVisible()
})

test('the plan is a tree with measured steps, and the search can be copied', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('radio', { name: 'Plan' }).click()
  const plan = page.getByRole('treegrid', { name: 'Plan of the search' })
  await expect(plan.getByRole('row', { name: /ANNSubIndex.*vector_idx/ })).toBeVisible()
  await expect(plan.getByRole('columnheader', { name: 'Partitions' })).toBeVisible()
  await page.getByRole('radio', { name: 'Raw text' }).click()
  await expect(page.getByLabel('Plan as Lance prints it')).toContainText('AnalyzeExec')
  // What the plan measured stands in the line, too.
  await expect(page.getByRole('status').filter({ hasText: /^ · 4 partitions, .* when run again$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Copy this search as code' }).click()
  await page.getByRole('menuitem', { name: 'Copy as TypeScript' }).click()
  expect(await tiltyard.clipboard()).toContain('.nearestTo(vectors[0])')
})

test('an older version is searched as it was', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(answered(page)).toContainText('version 5')
  await tiltyard.view('Versions').click()
  await tiltyard.version(1).click()
  await tiltyard.view('Search').click()
  await expect(answered(page)).toContainText('600 rows compared one by one')
  await expect(answered(page)).toContainText('version 1')
})

test('indices show what they cover and what uses them', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Indices').click()
  const table = page.getByRole('grid', { name: 'Indices' })
  await expect(table).toHaveAttribute('aria-rowcount', '4')
  await expect(table.getByRole('row', { name: /vector_idx.*IVF_FLAT.*600 · 6\.3% outside/ })).toBeVisible()
  await table.getByRole('row', { name: /text_idx/ }).click()
  const details = page.getByRole('region', { name: 'Index text_idx' })
  await expect(details).toContainText('No phrases: it was built without positions.')
  await expect(details).toContainText('baseTokenizer')
  await expect(details).toContainText('1 of 2 fragments')
  await expect(details).toContainText('40 rows written since are outside')
})

test('a dataset without vectors or text, or without indices, says so', async ({ tiltyard, folder, page }) => {
  await (await lancedb.connect(folder)).createTable('plain', [{ id: 1 }, { id: 2 }])
  await tiltyard.openPath(path.join(folder, 'plain.lance'))
  await tiltyard.view('Search').click()
  await expect(page.getByRole('heading', { name: 'Nothing here can be searched' })).toBeVisible()
  await tiltyard.view('Indices').click()
  await expect(page.getByRole('heading', { name: 'This version has no indices' })).toBeVisible()
})

test('rows like one are asked for where the row is seen', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.chooseInCellMenu(3, 1, 'Find similar rows')
  await expect(page.getByRole('textbox', { name: 'Row id to start from' })).toHaveValue('3')
  await expect(found(page)).toHaveAttribute('aria-rowcount', '21')
  // From the recall laboratory in front, too: the answer is what was asked for.
  await page.getByRole('radio', { name: 'Recall' }).click()
  await tiltyard.view('Data').click()
  await tiltyard.cell(8, 1).click()
  await expect(page.getByRole('region', { name: 'Row 8', exact: true })).toBeVisible()
  await tiltyard.field('vector').hover()
  await tiltyard.field('vector').getByRole('button', { name: 'Find similar by vector' }).click()
  await expect(page.getByRole('textbox', { name: 'Row id to start from' })).toHaveValue('8')
  await expect(cell(page, 0, 2)).toHaveText('0')
})

test('searches are remembered, and kept under a name', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  const row = page.getByRole('textbox', { name: 'Row id to start from' })
  const filter = page.getByRole('textbox', { name: 'Filter (SQL)' })
  await row.fill('5')
  await tiltyard.typeFilter('id < 50')
  await row.press('Enter')
  await expect(found(page)).toHaveAttribute('aria-rowcount', '21')
  await page.getByRole('button', { name: 'Saved searches' }).click()
  await page.getByRole('menuitem', { name: 'Save this search…' }).click()
  await page.getByRole('textbox', { name: 'Name of the search' }).fill('early ones')
  await page.keyboard.press('Enter')
  await row.fill('9')
  await filter.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await row.press('Enter')
  await expect(cell(page, 0, 2)).toHaveText('0')

  await page.getByRole('button', { name: 'Recent searches' }).click()
  await expect(page.getByRole('menuitem', { name: 'like row 9' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'like row 5 where id < 50' }).click()
  await expect(row).toHaveValue('5')
  await expect(filter).toHaveText('id < 50')
  await expect(answered(page)).toContainText('filter by BTREE id_idx')

  await page.getByRole('button', { name: 'Saved searches' }).click()
  await page.getByRole('menuitem', { name: 'Rename or delete…' }).click()
  await page.getByRole('button', { name: 'Rename early ones' }).click()
  await page.getByRole('textbox', { name: 'New name of early ones' }).fill('first fifty')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.reload()
  await tiltyard.view('Search').click()
  await page.getByRole('button', { name: 'Saved searches' }).click()
  await page.getByRole('menuitem', { name: /^first fifty/ }).click()
  await expect(filter).toHaveText('id < 50')
  await expect(found(page)).toHaveAttribute('aria-rowcount', '21')
})

test('a query of several parts is put together and run', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Text' }).click()
  await page.getByRole('textbox', { name: 'Words to look for' }).fill('brown')
  await page.getByRole('combobox', { name: 'How the words match' }).selectOption('builder')
  // The words come along.
  await expect(page.getByRole('textbox', { name: 'Words', exact: true })).toHaveValue('brown')
  await page.getByRole('combobox', { name: 'Kind of query' }).selectOption('boolean')
  await page.getByRole('button', { name: 'Add to must not' }).click()
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText('A match has no words yet.')
  const mustNot = page.getByRole('group', { name: 'must not', exact: true })
  await mustNot.getByRole('textbox', { name: 'Words', exact: true }).fill('fox')
  await mustNot.getByRole('textbox', { name: 'Words', exact: true }).press('Enter')
  await expect(found(page)).toHaveAttribute('aria-rowcount', '21')
  await expect(cell(page, 0, 3)).toContainText('bread baked in a brown oven')
  await expect(answered(page)).toContainText('FTS text_idx')
})

test('the command for similar rows brings the query into sight, whatever part was left in front', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Recall' }).click()
  await tiltyard.view('Data').click()
  await tiltyard.cell(4, 1).click()
  await expect(page.getByRole('region', { name: 'Row 4', exact: true })).toBeVisible()
  await tiltyard.command('Find rows similar to the selected row')
  await expect(page.getByRole('textbox', { name: 'Row id to start from' })).toHaveValue('4')
  await expect(cell(page, 0, 2)).toHaveText('0')
})

test('bytes and requests are measured at a press', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('checkbox', { name: /^Exact/ }).check()
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(answered(page)).toContainText('640 rows compared one by one')
  await page.getByRole('button', { name: 'Measure bytes and requests' }).click()
  await expect(page.getByText(/[1-9][\d.]* kB in [1-9]\d* requests? when run again/)).toBeVisible()
  // Another search is measured for itself.
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Measure bytes and requests' })).toBeVisible()
})

/** A filter that costs about 30 µs a row, and 60,000 rows to be filtered. */
const SLOW = "sha512(repeat(cast(id as string), 2000)) != 'a'"
async function makeMany(folder: string): Promise<string> {
  const rows = Array.from({ length: 60_000 }, (_, n) => ({
    id: n,
    vector: Array.from({ length: 16 }, (_v, j) => Math.sin(n * 3 + j * 7)),
  }))
  await (await lancedb.connect(folder)).createTable('many', rows)
  return path.join(folder, 'many.lance')
}

test('a search that takes long is given up, and the answer before it stays', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeMany(folder))
  await tiltyard.view('Search').click()
  const cancel = page.getByRole('button', { name: 'Cancel' })
  const grid = page.getByRole('grid', { name: 'Rows found in many' })
  const filter = page.getByRole('textbox', { name: 'Filter (SQL)' })
  await page.getByRole('textbox', { name: 'Row id to start from' }).fill('77')
  await filter.fill(SLOW)
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await cancel.click()
  await expect(page.getByText('Search cancelled')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Search this version' })).toBeVisible()
  // The engine answers the next search.
  await filter.fill('')
  await page.keyboard.press('Enter')
  await expect(grid).toHaveAttribute('aria-rowcount', '21', { timeout: 30_000 })
  const line = await answered(page).textContent()
  await filter.fill(SLOW)
  await page.keyboard.press('Enter')
  await expect(cancel).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(cancel).toBeHidden()
  await expect(answered(page)).toHaveText(line ?? '')
  await expect(grid).toHaveAttribute('aria-rowcount', '21')
  // What was typed stays, and is searched when nobody gives it up.
  await expect(filter).toHaveText(SLOW)
  await filter.press('Enter')
  await expect(cancel).toBeVisible()
  await expect(answered(page)).toContainText('rows in', { timeout: 30_000 })
  await expect(answered(page)).not.toHaveText(line ?? '')
})

test('cells of rows found are copied whole', async ({ tiltyard, folder, page }) => {
  const long = 'a long tale of foxes. '.repeat(5000).trim()
  const rows = [
    { id: 1, text: long, vector: [1, 2, 3] },
    { id: 2, text: 'short', vector: [4, 5, 6] },
  ]
  await (await lancedb.connect(folder)).createTable('tales', rows)
  await tiltyard.openPath(path.join(folder, 'tales.lance'))
  await tiltyard.view('Search').click()
  await page.getByRole('textbox', { name: 'Row id to start from' }).fill('0')
  await page.keyboard.press('Enter')
  const grid = page.getByRole('grid', { name: 'Rows found in tales' })
  const at = (row: number, column: number) => grid.locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column}"]`)
  // Rank, distance, id, text, vector.
  await expect(at(0, 4)).toContainText('a long tale')
  await at(0, 4).click()
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByText('1 cell copied as TSV')).toBeVisible()
  expect(await tiltyard.clipboard()).toBe(long)
  await at(0, 1).click()
  await at(1, 5).click({ modifiers: ['Shift'] })
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByText('10 cells copied as TSV')).toBeVisible()
  const lines = (await tiltyard.clipboard()).split('\n').map((text) => text.split('\t'))
  expect(lines[0]?.slice(0, 4)).toEqual(['1', '0', '1', long])
  expect(lines[1]?.slice(0, 4)).toEqual(['2', '27', '2', 'short'])
  await at(1, 5).click({ button: 'right', position: { x: 12, y: 12 } })
  await page.getByRole('menuitem', { name: 'Copy vector as JSON' }).click()
  await expect(page.getByText('Vector copied as JSON')).toBeVisible()
  expect(await tiltyard.clipboard()).toBe('[4, 5, 6]')
})
