import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { startApp } from '../app.ts'
import { makeDataset, makeFolder, openForWriting } from './datasets.ts'
import { figure, operation, panel, press, proof } from './maintenance-view.ts'
import { canBeNobody, NOBODY } from './nobody.ts'
import { exactBytes } from './storage-view.ts'
import { expect, test, TiltyardWindow } from './tiltyard.ts'

/** Bytes of every file below a folder. */
function bytesOf(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0)
}

async function showPart(page: Page, name: string): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Part of the maintenance view' }).getByRole('radio', { name }).click()
}

test('small fragments are compacted with forecast and proof, undo is offered, old versions go for good', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'kept', 400, 20)
  const table = await openForWriting(location)
  await tiltyard.openPath(location)
  await tiltyard.hasRows(400)
  await page.keyboard.press('Alt+9')
  await expect(tiltyard.view('Maintenance')).toHaveAttribute('aria-selected', 'true')
  await expect(operation(page, 'Compact')).toContainText('20 fragments → at least 1')
  await expect(operation(page, 'Purge deletions')).toContainText('Nothing to do')

  const compact = panel(page, 'Compact')
  await expect(compact.getByRole('region', { name: 'Forecast' })).toContainText('20 fragments → at least 1')
  await press(compact, 'Compact')
  await expect(proof(page)).toContainText('20 fragments → 1', { timeout: 30_000 })
  await expect(figure(proof(page), 'Fragments')).toContainText('−19')
  await expect(figure(proof(page), 'Rows')).toContainText('±0')
  await expect(operation(page, 'Compact')).toContainText('Nothing to do')
  await table.checkoutLatest()
  expect(await table.countRows()).toBe(400)
  await proof(page).getByRole('button', { name: 'Undo…' }).click()
  const undo = page.getByRole('dialog', { name: /^Undo: / })
  await expect(undo).toContainText('Nothing else was committed since')
  await page.keyboard.press('Escape')
  await proof(page).getByRole('button', { name: 'Show in Activity' }).click()
  await expect(page.getByRole('grid', { name: 'Activity' })).toContainText(/Compact.*done/i)

  await tiltyard.view('Maintenance').click()
  await operation(page, 'Clean up old versions').click()
  const cleanup = panel(page, 'Clean up old versions')
  await expect(cleanup).toContainText('There is nothing to do')
  await cleanup.getByRole('radio', { name: 'By number' }).click()
  await cleanup.getByRole('textbox', { name: 'Newest versions kept' }).fill('1')
  const forecast = cleanup.getByRole('region', { name: 'Forecast' })
  await expect(forecast.getByRole('list', { name: 'Becomes unreachable' })).toContainText('Compact')
  const foretold = await exactBytes(forecast.locator('div', { hasText: /^Frees/ }).locator('dd'))
  expect(foretold).toBeGreaterThan(0)
  const before = bytesOf(location)
  await press(cleanup, 'Clean up…')
  const ask = page.getByRole('dialog', { name: 'Clean up old versions' })
  await expect(ask.getByRole('button', { name: 'Remove for good' })).toBeDisabled()
  await ask.getByRole('textbox', { name: 'Type kept to go on' }).fill('kept')
  await ask.getByRole('button', { name: 'Remove for good' }).click()
  await expect(proof(page)).toContainText(`exactly ${foretold.toLocaleString('en-US')} bytes freed`, {
    timeout: 30_000,
  })
  expect(before - bytesOf(location)).toBe(foretold)
  await table.checkoutLatest()
  expect(await table.listVersions()).toHaveLength(1)
  expect(await table.countRows()).toBe(400)
  await expect(figure(proof(page), 'Versions')).toContainText('−21')
})

