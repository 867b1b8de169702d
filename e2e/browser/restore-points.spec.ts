import fs from 'node:fs'
import path from 'node:path'
import { makeDataset, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('a restore point brings all datasets of a folder back, and those that are left when one is lost', async ({
  tiltyard,
  folder,
  page,
}) => {
  const one = await makeDataset(folder, 'one', 100, 1)
  const two = await makeDataset(folder, 'two', 50, 1)
  await tiltyard.openPath(folder)
  await expect(tiltyard.item('two')).toBeVisible()

  await tiltyard.item(path.basename(folder)).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Restore points…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Restore points of/ })
  await dialog.getByRole('button', { name: 'New restore point…' }).click()
  const name = dialog.getByRole('textbox', { name: 'Name of the restore point' })
  await name.fill('ünï')
  await expect(dialog.getByRole('button', { name: 'Make restore point' })).toBeDisabled()
  await name.fill('before')
  await dialog.getByRole('textbox', { name: 'Note' }).fill('before the import')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toContainText('2 datasets tagged.')
  expect(await (await (await openForWriting(one)).tags()).getVersion('checkpoint.before')).toBe(1)
  await page.keyboard.press('Escape')

  await (await openForWriting(one)).delete('id < 50')
  await tiltyard.command(`Restore points of ${path.basename(folder)}…`)
  const line = dialog.getByRole('listitem', { name: 'before' })
  await expect(line).toContainText('before the import')
  await line.getByRole('button', { name: 'Restore…' }).click()
  await expect(dialog.getByRole('row', { name: /one\.lance/ })).toContainText('v2 → v1')
  await expect(dialog.getByRole('row', { name: /two\.lance/ })).toContainText('stays at v1')
  await dialog.getByRole('button', { name: 'Restore 2 datasets' }).click()
  await expect(dialog.getByRole('status')).toContainText('2 datasets restored.')
  expect(await (await openForWriting(one)).countRows()).toBe(100)

  fs.rmSync(two, { recursive: true })
  await page.keyboard.press('Escape')
  await tiltyard.command(`Restore points of ${path.basename(folder)}…`)
  await expect(line).toContainText('partial')
  await line.getByRole('button', { name: 'Restore…' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'two.lance' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Restore 1 dataset' }).click()
  await expect(dialog.getByRole('status')).toContainText('1 dataset restored.')

  await dialog.getByRole('button', { name: 'To the list' }).click()
  await line.getByRole('button', { name: 'Delete…' }).click()
  await dialog.getByRole('button', { name: 'Delete restore point' }).click()
  await dialog.getByRole('button', { name: 'To the list' }).click()
  await expect(dialog.getByRole('heading', { name: 'No restore points' })).toBeVisible()
  expect(Object.keys(await (await (await openForWriting(one)).tags()).list())).toEqual([])
})
