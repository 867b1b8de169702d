import fs from 'node:fs'
import path from 'node:path'
import { startApp } from '../app.ts'
import { loseDataFile, makeDataset, makeFolder, newestManifest, setReaderFlag } from './datasets.ts'
import { canBeNobody, NOBODY } from './nobody.ts'
import { expect, test, TiltyardWindow } from './tiltyard.ts'

test('a dataset of a newer Lance is not shown half, and the list says why', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'future', 10, 1)
  await makeDataset(folder, 'present', 10, 1)
  setReaderFlag(location, 40)
  await tiltyard.openPath(folder)
  await expect(tiltyard.item('future')).toContainText('features of a newer Lance')
  await expect(tiltyard.item('future')).toContainText('Update Tiltyard')
  await expect(tiltyard.item('present')).toContainText('10')
  await tiltyard.item('future').click()
  const notice = page.getByRole('alert').filter({ hasText: 'future.lance could not be opened' })
  await expect(notice).toContainText('feature bits 40')
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toHaveCount(0)
})

test('where the newest version is damaged, the one before it opens with a click', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'torn', 20, 2)
  fs.truncateSync(newestManifest(location), 30)
  await tiltyard.openPath(location)
  const dialog = page.getByRole('dialog', { name: 'Open a dataset or folder' })
  await expect(dialog.getByRole('alert')).toContainText('The manifest of version 2 is damaged')
  await dialog.getByRole('button', { name: 'Open version 1' }).click()
  await expect(dialog).toBeHidden()
  await tiltyard.hasRows(10)
  await expect(tiltyard.cell(9, 1)).toHaveText('9')
  await expect(page.getByRole('status', { name: 'Looking at an older version' })).toContainText('Version 1 of 2')
})

test('a lost data file is named, and rows of other files stay readable', async ({
  tiltyard,
  folder,
  page,
  problems,
}) => {
  const location = await makeDataset(folder, 'holes', 4000, 2)
  const lost = loseDataFile(location)
  await tiltyard.openPath(location)
  await expect(page.getByRole('alert', { name: 'Missing data files' })).toContainText(lost)
  await tiltyard.grid.focus()
  await page.keyboard.press('ControlOrMeta+End')
  await expect(tiltyard.cell(3999, 1)).toHaveText('3999')
  // A filter has to read every file, so it says which one it needs; the rows come back without it.
  await tiltyard.filter('id >= 3990')
  await expect(page.getByRole('alert').filter({ hasText: lost }).nth(1)).toBeVisible()
  await tiltyard.filter('')
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '4001')
  await tiltyard.view('Fragments').click()
  await expect(page.getByLabel('Totals')).toContainText('2 fragments')
  problems.length = 0
})

test('what belongs to somebody else is read-only, or refused with a reason', async ({ page }) => {
  test.skip(!canBeNobody(), 'Only root can become somebody else.')
  const folder = makeFolder()
  fs.chmodSync(folder, 0o755)
  const location = await makeDataset(folder, 'theirs', 10, 1)
  const secret = await makeDataset(folder, 'secret', 10, 1)
  fs.chmodSync(secret, 0o700)
  const app = await startApp([], { uid: NOBODY })
  try {
    await page.goto(app.url)
    const tiltyard = new TiltyardWindow(page)
    await expect(tiltyard.cell(0, 1)).toHaveText('0')
    await expect(tiltyard.status).not.toContainText('read-only')
    await tiltyard.openPath(location)
    await expect(tiltyard.cell(9, 1)).toHaveText('9')
    await expect(tiltyard.status).toContainText('read-only folder')
    await tiltyard.openPath(secret)
    const dialog = page.getByRole('dialog', { name: 'Open a dataset or folder' })
    await expect(dialog.getByRole('alert').filter({ hasText: 'secret.lance' })).toContainText('may not read')
    await dialog.getByRole('button', { name: 'Close' }).click()
    await tiltyard.openPath(folder)
    await expect(tiltyard.item('secret')).toContainText('may not read')
    await expect(tiltyard.item('theirs')).toContainText('v1 · 1 fragment')
  } finally {
    await app.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

test('a dataset with datasets inside opens, and so does what lies in it', async ({ tiltyard, folder, page }) => {
  const outer = await makeDataset(folder, 'outer', 10, 1)
  const inner = await makeDataset(path.join(outer, 'extra'), 'inner', 20, 1)
  await tiltyard.openPath(outer)
  await expect(page.getByRole('tab', { name: 'outer', exact: true })).toHaveAttribute('aria-selected', 'true')
  await expect(tiltyard.cell(9, 1)).toHaveText('9')
  await tiltyard.openPath(inner)
  await expect(page.getByRole('tab', { name: 'inner', exact: true })).toHaveAttribute('aria-selected', 'true')
  await expect(tiltyard.cell(19, 1)).toHaveText('19')
  await tiltyard.openPath(`${folder}/`)
  await expect(tiltyard.item(path.basename(folder))).toBeVisible()
  await expect(tiltyard.item('outer')).toContainText('v1 · 1 fragment')
})

test('ten thousand datasets in one folder stay smooth', { tag: '@alone' }, async ({ tiltyard, folder, page }) => {
  test.setTimeout(120_000)
  const source = await makeDataset(folder, 'source', 3, 1)
  const manifest = fs.readdirSync(path.join(source, '_versions'))[0]!
  const bytes = fs.readFileSync(path.join(source, '_versions', manifest))
  for (let number = 0; number < 10_000; number++) {
    const versions = path.join(folder, `batch-${number % 20}`, `set-${number}.lance`, '_versions')
    fs.mkdirSync(versions, { recursive: true })
    fs.writeFileSync(path.join(versions, manifest), bytes)
  }
  await page.evaluate(() => {
    const longest = { ms: 0 }
    Object.assign(globalThis, { longest })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration)
    }).observe({ type: 'longtask' })
  })
  await tiltyard.openPath(folder)
  await expect(tiltyard.item(path.basename(folder))).toContainText('10,001', { timeout: 60_000 })
  await tiltyard.sidebar.focus()
  await page.keyboard.press('End')
  await expect(tiltyard.item('source')).toBeVisible()
  for (let step = 0; step < 20; step++) await page.keyboard.press('PageUp')
  await page.keyboard.press('Home')
  await expect(tiltyard.item('tiltyard-sample')).toBeVisible()
  const longestMs = await page.evaluate(() => (globalThis as unknown as { longest: { ms: number } }).longest.ms)
  console.log(`longest task while 10,000 datasets were found and walked: ${Math.round(longestMs)} ms`)
  expect(longestMs).toBeLessThan(400)
})
