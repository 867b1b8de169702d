import fs from 'node:fs'
import path from 'node:path'
import { makeDataset, makeRows, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('the whole app shows an older version, read-only, and goes back', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'history', 100, 2)
  const table = await openForWriting(location)
  await table.delete('id < 10')
  await (await table.tags()).create('before-the-fall', 2)
  await tiltyard.openPath(location)
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '91')

  await tiltyard.view('Versions').click()
  const line = (text: RegExp) => page.getByRole('row', { name: text })
  await expect(line(/v3.*delete/i)).toContainText('id < 10')
  await expect(line(/v3/)).toContainText('10')
  await expect(line(/v2/)).toContainText('before-the-fall')
  await line(/v1/).first().click()
  const banner = page.getByRole('status', { name: 'Looking at an older version' })
  await expect(banner).toContainText('Version 1 of 3')
  await expect(banner).toContainText('read-only')
  await tiltyard.view('Data').click()
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '51')
  await tiltyard.view('Fragments').click()
  await expect(page.getByLabel('Totals')).toContainText('1 fragment')
  await banner.getByRole('button', { name: 'Back to latest' }).click()
  await expect(banner).toBeHidden()
  await tiltyard.view('Data').click()
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '91')
})

test('commits by others are noticed within two seconds, and the tab stays where it is until refreshed', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'busy', 100, 1)
  await tiltyard.openPath(location)
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '101')
  const table = await openForWriting(location)
  await table.add(makeRows(100, 10))
  await table.add(makeRows(110, 10))
  const chip = page.getByRole('button', { name: /2 new versions/ })
  await expect(chip).toBeVisible({ timeout: 2500 })
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '101')
  await chip.click()
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '121')
  await expect(chip).toBeHidden()
})

test('a version cleaned up meanwhile says so and offers the way back', async ({ tiltyard, folder, page, problems }) => {
  const location = await makeDataset(folder, 'cleaned', 100, 2)
  const table = await openForWriting(location)
  await table.delete('id >= 0')
  await table.add(makeRows(0, 30))
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await expect(page.getByRole('gridcell', { name: 'v1', exact: true })).toBeVisible()
  await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true })
  await page.getByRole('gridcell', { name: 'v1', exact: true }).click()
  await expect(page.getByText(/cleaned up|no longer|does not exist|is gone/i).first()).toBeVisible()
  await page.getByRole('button', { name: 'Back to latest' }).first().click()
  await tiltyard.view('Data').click()
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '31')
  problems.length = 0 // the failed read is logged by the browser for blobs only
})

test('fragments are shown as LanceDB counts them', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'pieces', 1000, 4)
  const table = await openForWriting(location)
  await table.delete('id < 25')
  const stats = await table.stats()
  await tiltyard.openPath(location)
  await tiltyard.view('Fragments').click()
  const totals = page.getByLabel('Totals')
  await expect(totals).toContainText(`${stats.fragmentStats.numFragments} fragments`)
  await expect(totals).toContainText(`${await table.countRows()} live rows`)
  await expect(totals).toContainText('25 deleted rows')
  const bytes = fs
    .readdirSync(path.join(location, 'data'))
    .reduce((sum, name) => sum + fs.statSync(path.join(location, 'data', name)).size, 0)
  expect(bytes).toBe(Number(stats.totalBytes))
})
