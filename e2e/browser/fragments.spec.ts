import path from 'node:path'
import type { Page } from '@playwright/test'
import { lancedb, loseDataFile, makeRows, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

/** Six fragments of 400 rows: deletions in two, an index over the first five, one column added and one dropped. */
async function makeHistory(folder: string): Promise<string> {
  const db = await lancedb.connect(folder)
  const table = await db.createTable('pieces', makeRows(0, 400))
  for (let start = 400; start < 2000; start += 400) await table.add(makeRows(start, 400))
  await table.createIndex('id')
  await table.delete('id >= 100 AND id < 350')
  await table.delete('id % 2 = 0 AND id >= 800 AND id < 820')
  await table.addColumns([{ name: 'twice', valueSql: 'amount * 2' }])
  await table.dropColumns(['note'])
  await table.add(
    Array.from({ length: 400 }, (_, i) => ({ id: BigInt(2000 + i), label: 'red', amount: i, twice: 2 * i })),
  )
  return path.join(folder, 'pieces.lance')
}

const map = (page: Page) => page.getByRole('listbox', { name: 'Fragment map' })
const chosen = (page: Page) => map(page).getByRole('option')

test('a fragment is found on the map by keys, looked into, and followed to its rows', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeHistory(folder))
  await tiltyard.view('Fragments').click()
  await map(page).focus()
  await page.keyboard.press('Home')
  await expect(chosen(page)).toHaveText(/^Fragment 0: 150 live rows, 250 deleted \(62\.5%\) .* in 1 of 1 index$/)
  await page.keyboard.press('End')
  await expect(chosen(page)).toHaveText(/^Fragment 5: 400 live rows · .* no index covers it$/)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect(chosen(page)).toHaveText(/^Fragment 1: 400 live rows/)
  await expect(chosen(page)).toHaveAttribute('aria-setsize', '6')
  await page.keyboard.press('+')
  await expect(page.getByLabel('Zoom factor')).toHaveText('1.5×')
  await page.keyboard.press('0')
  await expect(page.getByLabel('Zoom factor')).toHaveText('1.0×')

  await page.keyboard.press('Home')
  const details = page.getByRole('region', { name: 'Fragment 0' }).first()
  await expect(details).toContainText('rows 0 – 149 of the Data view')
  const files = details.getByRole('table', { name: 'Files and columns' })
  await expect(files.getByRole('row', { name: /^amount double/ })).toContainText(/\d/)
  await expect(files.getByRole('row', { name: /dropped field .*dead/ })).toBeVisible()
  await expect(details.getByRole('img')).toHaveAccessibleName(/^250 of 400 rows deleted/)
  await expect(details.getByRole('listitem').filter({ hasText: 'rows 100 – 349' })).toContainText('250')
  await expect(details).toContainText('id_idx BTree on id')
  await expect(details).toContainText(/In versions1 – \d+/)

  await details.getByRole('button', { name: 'Close details' }).click()
  await map(page).focus()
  await page.keyboard.press('PageDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(chosen(page)).toHaveText(/^Fragment 2: 390 live rows/)
  await page.getByRole('region', { name: 'Fragment 2' }).first().getByRole('button', { name: 'Show its rows' }).click()
  // 150 rows of fragment 0 and 400 of fragment 1 come first; its own row 800 is deleted.
  await expect(tiltyard.cell(550, 1)).toHaveText('801')
})

test('map, table and inspector share what is chosen, and the window remembers the way of looking', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeHistory(folder))
  await tiltyard.view('Fragments').click()
  await page.getByRole('button', { name: /^Area:/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'All alike' }).click()
  await page.getByRole('button', { name: /^Colour:/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'id_idx' }).click()
  const legend = page.getByRole('list', { name: 'Legend: Index id_idx' })
  await expect(legend.getByRole('listitem')).toHaveText(['covered by id_idx5', 'not covered1'])

  const box = (await map(page).boundingBox())!
  await map(page).click({ position: { x: box.width - 8, y: box.height - 8 } })
  await expect(chosen(page)).toHaveText(/^Fragment 5/)
  await expect(page.getByRole('region', { name: 'Fragment 5' }).last()).toContainText('none covers it')
  await page.getByRole('radio', { name: 'Table' }).click()
  const table = page.getByRole('grid', { name: 'Fragments' })
  await expect(table.getByRole('row', { selected: true })).toContainText('400')
  await table.getByRole('row').nth(1).click()
  await tiltyard.view('Data').click()
  await tiltyard.view('Fragments').click()
  await expect(page.getByRole('radio', { name: 'Table' })).toBeChecked()
  await page.getByRole('radio', { name: 'Map' }).click()
  await expect(chosen(page)).toHaveText(/^Fragment 0/)
  await expect(page.getByRole('button', { name: 'Area: All alike' })).toBeVisible()
})

