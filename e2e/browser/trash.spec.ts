import fs from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { lancedb, makeDataset, makeRows, openForWriting } from './datasets.ts'
import { expect, test, type TiltyardWindow } from './tiltyard.ts'

test('a dataset is renamed, moved to the trash, restored beside another one, and deleted for good', async ({
  tiltyard,
  folder,
  page,
}) => {
  const first = await makeDataset(folder, 'first', 100, 1)
  await makeDataset(folder, 'other', 10, 1)
  await tiltyard.openPath(folder)
  await tiltyard.item('first').click()
  await tiltyard.hasRows(100)

  await tiltyard.item('first').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  const rename = page.getByRole('dialog', { name: 'Rename first' })
  const name = rename.getByRole('textbox', { name: 'New name' })
  await name.fill('a b')
  await expect(rename.getByRole('button', { name: 'Rename' })).toBeDisabled()
  // The engine's refusal is shown where it was asked for, and the tab that was closed for it is back.
  await name.fill('other')
  await page.keyboard.press('Enter')
  await expect(rename.getByRole('alert')).toContainText('other.lance')
  await name.fill('second')
  await page.keyboard.press('Enter')
  await expect(rename).toBeHidden()
  await expect(tiltyard.item('second')).toBeVisible()
  await expect(tiltyard.item('first')).toHaveCount(0)
  await tiltyard.hasRows(100)
  expect(fs.existsSync(first)).toBe(false)
  await page.getByRole('dialog', { name: 'Dataset renamed' }).getByRole('button', { name: 'Undo' }).click()
  await expect(tiltyard.item('first')).toBeVisible()
  await tiltyard.hasRows(100)
  await (await ask(page, tiltyard, 'first', 'Rename…')).getByRole('textbox', { name: 'New name' }).fill('second')
  await page.keyboard.press('Enter')
  await expect(tiltyard.item('second')).toBeVisible()
  await tiltyard.hasRows(100)

  const drop = async (): Promise<void> => {
    await tiltyard.item('second').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Move to trash…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Move second to the trash?' })
    await expect(dialog).toContainText('.tiltyard-trash')
    await dialog.getByRole('button', { name: 'Move to trash' }).click()
    await expect(dialog).toBeHidden()
    await expect(tiltyard.item('second')).toHaveCount(0)
  }
  await drop()
  await expect(page.getByRole('tab', { name: 'second', exact: true })).toHaveCount(0)
  await page.getByRole('dialog', { name: 'second moved to the trash' }).getByRole('button', { name: 'Undo' }).click()
  await expect(tiltyard.item('second')).toBeVisible()
  await tiltyard.hasRows(100)

  await drop()
  await (await lancedb.connect(folder)).createTable('second', makeRows(0, 5))
  const openTrash = async (): Promise<void> => {
    await tiltyard.item(path.basename(folder)).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Trash…' }).click()
  }
  await openTrash()
  const line = page.getByRole('dialog', { name: /^Trash of/ }).getByRole('listitem', { name: 'second' })
  await line.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(line.getByRole('alert')).toContainText('second stays in the trash')
  await line.getByRole('textbox', { name: 'Restore under another name' }).fill('kept-second')
  await line.getByRole('button', { name: 'Restore under this name' }).click()
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tiltyard.item('kept-second')).toBeVisible()

  await drop()
  await openTrash()
  await line.getByRole('button', { name: 'Delete for good…' }).click()
  const forGood = line.getByRole('button', { name: 'Delete for good', exact: true })
  await expect(forGood).toBeDisabled()
  await line.getByRole('textbox', { name: 'Type second to go on' }).fill('second')
  await forGood.click()
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible()
  expect(fs.readdirSync(folder).toSorted()).toEqual(['kept-second.lance', 'other.lance'])
})

/** Chooses a line in a dataset's menu; the dialog it opens. */
async function ask(
  page: Page,
  tiltyard: TiltyardWindow,
  dataset: string,
  line: 'Rename…' | 'Move to trash…',
): Promise<Locator> {
  await tiltyard.item(dataset).click({ button: 'right' })
  await page.getByRole('menuitem', { name: line }).click()
  const name = line === 'Rename…' ? `Rename ${dataset}` : `Move ${dataset} to the trash?`
  return page.getByRole('dialog', { name })
}