test('rows are counted before they are deleted; an older version is for looking only', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'pruned', 100, 2)
  const table = await openForWriting(location)
  await tiltyard.openPath(location)
  await tiltyard.hasRows(100)
  await tiltyard.view('Maintenance').click()
  await operation(page, 'Delete rows by filter').click()
  const remove = panel(page, 'Delete rows by filter')
  const filter = remove.getByRole('textbox', { name: 'Rows that match (SQL)' })
  await filter.fill('nothing = 1')
  await expect(remove.getByRole('alert')).toContainText('What it would do could not be worked out')
  await filter.fill('id >= 90')
  await expect(remove.getByRole('region', { name: 'Forecast' })).toContainText('10 rows')
  await press(remove, 'Delete rows')
  await expect(proof(page)).toContainText('10 rows deleted', { timeout: 30_000 })
  await table.checkoutLatest()
  expect(await table.countRows()).toBe(90)

  await operation(page, 'Copy into a new dataset').click()
  const copy = panel(page, 'Copy into a new dataset')
  await copy.getByRole('textbox', { name: 'Rows per fragment of the copy' }).fill('30')
  await press(copy, 'Copy')
  await expect(proof(page)).toContainText('pruned-copy.lance', { timeout: 30_000 })
  expect(await (await openForWriting(path.join(folder, 'pruned-copy.lance'))).countRows()).toBe(90)

  await tiltyard.view('Versions').click()
  await tiltyard.version(1).click()
  await tiltyard.view('Maintenance').click()
  await expect(page.getByRole('note').first()).toContainText('This is an older version. Maintenance is of the newest')
  // What was looked at is remembered.
  await expect(copy).toBeVisible()
  await operation(page, 'Compact').click()
  await expect(panel(page, 'Compact').getByRole('button', { name: 'Compact', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

test('a plan says what is due and why, and runs it step by step', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'planned', 200, 10)
  const table = await openForWriting(location)
  await table.delete('id < 5')
  await tiltyard.openPath(location)
  await tiltyard.hasRows(195)
  await tiltyard.view('Maintenance').click()
  await showPart(page, 'Plan')
  await expect(page.getByText('This dataset has no plan.')).toBeVisible()
  const rules = page.getByRole('group', { name: 'Rules of the plan' })
  await rules.getByRole('checkbox', { name: 'Fold rows into indices' }).uncheck()
  await rules.getByRole('textbox', { name: 'Small fragments above' }).fill('0')
  await expect(page.getByRole('button', { name: 'Save plan' })).toBeDisabled()
  await rules.getByRole('textbox', { name: 'Small fragments above' }).fill('5')
  await rules.getByRole('checkbox', { name: 'Clean up old versions' }).check()
  await rules.getByRole('textbox', { name: 'Keep days' }).fill('')
  await rules.getByRole('textbox', { name: 'Keep newest versions' }).fill('2')
  await page.getByRole('button', { name: 'Save plan' }).click()
  const steps = page.getByRole('list', { name: 'Steps of the plan' })
  await expect(steps.getByRole('listitem')).toHaveCount(3)
  await expect(steps.getByRole('listitem').nth(0)).toContainText(/not due.*2.5 % of the stored rows are deleted/)
  await expect(steps.getByRole('listitem').nth(1)).toContainText(/due.*10 small fragments can be merged, more than 5/)
  await press(page.getByRole('tabpanel', { name: 'Maintenance' }), 'Run due steps now')
  const run = page.getByRole('region', { name: 'Run of the plan' })
  await expect(run.getByRole('status')).toContainText('2 steps done', { timeout: 40_000 })
  await expect(run.getByRole('list', { name: 'Steps done' })).toContainText('10 fragments → 1')
  await expect(steps).not.toContainText(/^due/)
  await table.checkoutLatest()
  expect(await table.listVersions()).toHaveLength(2)
  expect(await table.countRows()).toBe(195)
  await page.getByRole('button', { name: 'Remove plan' }).click()
  await expect(page.getByText('This dataset has no plan.')).toBeVisible()
})

test('leftovers of stopped writes are listed and removed', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'left', 100, 2)
  const left = path.join(location, 'data', 'left-behind.lance')
  fs.writeFileSync(left, Buffer.alloc(1234))
  const long = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000)
  fs.utimesSync(left, long, long)
  await tiltyard.openPath(location)
  await tiltyard.hasRows(100)
  await tiltyard.view('Maintenance').click()
  await tiltyard.command('Other fragment size')
  await expect(panel(page, 'Other fragment size')).toBeVisible()
  await showPart(page, 'Leftovers')
  const list = page.getByRole('table', { name: 'Leftovers' })
  await expect(list.getByRole('row', { name: /left-behind/ })).toContainText('1.23 kB')
  await expect(list.getByRole('checkbox', { name: /left-behind/ })).toBeChecked()
  await page.getByRole('button', { name: 'Remove chosen…' }).click()
  const ask = page.getByRole('dialog', { name: 'Remove leftovers' })
  await ask.getByRole('textbox').fill('left')
  await ask.getByRole('button', { name: 'Remove for good' }).click()
  await expect(page.getByText('No leftovers')).toBeVisible()
  expect(fs.existsSync(left)).toBe(false)
})

test('a job is seen at work and cancelled; the dataset and its folder stay as they were', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'long', 200_000, 1)
  await tiltyard.openPath(location)
  await tiltyard.hasRows(200_000)
  await tiltyard.command('Copy into a new dataset')
  const copy = panel(page, 'Copy into a new dataset')
  await copy.getByRole('textbox', { name: 'Rows per fragment of the copy' }).fill('20')
  await press(copy, 'Copy')
  const job = page.getByRole('group', { name: /^Copy/ })
  await expect(job.getByRole('progressbar')).toBeVisible()
  await expect(copy).toContainText('Another job is at work on this dataset.')
  await job.getByRole('button', { name: 'Cancel' }).click()
  await expect(job).toBeHidden()
  await expect(page.getByRole('dialog', { name: /cancelled$/ })).toBeVisible()
  expect(fs.existsSync(path.join(folder, 'long-copy.lance'))).toBe(false)
  await expect(copy.getByRole('button', { name: 'Copy', exact: true })).not.toHaveAttribute('aria-disabled', 'true')
})

test('a folder that may not be written is shown with its figures, and nothing runs', async ({ page }) => {
  test.skip(!canBeNobody(), 'Only root can become somebody else.')
  const folder = makeFolder()
  fs.chmodSync(folder, 0o755)
  const location = await makeDataset(folder, 'theirs', 10, 2)
  const app = await startApp([], { uid: NOBODY })
  try {
    await page.goto(app.url)
    const tiltyard = new TiltyardWindow(page)
    await expect(tiltyard.cell(0, 1)).toHaveText('0')
    await tiltyard.openPath(location)
    await tiltyard.hasRows(10)
    await tiltyard.view('Maintenance').click()
    await expect(page.getByRole('note')).toContainText('This folder is read-only for Tiltyard')
    await expect(operation(page, 'Compact')).toContainText('2 fragments → at least 1')
    const button = panel(page, 'Compact').getByRole('button', { name: 'Compact', exact: true })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
  } finally {
    await app.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
})
