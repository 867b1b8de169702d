import path from 'node:path'
import type { Page } from '@playwright/test'
import { lancedb, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

const rows = (start: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: start + i,
    kind: `k${i % 5}`,
    vector: Array.from({ length: 16 }, (_v, j) => Math.sin((start + i) * 3 + j * 7) + Math.cos(i * j)),
  }))

/** 1,000 rows with vectors of 16 numbers; `vector_idx` is an IVF_PQ of 4 partitions where one is wanted. */
async function makeVectors(folder: string, withIndex: boolean): Promise<string> {
  const table = await (await lancedb.connect(folder)).createTable('workshop', rows(0, 1000))
  if (withIndex) {
    const config = lancedb.Index.ivfPq({ numPartitions: 4, numSubVectors: 2 })
    await table.createIndex('vector', { config, name: 'vector_idx' })
  }
  return path.join(folder, 'workshop.lance')
}

const line = (page: Page, name: string) =>
  page
    .getByRole('grid', { name: 'Indices' })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name, exact: true }) })

const dialog = (page: Page) => page.getByRole('dialog', { name: 'New index' })

test('indices are built from proposals, with a query that shows the difference', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeVectors(folder, false))
  await tiltyard.view('Indices').click()
  await expect(page.getByText('This version has no indices')).toBeVisible()
  await page.getByRole('button', { name: 'New index…' }).click()
  await dialog(page).getByRole('combobox', { name: 'Column' }).selectOption('id')
  await dialog(page).getByRole('radio', { name: 'BTREE' }).check()
  await expect(dialog(page).getByRole('textbox', { name: 'Name' })).toHaveValue('id_idx')
  await expect(dialog(page).getByText(/cannot be built here/)).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Build' }).click()
  const built = page.getByRole('region', { name: 'What was built' })
  await expect(built).toContainText('id_idx is built', { timeout: 30_000 })
  await expect(built.getByRole('group', { name: 'Proof' })).toContainText('id_idx')
  await expect(line(page, 'id_idx')).toContainText('all 1,000')
  await built.getByRole('button', { name: 'Dismiss' }).click()

  await page.getByRole('button', { name: 'New index…' }).click()
  await dialog(page).getByRole('combobox', { name: 'Column' }).selectOption('vector')
  await dialog(page).getByRole('radio', { name: 'IVF_FLAT' }).check()
  await dialog(page).getByRole('textbox', { name: 'Partitions' }).fill('none')
  await expect(dialog(page).getByRole('textbox', { name: 'Partitions' })).toHaveAttribute('aria-invalid', 'true')
  await dialog(page).getByRole('textbox', { name: 'Partitions' }).fill('4')
  await dialog(page).getByRole('button', { name: 'Build' }).click()
  await expect(built).toContainText('vector_idx is built', { timeout: 30_000 })
  const details = page.getByRole('region', { name: 'Index vector_idx' })
  await expect(details).toContainText('1,000 rows in 4 partitions')
  await page.getByRole('button', { name: /^Jobs: 2 jobs ended/ }).click()
  const jobs = page.getByRole('list', { name: 'Jobs of this run' })
  await expect(jobs.getByRole('listitem')).toHaveCount(2)
  await expect(jobs.getByRole('listitem').first()).toContainText(/done · .* · v2 → v3/)
  await page.getByRole('button', { name: 'Clear ended' }).click()
  await expect(page.getByRole('button', { name: /^Jobs:/ })).toHaveCount(0)
  await details.getByRole('button', { name: 'Show coverage on the fragment map' }).click()
  await expect(page.getByRole('button', { name: 'Colour: Index vector_idx' })).toBeVisible()
})

test('a name that is taken is explained, and replaced only when asked to', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeVectors(folder, true))
  await tiltyard.view('Indices').click()
  await page.getByRole('button', { name: 'New index…' }).click()
  await dialog(page).getByRole('combobox', { name: 'Column' }).selectOption('vector')
  await dialog(page).getByRole('radio', { name: 'IVF_FLAT' }).check()
  await expect(dialog(page)).toContainText('vector_idx exists: IVF_PQ on vector. Without replacing it LanceDB refuses')
  await expect(dialog(page).getByRole('button', { name: 'Build' })).toBeDisabled()
  await dialog(page)
    .getByRole('checkbox', { name: /^Replace vector_idx/ })
    .check()
  await dialog(page).getByRole('button', { name: 'Build' }).click()
  await expect(page.getByRole('region', { name: 'What was built' })).toContainText('IVF_FLAT on vector', {
    timeout: 30_000,
  })
  await expect(line(page, 'vector_idx')).toContainText('IVF_FLAT')
  await expect(page.getByRole('grid', { name: 'Indices' }).getByRole('row')).toHaveCount(2)
})

