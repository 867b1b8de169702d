import path from 'node:path'
import { lancedb } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

/** 1,000 vectors of 16 numbers under an index that loses much. */
async function makeVectors(folder: string): Promise<string> {
  const rows = Array.from({ length: 1000 }, (_, n) => ({
    id: n,
    vector: Array.from({ length: 16 }, (_v, j) => Math.sin(n * 3 + j * 7) + Math.cos(n * j)),
  }))
  const table = await (await lancedb.connect(folder)).createTable('lab', rows)
  const config = lancedb.Index.ivfPq({ numPartitions: 8, numSubVectors: 2 })
  await table.createIndex('vector', { config, name: 'vector_idx' })
  return path.join(folder, 'lab.lance')
}

test('recall is measured, read off the curve, and its settings are taken over', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeVectors(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Recall laboratory' }).click()
  const form = page.getByRole('form', { name: 'Recall measurement' })
  await form.getByRole('textbox', { name: 'Queries', exact: true }).fill('0')
  await page.keyboard.press('Enter')
  await expect(form.getByRole('alert')).toContainText('Queries: a whole number')
  await form.getByRole('textbox', { name: 'Queries', exact: true }).fill('20')
  await form.getByRole('textbox', { name: 'nprobes to try' }).fill('1, 4, 8')
  await form.getByRole('textbox', { name: 'refine to try' }).fill('0, 10')
  await form.getByRole('button', { name: 'Measure' }).click()
  const table = page.getByRole('table', { name: 'Points of the sweep' })
  await expect(table.getByRole('row')).toHaveCount(7, { timeout: 30_000 })
  await expect(page.getByText('20 queries from rows drawn by chance · vector_idx, l2 distance')).toBeVisible()
  await page.getByRole('button', { name: /^nprobes 8, refine 10: recall/ }).press('Enter')
  const point = page.getByRole('region', { name: 'Chosen point' })
  await expect(point.getByRole('heading', { name: 'nprobes 8, refine 10' })).toBeVisible()
  // Measured again, it stands beside what it was.
  await form.getByRole('button', { name: 'Measure' }).click()
  await expect(table.getByRole('columnheader', { name: /^before/ })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: /^nprobes 8, refine 10: recall/ }).press('Enter')
  await page.getByRole('combobox', { name: 'Measurement to compare with' }).selectOption('')
  await expect(table.getByRole('columnheader', { name: /^before/ })).toHaveCount(0)
  // A query that was answered badly is looked at: what the index finds, and what is right.
  await page.getByRole('button', { name: /^nprobes 1: recall/ }).press('Enter')
  await point
    .getByRole('button', { name: /^Index against exact search for row/ })
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'Answer of Index' }).getByRole('listitem')).toHaveCount(10)
  await expect(page.getByRole('img', { name: /^Index and Exact: \d in both/ })).toBeVisible()
  await page.getByRole('radio', { name: 'Recall laboratory' }).click()
  // Reports are there again in another window.
  await page.reload()
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Recall laboratory' }).click()
  await expect(page.getByRole('combobox', { name: 'Measurement shown' }).getByRole('option')).toHaveCount(2)
  await page.getByRole('button', { name: /^Measure the same again on version 2/ }).click()
  await expect(page.getByRole('combobox', { name: 'Measurement shown' }).getByRole('option')).toHaveCount(3, {
    timeout: 30_000,
  })
  await page.getByRole('button', { name: /^nprobes 8, refine 10: recall/ }).press('Enter')
  await point.getByRole('button', { name: 'Use in Search' }).click()
  await expect(page.getByRole('button', { name: /^Settings \(3\)/ })).toBeVisible()
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'at most 8 partitions' })).toBeVisible()
})

test('a filter nothing passes is said, and a dataset without vectors', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeVectors(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Recall laboratory' }).click()
  const form = page.getByRole('form', { name: 'Recall measurement' })
  await form.getByRole('textbox', { name: 'Filter of the search (SQL)' }).fill('id > 99999')
  await form.getByRole('button', { name: 'Measure' }).click()
  await expect(page.getByRole('alert')).toContainText('Exact search finds no row', { timeout: 30_000 })
  await (await lancedb.connect(folder)).createTable('words', [{ text: 'a' }])
  await tiltyard.openPath(path.join(folder, 'words.lance'))
  await tiltyard.view('Search').click()
  await expect(page.getByRole('heading', { name: 'No vector column to measure' })).toBeVisible()
})

test('a measurement goes on while its view is left, and can be cancelled', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeVectors(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Recall laboratory' }).click()
  const form = page.getByRole('form', { name: 'Recall measurement' })
  await form.getByRole('textbox', { name: 'Queries', exact: true }).fill('1000')
  await form.getByRole('textbox', { name: 'nprobes to try' }).fill('1 2 3 4 5 6 7 8')
  await form.getByRole('textbox', { name: 'refine to try' }).fill('0 2 5 10 20 50')
  await form.getByRole('button', { name: 'Measure' }).click()
  const progress = page.getByRole('progressbar', { name: 'Measuring' })
  await expect(progress).toBeVisible()
  await tiltyard.view('Data').click()
  await tiltyard.view('Search').click()
  await expect(progress).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('The measurement was cancelled; nothing of it was kept.')).toBeVisible()
  await expect(form.getByRole('button', { name: 'Measure' })).toBeEnabled()
})

test('without an index every search is exact, and Indices is a step away', async ({ tiltyard, folder, page }) => {
  const rows = Array.from({ length: 300 }, (_, n) => ({ id: n, vector: [Math.sin(n), Math.cos(n * 2), n % 7] }))
  await (await lancedb.connect(folder)).createTable('bare', rows)
  await tiltyard.openPath(path.join(folder, 'bare.lance'))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Recall laboratory' }).click()
  await expect(page.getByText('vector has no index in this version')).toBeVisible()
  await page.getByRole('button', { name: 'Measure', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Points of the sweep' }).getByRole('row')).toHaveCount(2, {
    timeout: 30_000,
  })
  await expect(page.getByRole('cell', { name: '100.0%', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'See Indices' }).first().click()
  await expect(tiltyard.view('Indices')).toHaveAttribute('aria-selected', 'true')
})
