import path from 'node:path'
import type { Locator } from '@playwright/test'
import { lancedb, makeDataset, makeRows, openForWriting } from './datasets.ts'
import { expect, test, type TiltyardWindow } from './tiltyard.ts'

const history = (tiltyard: TiltyardWindow): Locator => tiltyard.page.getByRole('region', { name: 'Row history' })
const events = (tiltyard: TiltyardWindow): Locator =>
  history(tiltyard).getByRole('list', { name: 'What happened to this row' }).locator('> li')

/** A row's cell is chosen once the inspector tells of it. */
async function chooseRow(tiltyard: TiltyardWindow, row: number, column: number): Promise<void> {
  await tiltyard.cell(row, column).click()
  await expect(tiltyard.page.getByRole('region', { name: `Row ${row}`, exact: true })).toBeVisible()
}

/** 30 rows; row 7 is updated in version 3, everything moves up in version 4, row 8 is updated in version 5. */
async function makeStory(folder: string): Promise<string> {
  const location = await makeDataset(folder, 'story', 30, 2)
  const table = await openForWriting(location)
  await table.update({ where: 'id = 7', values: { label: 'crimson' } })
  await table.delete('id < 3')
  await table.update({ where: 'id = 8', values: { label: 'teal', note: 'twice' } })
  return location
}

test('a row without a lasting id is followed by the key that is proposed, and shown in the version that changed it', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeStory(folder))
  await tiltyard.hasRows(27)
  await tiltyard.filter('id = 7')
  await tiltyard.hasRows(1)
  await expect(page.getByRole('region', { name: 'Row 0', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Row history' }).click()
  await expect(history(tiltyard)).toContainText('Row ids of this dataset change')
  await expect(history(tiltyard).getByRole('radio', { name: /^id/ })).toBeChecked()
  await history(tiltyard).getByRole('button', { name: 'Follow the row' }).click()

  await expect(events(tiltyard)).toHaveCount(2)
  await expect(events(tiltyard).nth(0)).toContainText('v3')
  await expect(events(tiltyard).nth(0)).toContainText('changed')
  await expect(events(tiltyard).nth(0)).toContainText(/label.*blue.*→.*crimson/)
  await expect(events(tiltyard).nth(1)).toContainText('v1')
  await expect(events(tiltyard).nth(1)).toContainText('inserted')
  await expect(history(tiltyard)).toContainText('Followed by id')

  await events(tiltyard).nth(1).getByRole('button', { name: /^v1/ }).click()
  await expect(page.getByRole('status', { name: 'Looking at an older version' })).toContainText('Version 1 of 5')
  // The grid goes to the row as well, and the history stays.
  await expect(tiltyard.activeCell).toBeVisible()
  await expect(tiltyard.grid.locator('[aria-rowindex="9"] [role=gridcell][id]')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Row 7', exact: true })).toBeVisible()
  await expect(tiltyard.field('label')).toContainText('blue')
  await expect(events(tiltyard)).toHaveCount(2)
  await expect(events(tiltyard).nth(1).getByRole('button', { name: /^v1/ })).toHaveAttribute('aria-current', 'true')

  await events(tiltyard).nth(0).getByRole('button', { name: /^v3/ }).click()
  await expect(tiltyard.field('label')).toContainText('crimson')
  await history(tiltyard).getByRole('button', { name: 'Close the history' }).click()
  await expect(history(tiltyard)).toBeHidden()
})

test('who changed a cell is asked in its menu, and the key is asked for once', async ({ tiltyard, folder }) => {
  await tiltyard.openPath(await makeStory(folder))
  await tiltyard.hasRows(27)
  // Updated rows stand at the end.
  await tiltyard.filter('id in (7, 8)')
  await tiltyard.hasRows(2)
  await chooseRow(tiltyard, 1, 2)
  await tiltyard.chooseInCellMenu(1, 4, 'Who changed this cell?')
  await expect(history(tiltyard)).toContainText('Who changed “note”?')
  await history(tiltyard).getByRole('button', { name: 'Follow the row' }).click()
  await expect(events(tiltyard).first()).toContainText(/v5.*changed/s)
  await expect(events(tiltyard).first()).toContainText(/note 8.*→.*twice/)
  await expect(events(tiltyard).first()).not.toContainText('teal')

  await history(tiltyard).getByRole('button', { name: 'Whole row' }).click()
  await expect(events(tiltyard).first()).toContainText('teal')

  await chooseRow(tiltyard, 0, 2)
  await tiltyard.chooseInCellMenu(0, 2, 'Who changed this cell?')
  await expect(events(tiltyard).first()).toContainText(/blue.*→.*crimson/)
})

test('a row with a lasting id needs no key', async ({ tiltyard, folder }) => {
  const db = await lancedb.connect(folder)
  const table = await db.createTable('lasting', makeRows(0, 20), {
    storageOptions: { newTableEnableStableRowIds: 'true' },
  })
  await table.update({ where: 'id = 4', values: { label: 'gold' } })
  await table.optimize()
  await tiltyard.openPath(path.join(folder, 'lasting.lance'))
  await tiltyard.hasRows(20)
  await tiltyard.filter('id = 4')
  await tiltyard.hasRows(1)
  await tiltyard.chooseInCellMenu(0, 2, 'Who changed this cell?')
  await expect(events(tiltyard).first()).toContainText(/black.*→.*gold/)
  await expect(history(tiltyard)).toContainText('Followed by its row id')
})