test('rows appended later are folded in; a rebuild keeps the settings', async ({ tiltyard, folder, page }) => {
  const location = await makeVectors(folder, true)
  const table = await openForWriting(location)
  await table.add(rows(1000, 300))
  await tiltyard.openPath(location)
  await tiltyard.view('Indices').click()
  await expect(line(page, 'vector_idx')).toContainText('23.1% outside')
  await page.getByRole('button', { name: 'Fold in unindexed rows…' }).click()
  const ask = page.getByRole('dialog', { name: 'Fold in unindexed rows' })
  await expect(ask.getByRole('row', { name: /^vector_idx/ })).toContainText('300')
  await expect(ask.getByRole('note')).toContainText('LanceDB compacts small fragments')
  await ask.getByRole('button', { name: 'Fold in', exact: true }).click()
  const folded = page.getByRole('region', { name: 'What was folded in' })
  await expect(folded).toContainText('300 rows folded into vector_idx', { timeout: 30_000 })
  await expect(line(page, 'vector_idx')).toContainText('all 1,300')
  await table.checkoutLatest()
  expect(await table.indexStats('vector_idx')).toMatchObject({ numIndexedRows: 1300, numUnindexedRows: 0 })

  await page.getByRole('button', { name: 'Rebuild…' }).click()
  const again = page.getByRole('dialog', { name: 'Rebuild vector_idx' })
  await expect(again.getByRole('textbox', { name: 'Sub-vectors' })).toHaveValue('2')
  // Folding in joined the small partitions.
  await expect(again.getByRole('textbox', { name: 'Partitions' })).toHaveValue('1')
  await again.getByRole('textbox', { name: 'Partitions' }).fill('4')
  await again.getByRole('button', { name: 'Rebuild' }).click()
  await expect(page.getByRole('region', { name: 'What was built' })).toContainText('vector_idx is built', {
    timeout: 30_000,
  })
  const details = page.getByRole('region', { name: 'Index vector_idx' })
  await expect(details).toContainText('numSubVectors')
  await expect(details).toContainText('1,300 rows in 4 partitions')
})

test('an index is dropped after a look at what gets slower, and brought back', async ({ tiltyard, folder, page }) => {
  const location = await makeVectors(folder, true)
  const table = await openForWriting(location)
  await tiltyard.openPath(location)
  await tiltyard.view('Indices').click()
  await page.getByRole('button', { name: 'Drop…' }).click()
  const ask = page.getByRole('dialog', { name: 'Drop vector_idx' })
  await expect(ask).toContainText('Nearest neighbours of a vector on vector')
  await ask.getByRole('button', { name: 'Drop vector_idx' }).click()
  await expect(page.getByText('This version has no indices')).toBeVisible()
  await table.checkoutLatest()
  expect(await table.listIndices()).toHaveLength(0)
  const toast = page.getByRole('dialog', { name: 'vector_idx dropped' })
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('dialog', { name: 'Undone: Drop index vector_idx' })).toBeVisible()
  await expect(line(page, 'vector_idx')).toBeVisible()
  await table.checkoutLatest()
  expect(await table.listIndices()).toHaveLength(1)

  // An older version is for looking only.
  await tiltyard.view('Versions').click()
  await tiltyard.version(2).click()
  await tiltyard.view('Indices').click()
  await expect(page.getByRole('note')).toContainText('This is an older version.')
  await expect(page.getByRole('button', { name: /^(New index|Drop|Rebuild)/ })).toHaveCount(0)
})

test('a build is cancelled from the status bar and leaves nothing behind', async ({ tiltyard, folder, page }) => {
  const vectors = Array.from({ length: 20_000 }, (_, n) => ({
    vector: Array.from({ length: 64 }, (_v, j) => Math.sin(n * 3 + j * 7) + Math.cos(n * j)),
  }))
  const table = await (await lancedb.connect(folder)).createTable('long', vectors)
  await tiltyard.openPath(path.join(folder, 'long.lance'))
  await tiltyard.view('Indices').click()
  await page.getByRole('button', { name: 'New index…' }).click()
  await dialog(page).getByRole('combobox', { name: 'Column' }).selectOption('vector')
  await dialog(page).getByRole('radio', { name: 'HNSW_PQ' }).check()
  await dialog(page).getByRole('button', { name: 'Build' }).click()
  await expect(page.getByRole('group', { name: 'Build HNSW_PQ on vector' })).toBeVisible()
  // The job outlives the view that began it.
  await tiltyard.view('Data').click()
  await page.getByRole('button', { name: 'Jobs: 1 job · Build HNSW_PQ on vector' }).click()
  const job = page.getByRole('list', { name: 'Jobs of this run' }).getByRole('listitem')
  await expect(job).toContainText('running')
  await job.getByRole('button', { name: 'Cancel…' }).click()
  await job.getByRole('button', { name: 'Cancel job' }).click()
  await expect(job).toContainText('cancelled')
  await expect(job).toContainText('v1, unchanged')
  await table.checkoutLatest()
  expect(await table.listIndices()).toHaveLength(0)
})
