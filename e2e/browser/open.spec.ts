import fs from 'node:fs'
import path from 'node:path'
import { makeDataset, newestManifest, snapshot } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test.describe('on the first day', () => {
  test.use({ isFirstStart: true })

  test('the first start shows the bundled sample, with a history', async ({ tiltyard }) => {
    await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', /^1,?\d{3}$/)
    await expect(tiltyard.cell(0, 1)).toHaveText('0')
    await tiltyard.view('Versions').click()
    const list = tiltyard.page
      .getByRole('grid', { name: 'Versions' })
      .or(tiltyard.page.getByRole('listbox', { name: 'Versions' }))
    for (const operation of ['append', 'update', 'delete', 'create-index', 'merge', 'rewrite']) {
      await expect(list.getByText(operation, { exact: true }).first()).toBeVisible()
    }
  })
})

test('a folder lists its datasets, broken ones with their reason, and writes nothing', async ({ tiltyard, folder }) => {
  const good = await makeDataset(folder, 'good', 1000)
  await makeDataset(path.join(folder, 'deep', 'er'), 'nested', 20, 1)
  const truncated = await makeDataset(folder, 'truncated', 20, 1)
  const garbage = await makeDataset(folder, 'garbage', 20, 1)
  fs.truncateSync(newestManifest(truncated), 30)
  fs.writeFileSync(newestManifest(garbage), Buffer.alloc(600, 0xff))
  fs.mkdirSync(path.join(folder, 'hollow.lance'))
  fs.symlinkSync(folder, path.join(folder, 'deep', 'loop'))
  const before = snapshot(folder)

  await tiltyard.openPath(folder)
  const item = (name: string) => tiltyard.sidebar.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) })
  await expect(item('good')).toContainText('1K')
  await expect(item('good')).toContainText('2 fragments')
  await expect(item('nested')).toBeVisible()
  for (const [name, reason] of [
    ['truncated', /too short|truncated|cut/i],
    ['garbage', /manifest/i],
    ['hollow', /no versions|no readable|empty|not a lance/i],
  ] as const) {
    await expect(item(name)).toContainText(reason)
  }
  await item('good').click()
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', /^1,?001$/)
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  expect(snapshot(folder)).toBe(before)
  expect(fs.existsSync(good)).toBe(true)
})

const ODD_NAMES = ['with space.lance', 'Données #1 50% (final)', 'hash#q?x%20y.lance', '数据集.lance', '.hidden.lance']
test('any directory name opens', async ({ tiltyard, folder }) => {
  const source = await makeDataset(folder, 'plain', 10, 1)
  for (const name of ODD_NAMES) {
    const location = path.join(folder, name)
    fs.cpSync(source, location, { recursive: true })
    await tiltyard.openPath(location)
    await expect(tiltyard.page.getByRole('tab', { name: name.replace(/\.lance$/, ''), exact: true })).toHaveAttribute(
      'aria-selected',
      'true',
    )
    await expect(tiltyard.cell(9, 1)).toHaveText('9')
  }
})

test(
  'each bad input has its own sentence at once, and the dialog stays',
  { tag: '@alone' },
  async ({ tiltyard, folder }) => {
    const truncated = await makeDataset(folder, 'truncated', 20, 1)
    fs.truncateSync(newestManifest(truncated), 30)
    fs.mkdirSync(path.join(folder, 'empty'))
    fs.mkdirSync(path.join(folder, 'other'))
    fs.writeFileSync(path.join(folder, 'other', 'readme.txt'), 'not a dataset')
    fs.writeFileSync(path.join(folder, 'file.lance'), 'a file')
    const dialog = tiltyard.page.getByRole('dialog', { name: 'Open a dataset or folder' })
    const sentences = new Set<string>()
    for (const name of ['missing', 'empty', 'other', 'file.lance', 'truncated.lance']) {
      await tiltyard.openPath(path.join(folder, name))
      const started = Date.now()
      const notice = dialog.getByRole('alert')
      await expect(notice).toBeVisible({ timeout: 1500 })
      expect(Date.now() - started).toBeLessThan(1500)
      sentences.add((await notice.innerText()).replaceAll(path.join(folder, name), '…'))
      await tiltyard.page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    }
    expect(sentences.size).toBe(5)
  },
)

test('the path box completes, recents are kept and can be removed', async ({ tiltyard, folder, page, app }) => {
  await makeDataset(folder, 'completed', 10, 1)
  await page.keyboard.press('ControlOrMeta+o')
  const box = page.getByRole('combobox', { name: 'Path' })
  await box.fill(`${folder}/comp`)
  await page.getByRole('option', { name: /completed\.lance/ }).click()
  await expect(tiltyard.cell(9, 1)).toHaveText('9')
  await page.keyboard.press('ControlOrMeta+o')
  const recents = page.getByRole('dialog').getByRole('list', { name: 'Opened before' })
  await expect(recents).toContainText('completed')
  await recents.getByRole('button', { name: /^(Remove|Forget).*completed/ }).click()
  await expect(recents.getByText('completed')).toHaveCount(0)
  expect(app.output()).not.toContain('Error')
})

test('several datasets open in tabs and come back after a reload', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'one', 10, 1))
  await tiltyard.openPath(await makeDataset(folder, 'two', 20, 1))
  const tabs = page.getByRole('tablist', { name: 'Open datasets' })
  await expect(tabs.getByRole('tab')).toHaveText(['tiltyard-sample', 'one', 'two'])
  await tabs.getByRole('tab', { name: 'one' }).click()
  await expect(tiltyard.cell(9, 1)).toHaveText('9')
  await page.reload()
  await expect(tabs.getByRole('tab')).toHaveText(['tiltyard-sample', 'one', 'two'])
  await expect(tabs.getByRole('tab', { name: 'one' })).toHaveAttribute('aria-selected', 'true')
  await tabs.getByRole('button', { name: 'Close two' }).click()
  await expect(tabs.getByRole('tab')).toHaveText(['tiltyard-sample', 'one'])
})
