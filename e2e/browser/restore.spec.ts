import fs from 'node:fs'
import { startApp } from '../app.ts'
import { makeDataset, makeFolder, makeRows, openForWriting } from './datasets.ts'
import { canBeNobody, NOBODY } from './nobody.ts'
import { expect, test, TiltyardWindow } from './tiltyard.ts'

test('an old version is restored after a look at what it changes, and the restore is undone', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'restored', 100, 2)
  const table = await openForWriting(location)
  await table.delete('id >= 30')
  await tiltyard.openPath(location)
  await tiltyard.hasRows(30)
  await tiltyard.view('Versions').click()
  await tiltyard.version(2).click()
  const banner = page.getByRole('status', { name: 'Looking at an older version' })
  await banner.getByRole('button', { name: 'Restore…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Restore version 2' })
  const rows = dialog.getByRole('row', { name: /^Rows/ })
  await expect(rows).toContainText('30')
  await expect(rows).toContainText('100')
  await expect(rows).toContainText('+70')
  await dialog.getByRole('button', { name: 'Restore version 2' }).click()
  const toast = page.getByRole('dialog', { name: 'Restored version 2 as version 4' })
  await expect(toast).toBeVisible()
  await expect(banner).toBeHidden()
  await expect(tiltyard.version(4)).toContainText('restore')
  await tiltyard.view('Data').click()
  await tiltyard.hasRows(100)
  await table.checkoutLatest()
  expect(await table.countRows()).toBe(100)

  await toast.getByRole('button', { name: 'Undo' }).click()
  const undone = page.getByRole('dialog', { name: 'Undone: Restore version 2' })
  await expect(undone).toContainText('Committed as version 5')
  await tiltyard.hasRows(30)
  await table.checkoutLatest()
  expect([await table.version(), await table.countRows()]).toEqual([5, 30])

  await undone.getByRole('button', { name: 'Redo' }).click()
  await expect(page.getByRole('dialog', { name: 'Done again: Restore version 2' })).toBeVisible()
  await tiltyard.hasRows(100)
  await tiltyard.view('Activity').click()
  await expect(page.getByRole('grid', { name: 'Activity' })).toContainText('Undo: Restore version 2')
})

test('undoing a restore after somebody else has committed asks first', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'contested', 100, 2)
  const table = await openForWriting(location)
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await tiltyard.version(1).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Restore this version…' }).click()
  await page.getByRole('button', { name: 'Restore version 1' }).click()
  const toast = page.getByRole('dialog', { name: 'Restored version 1 as version 3' })
  await expect(toast).toBeVisible()
  await table.checkoutLatest()
  await table.add(makeRows(1000, 7))
  await toast.getByRole('button', { name: 'Undo' }).click()
  const dialog = page.getByRole('dialog', { name: 'Undo: Restore version 1' })
  await expect(dialog.getByRole('list', { name: 'Commits made since' })).toContainText(
    /v4 Append: 1 fragment, 7 rows.*by another program/,
  )
  await expect(dialog.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await table.checkoutLatest()
  expect(await table.version()).toBe(4)
})

test('where nothing can be written, every write says why', async ({ page }) => {
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
    await expect(tiltyard.cell(9, 1)).toHaveText('9')
    await tiltyard.view('Versions').click()
    await tiltyard.version(1).click({ button: 'right' })
    for (const name of [/^Tag this version/, /^Branch from here/, /^Restore this version/]) {
      const item = page.getByRole('menuitem', { name })
      await expect(item).toHaveAttribute('aria-disabled', 'true')
      await expect(item).toContainText('read-only folder')
    }
    await page.keyboard.press('Escape')
    await tiltyard.version(1).click()
    const restore = page
      .getByRole('status', { name: 'Looking at an older version' })
      .getByRole('button', { name: 'Restore…' })
    await expect(restore).toHaveAttribute('aria-disabled', 'true')
    await restore.hover()
    await expect(page.getByText('This folder is read-only for Tiltyard')).toBeVisible()
    await restore.click({ force: true })
    await expect(page.getByRole('dialog', { name: /^Restore/ })).toHaveCount(0)
  } finally {
    await app.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
})
