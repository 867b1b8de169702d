import { makeDataset, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('a tag is created with its name checked while typing, moved, deleted, and each step undone', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'tagged', 100, 4)
  const tags = await (await openForWriting(location)).tags()
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()

  await tiltyard.version(2).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Tag this version…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Tag version 2' })
  const name = dialog.getByRole('textbox', { name: 'Name' })
  await expect(name).toBeFocused()
  await name.fill('ünï')
  await expect(dialog).toContainText('“ü” is not allowed')
  await expect(dialog.getByRole('button', { name: 'Create tag' })).toBeDisabled()
  await name.fill('release-1.0')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(tiltyard.version(2)).toContainText('release-1.0')
  expect(await tags.getVersion('release-1.0')).toBe(2)

  // The same name elsewhere is the same tag: it moves.
  await tiltyard.version(4).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Tag this version…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('release-1.0')
  await expect(page.getByRole('dialog', { name: 'Tag version 4' })).toContainText(
    'at version 2 now and would move here',
  )
  await page.getByRole('button', { name: 'Move tag here' }).click()
  await expect(tiltyard.version(4)).toContainText('release-1.0')
  await expect(tiltyard.version(2)).not.toContainText('release-1.0')
  await page
    .getByRole('dialog', { name: /moved to version 4/ })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(tiltyard.version(2)).toContainText('release-1.0')
  expect(await tags.getVersion('release-1.0')).toBe(2)

  await page.getByRole('radio', { name: /^Tags/ }).click()
  const line = page.getByRole('grid', { name: 'Tags' }).getByRole('row', { name: /release-1\.0/ })
  await expect(line).toContainText('v2')
  await page.getByRole('button', { name: 'Menu of tag release-1.0' }).click()
  await page.getByRole('menuitem', { name: /^Delete tag/ }).click()
  await expect(page.getByText('No tags')).toBeVisible()
  expect(Object.keys(await tags.list())).toEqual([])
  const toast = page.getByRole('dialog', { name: 'Tag release-1.0 deleted' })
  await expect(toast).toContainText('Bringing it back gives it a new date')
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(toast).toHaveCount(0)
  await expect(line).toContainText('v2')
  expect(await tags.getVersion('release-1.0')).toBe(2)
})

test('a tag made by another program is seen, and led to', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'elsewhere', 100, 3)
  const tags = await (await openForWriting(location)).tags()
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await expect(tiltyard.version(3)).toBeVisible()
  await tags.create('from-outside', 1)
  await page.getByRole('button', { name: 'Read versions and tags again' }).click()
  await expect(tiltyard.version(1)).toContainText('from-outside')
  await page.getByRole('radio', { name: /^Tags 1/ }).click()
  await page.getByRole('grid', { name: 'Tags' }).getByRole('rowgroup').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status', { name: 'Looking at an older version' })).toContainText('Version 1 of 3')
})

test('a step can be copied as code', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'coded', 100, 2)
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await page.getByRole('grid', { name: 'Versions' }).getByRole('rowgroup').focus()
  await page.keyboard.press('t')
  await page.getByRole('textbox', { name: 'Name' }).fill('v1')
  await page.getByRole('button', { name: 'Copy this step as code' }).click()
  await page.getByRole('menuitem', { name: 'Copy as Python' }).click()
  await expect.poll(() => tiltyard.clipboard()).toContain('dataset.tags.create("v1", 2)')
})

test('what goes wrong is said in the dialog, which stays open', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'race', 100, 2)
  const tags = await (await openForWriting(location)).tags()
  await tiltyard.openPath(location)
  await tiltyard.hasRows(100)
  await tiltyard.command('Tag version 2')
  const dialog = page.getByRole('dialog', { name: 'Tag version 2' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('first')
  // Somebody else is quicker, and this window has not seen it.
  await tags.create('first', 1)
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('The tag was not created')
  await expect(dialog.getByRole('alert')).toContainText('first')
  expect(await tags.getVersion('first')).toBe(1)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('second')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  expect(await tags.getVersion('second')).toBe(2)
})
