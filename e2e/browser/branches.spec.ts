import fs from 'node:fs'
import path from 'node:path'
import { makeDataset, makeRows, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('a branch is started from a tag, shown, kept while others need it, and deleted by its name', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'branched', 100, 4)
  const table = await openForWriting(location)
  await (await table.tags()).create('base', 2)
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await page.getByRole('radio', { name: /^Branches/ }).click()
  const list = page.getByRole('list', { name: 'Branches' })
  await expect(list.getByRole('listitem')).toHaveCount(1)

  await page.getByRole('button', { name: 'New branch…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New branch' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('main')
  await expect(dialog).toContainText('every dataset begins with')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('try/shorter')
  await dialog.getByRole('combobox', { name: 'From' }).selectOption({ label: 'Tag base, version 2' })
  await dialog.getByRole('button', { name: 'Create branch' }).click()
  await expect(list.getByRole('listitem').filter({ hasText: 'try/shorter' })).toContainText('from main v2')
  expect(Object.keys(await (await table.branches()).list())).toEqual(['try/shorter'])

  await page
    .getByRole('dialog', { name: 'Branch try/shorter started' })
    .getByRole('button', { name: 'Show it' })
    .click()
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('try/shorter')
  await page.getByRole('radio', { name: /^Versions/ }).click()
  await expect(tiltyard.version(2)).toBeVisible()
  await expect(tiltyard.version(3)).toHaveCount(0)

  // A branch of the branch holds it.
  const branch = await (await table.branches()).checkout('try/shorter')
  await branch.add(makeRows(500, 5))
  await (await table.branches()).create('second', 'try/shorter')
  await page.getByRole('button', { name: 'Read versions and tags again' }).click()
  await page.getByRole('radio', { name: /^Branches/ }).click()
  const remove = async (name: string) => {
    await page.getByRole('button', { name: `Menu of branch ${name}` }).click()
    await page.getByRole('menuitem', { name: /^Delete branch/ }).click()
    return page.getByRole('dialog', { name: `Delete branch ${name}` })
  }
  const refused = await remove('try/shorter')
  await expect(refused).toContainText('Branch second starts at its version 3 and needs it.')
  await expect(refused.getByRole('button', { name: 'Delete branch' })).toBeDisabled()
  await refused.getByRole('button', { name: 'Cancel' }).click()

  const second = await remove('second')
  await expect(second).toContainText('This cannot be undone')
  await expect(second.getByRole('button', { name: 'Delete branch' })).toBeDisabled()
  await second.getByRole('textbox').fill('second')
  await second.getByRole('button', { name: 'Delete branch' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(2)

  const shown = await remove('try/shorter')
  await expect(shown).toContainText('The tab goes back to main')
  await shown.getByRole('textbox').fill('try/shorter')
  await page.keyboard.press('Enter')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('navigation', { name: 'Where you are' })).not.toContainText('try/shorter')
  expect(Object.keys(await (await table.branches()).list())).toEqual([])
  expect(fs.existsSync(path.join(location, '_refs/branches/try%2Fshorter.json'))).toBe(false)
})

test('a branch deleted by another program is said to be gone, and main is one step away', async ({
  tiltyard,
  folder,
  page,
  problems,
}) => {
  const location = await makeDataset(folder, 'vanishing', 100, 3)
  const branches = await (await openForWriting(location)).branches()
  await branches.create('short-lived', undefined, 2)
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await page.getByRole('button', { name: 'Branch: main' }).click()
  await page.getByRole('menuitemcheckbox', { name: /short-lived/ }).click()
  await expect(page.getByRole('button', { name: 'Branch: short-lived' })).toBeVisible()
  await branches.delete('short-lived')
  await page.getByRole('button', { name: 'Read versions and tags again' }).click()
  const notice = page.getByRole('alert').filter({ hasText: 'Branch short-lived is gone' })
  await notice.getByRole('button', { name: 'Show main' }).click()
  await expect(notice).toHaveCount(0)
  await expect(tiltyard.version(3)).toBeVisible()
  problems.length = 0
})
