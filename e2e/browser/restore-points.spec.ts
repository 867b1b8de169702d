import fs from 'node:fs'
import path from 'node:path'
import { makeDataset, newestManifest, openForWriting } from './datasets.ts'
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

test('some datasets of a restore point are brought back, and what cannot be says why', async ({
  tiltyard,
  folder,
  page,
}) => {
  const one = await makeDataset(folder, 'one', 100, 1)
  const two = await makeDataset(folder, 'two', 50, 1)
  const torn = await makeDataset(folder, 'torn', 10, 1)
  const never = await makeDataset(folder, 'unread', 10, 1)
  fs.truncateSync(newestManifest(never), 20)
  await tiltyard.openPath(folder)
  await expect(tiltyard.item('two')).toBeVisible()
  await tiltyard.command(`Restore points of ${path.basename(folder)}…`)
  const dialog = page.getByRole('dialog', { name: /^Restore points of/ })
  await dialog.getByRole('button', { name: 'New restore point…' }).click()
  await dialog.getByRole('textbox', { name: 'Name of the restore point' }).fill('some')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toContainText('3 datasets tagged, 1 failed.')
  await expect(dialog.getByRole('alert')).toContainText('unread.lance')
  await dialog.getByRole('button', { name: 'To the list' }).click()

  for (const location of [one, two]) await (await openForWriting(location)).delete('id < 20')
  fs.truncateSync(newestManifest(torn), 20)
  await page.keyboard.press('Escape')
  await tiltyard.command(`Restore points of ${path.basename(folder)}…`)
  const line = dialog.getByRole('listitem', { name: 'some' })
  await expect(line).toContainText('2 of 4 datasets kept')
  await line.getByRole('button', { name: 'Restore…' }).click()
  const row = (name: string) => dialog.getByRole('row', { name: new RegExp(`^${name}\\.lance`) })
  await expect(row('torn')).toContainText(/the dataset does not open.*damaged.*v1 cannot be brought back/)
  await expect(row('unread')).toContainText(/not recorded: it did not open then.*nothing to bring back/)
  await expect(dialog.getByRole('note')).toContainText('2 datasets cannot be brought back')
  await dialog.getByRole('checkbox', { name: 'two.lance' }).uncheck()
  await dialog.getByRole('button', { name: 'Restore 1 dataset' }).click()
  await expect(dialog.getByRole('status')).toContainText('1 dataset restored.')
  expect(await (await openForWriting(one)).countRows()).toBe(100)
  expect(await (await openForWriting(two)).countRows()).toBe(30)

  // The tag of one that does not open stays, and so does the restore point; once it is away, both are gone.
  await dialog.getByRole('button', { name: 'To the list' }).click()
  await line.getByRole('button', { name: 'Delete…' }).click()
  await dialog.getByRole('button', { name: 'Delete restore point' }).click()
  await expect(dialog.getByRole('alert')).toContainText('its tag stays')
  fs.rmSync(torn, { recursive: true })
  await dialog.getByRole('button', { name: 'To the list' }).click()
  await line.getByRole('button', { name: 'Delete…' }).click()
  await dialog.getByRole('button', { name: 'Delete restore point' }).click()
  await expect(dialog.getByRole('status')).toContainText('released')
  await dialog.getByRole('button', { name: 'To the list' }).click()
  await expect(dialog.getByRole('heading', { name: 'No restore points' })).toBeVisible()
})