test('what would cost a branch or a clone its rows is refused, with the way out, and changes nothing', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'origin', 100, 1)
  await (await (await openForWriting(location)).branches()).create('side')
  await tiltyard.openPath(folder)
  await tiltyard.item('origin').click()
  await tiltyard.hasRows(100)

  const rename = await ask(page, tiltyard, 'origin', 'Rename…')
  await rename.getByRole('textbox', { name: 'New name' }).fill('elsewhere')
  await page.keyboard.press('Enter')
  await expect(rename.getByRole('alert')).toContainText('The branch "side" would lose its rows')
  await expect(rename.getByRole('alert')).toContainText('copy the dataset under the new name instead')
  await rename.getByRole('button', { name: 'Cancel' }).click()
  await tiltyard.hasRows(100)

  // To the trash it may go: the branch finds its rows again once it is back where it was.
  const trash = await ask(page, tiltyard, 'origin', 'Move to trash…')
  await trash.getByRole('button', { name: 'Move to trash' }).click()
  await expect(trash).toBeHidden()
  await (await lancedb.connect(folder)).createTable('origin', makeRows(0, 5))
  await tiltyard.item(path.basename(folder)).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Trash…' }).click()
  const line = page.getByRole('dialog', { name: /^Trash of/ }).getByRole('listitem', { name: 'origin' })
  await line.getByRole('button', { name: 'Restore', exact: true }).click()
  await line.getByRole('textbox', { name: 'Restore under another name' }).fill('elsewhere')
  await line.getByRole('button', { name: 'Restore under this name' }).click()
  await expect(line.getByRole('alert')).toContainText('The branch "side" would lose its rows')
  fs.rmSync(location, { recursive: true })
  await line.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible()
  await page.keyboard.press('Escape')

  await (await lancedb.connect(folder)).cloneTable('its-clone', location, { isShallow: true })
  const drop = await ask(page, tiltyard, 'origin', 'Move to trash…')
  await drop.getByRole('button', { name: 'Move to trash' }).click()
  await expect(drop.getByRole('alert')).toContainText('The clone "its-clone.lance" would lose its rows')
  await expect(drop.getByRole('alert')).toContainText('Copy or drop the clone first.')
  await drop.getByRole('button', { name: 'Cancel' }).click()
  expect(fs.existsSync(location)).toBe(true)
  await tiltyard.item('origin').click()
  await tiltyard.view('Activity').click()
  const titles = page.getByRole('grid', { name: 'Activity' }).getByRole('row')
  await expect(titles.filter({ hasText: 'Move to the trash' })).toContainText('done')
  // The first try found another dataset in its place.
  await expect(titles.filter({ hasText: 'Restore from the trash' })).toContainText([/done/, /failed/])
})

test('a dataset a job writes stays until the job ends', async ({ tiltyard, folder, page }) => {
  const vectors = Array.from({ length: 20_000 }, (_, n) => ({
    vector: Array.from({ length: 64 }, (_v, j) => Math.sin(n * 3 + j * 7) + Math.cos(n * j)),
  }))
  await (await lancedb.connect(folder)).createTable('busy', vectors)
  await tiltyard.openPath(path.join(folder, 'busy.lance'))
  await tiltyard.view('Indices').click()
  await page.getByRole('button', { name: 'New index…' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('combobox', { name: 'Column' }).selectOption('vector')
  await form.getByRole('radio', { name: 'HNSW_PQ' }).check()
  await form.getByRole('button', { name: 'Build' }).click()
  await expect(page.getByRole('group', { name: 'Build HNSW_PQ on vector' })).toBeVisible()
  const drop = await ask(page, tiltyard, 'busy', 'Move to trash…')
  await drop.getByRole('button', { name: 'Move to trash' }).click()
  await expect(drop.getByRole('alert')).toContainText('A job writes this dataset now: Build HNSW_PQ on vector.')
  await drop.getByRole('button', { name: 'Cancel' }).click()
  // The tab that was closed for it is back.
  await expect(page.getByRole('tab', { name: 'busy', exact: true })).toHaveCount(1)
  await page.getByRole('button', { name: /^Jobs: 1 job/ }).click()
  const job = page.getByRole('list', { name: 'Jobs of this run' }).getByRole('listitem')
  await job.getByRole('button', { name: 'Cancel…' }).click()
  await job.getByRole('button', { name: 'Cancel job' }).click()
  await expect(job).toContainText('cancelled')
  await page.keyboard.press('Escape')
  await ask(page, tiltyard, 'busy', 'Move to trash…')
  await drop.getByRole('button', { name: 'Move to trash' }).click()
  await expect(tiltyard.item('busy')).toHaveCount(0)
})