test('columns say what they cost and which are dead', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeHistory(folder))
  await expect(tiltyard.view('Fragments')).toContainText('6')
  await tiltyard.command('Bytes of each column')
  const table = page.getByRole('grid', { name: 'Columns' })
  await expect(table).toHaveAttribute('aria-rowcount', '6')
  await table.getByRole('button', { name: 'Column' }).click()
  await expect(table.getByRole('row').nth(1)).toContainText(/dropped field \d+.*dead/)
  await table.getByRole('row', { name: /dropped field/ }).click()
  await expect(page.getByRole('region', { name: /^Column .dropped/ })).toContainText('Compaction')
  await expect(
    page.getByRole('listbox', { name: 'Bytes of columns' }).getByRole('option', { selected: true }),
  ).toHaveAccessibleName(/dead: no longer in the schema/)
  await table.getByRole('row', { name: /^label/ }).click()
  await expect(page.getByRole('region', { name: 'Column label' })).toBeVisible()
})

test('a fragment unlike the others is named by the column that makes it so', async ({ tiltyard, folder, page }) => {
  const db = await lancedb.connect(folder)
  const texts = (length: number) => Array.from({ length: 300 }, (_, i) => ({ id: i, text: `${i}`.repeat(length) }))
  const table = await db.createTable('unlike', texts(2))
  for (const length of [2, 200, 2]) await table.add(texts(length))
  await tiltyard.openPath(path.join(folder, 'unlike.lance'))
  await expect(tiltyard.view('Fragments')).toContainText('4')
  await tiltyard.command('Bytes of each column')
  const columns = page.getByRole('listbox', { name: 'Bytes of columns' })
  await columns.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const outlier = page.getByRole('region', { name: 'Column text' }).getByRole('button', { name: /^Fragment 2 · / })
  await outlier.click()
  await expect(outlier).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('region', { name: 'Fragment 2' }).first()).toContainText(
    'rows 600 – 899 of the Data view',
  )
})

test('a fragment whose file is gone says so in its place', async ({ tiltyard, folder, page }) => {
  const location = await makeHistory(folder)
  const lost = loseDataFile(location)
  await tiltyard.openPath(location)
  await tiltyard.view('Fragments').click()
  await expect(page.getByRole('list', { name: /^Legend/ })).toContainText('a file is missing')
  await map(page).focus()
  await page.keyboard.press('Home')
  await expect(chosen(page)).toContainText('a file of it is missing')
  const details = page.getByRole('region', { name: 'Fragment 0' }).first()
  const files = details.getByRole('table', { name: 'Files and columns' })
  await expect(files.getByRole('row', { name: new RegExp(`${lost} missing`) })).toBeVisible()
  await expect(files.getByRole('row', { name: new RegExp(`${lost} is missing`) })).toBeVisible()
  // The other file of the fragment and the columns the manifest names are still told.
  await expect(files.getByRole('row', { name: /^twice double/ })).toBeVisible()
  await expect(files.getByRole('row', { name: /^amount/ })).toBeVisible()
  await page.getByRole('radio', { name: 'Columns' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '1 data file could not be read' })).toBeVisible()
})

test('looking back shows the fragments of that version', async ({ tiltyard, folder, page }) => {
  const location = await makeHistory(folder)
  const table = await openForWriting(location)
  await table.optimize()
  await tiltyard.openPath(location)
  await tiltyard.view('Fragments').click()
  // The sixth is in no index and is therefore left alone.
  await expect(page.getByLabel('Totals')).toContainText('2 fragments')
  await tiltyard.view('Versions').click()
  await page.getByRole('gridcell', { name: 'v5', exact: true }).click()
  await tiltyard.view('Fragments').click()
  await expect(page.getByLabel('Totals')).toContainText('5 fragments')
  await map(page).focus()
  await page.keyboard.press('End')
  await expect(chosen(page)).toHaveText(/^Fragment 4: 400 live rows/)
})
