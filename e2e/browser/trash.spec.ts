import fs from 'node:fs'
import path from 'node:path'
import { lancedb, makeDataset, makeRows } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

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
