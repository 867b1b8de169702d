import { lancedb, makeDataset, makeRows, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test(
  'a long history shows at once and scrolls to its beginning',
  { tag: '@alone' },
  async ({ tiltyard, folder, page }) => {
    test.setTimeout(180_000)
    const db = await lancedb.connect(folder)
    const table = await db.createTable('long', makeRows(0, 1))
    for (let version = 2; version <= 1500; version++) {
      await table.update({ where: 'id = -1', values: { label: 'x' } }).catch(() => undefined)
      if ((await table.version()) < version) await table.add(makeRows(version, 1))
    }
    await (await table.tags()).create('beginning', 2)
    const newest = await table.version()
    await tiltyard.openPath(`${folder}/long.lance`)
    await expect(tiltyard.cell(0, 1)).toHaveText('0')
    const started = Date.now()
    await tiltyard.view('Versions').click()
    await expect(tiltyard.version(newest)).toBeVisible()
    expect(Date.now() - started).toBeLessThan(1000)
    const versions = page.getByRole('grid', { name: 'Versions' })
    await expect(versions).toHaveAttribute('aria-rowcount', String(newest + 1))
    await versions.getByRole('rowgroup').focus()
    await page.keyboard.press('End')
    await expect(tiltyard.version(1)).toBeVisible()
    await expect(tiltyard.version(2).getByText('beginning')).toBeInViewport()
    await page.getByRole('textbox', { name: 'Filter versions' }).fill('beginning')
    await expect(page.getByText(`1 match in ${newest.toLocaleString('en-US')} versions`)).toBeVisible()
    await tiltyard.version(2).click()
    await expect(page.getByRole('status', { name: 'Looking at an older version' })).toContainText('Version 2 of')
  },
)

test('tags are seen whole beside any sentence', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'tagged', 100, 3)
  const tags = await (await openForWriting(location)).tags()
  await tags.create('v1.0', 2)
  for (const name of ['prod', 'stable', 'release']) await tags.create(name, 3)
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  const chip = tiltyard.version(2).getByText('v1.0')
  await expect(chip).toBeVisible()
  expect(await chip.evaluate((it) => it.scrollWidth <= it.clientWidth)).toBe(true)
  await expect(tiltyard.version(3)).toContainText('+2')
  await expect(tiltyard.version(3).getByTitle('Tags: prod, release, stable')).toBeVisible()
  await page.setViewportSize({ width: 900, height: 700 })
  await expect(chip).toBeInViewport({ ratio: 1 })
})

test('the timeline travels by click and by keys', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'line', 100, 5))
  const timeline = page.getByRole('slider', { name: 'Version timeline of line' })
  await expect(timeline).toHaveAttribute('aria-valuenow', '5')
  await timeline.focus()
  await page.keyboard.press('Home')
  await expect(timeline).toHaveAttribute('aria-valuenow', '1')
  await expect(timeline).toHaveAttribute('aria-valuetext', /^Version 1, Create/)
  const banner = page.getByRole('status', { name: 'Looking at an older version' })
  await expect(banner).toContainText('Version 1 of 5')
  await page.keyboard.press('ArrowRight')
  await expect(banner).toContainText('Version 2 of 5')
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '41')
  // The newest version is the last mark of the first lane: found as with the eyes, from the right.
  const box = (await timeline.boundingBox())!
  let x = box.x + box.width - 10
  for (; x > box.x && !(await timeline.getByText('Version 5').isVisible()); x -= 3) {
    await page.mouse.move(x - 3, box.y + 26)
  }
  await page.mouse.click(x, box.y + 26)
  await expect(timeline).toHaveAttribute('aria-valuenow', '5')
  await expect(banner).toBeHidden()
})

test('a branch is looked at like any other history', async ({ tiltyard, page }) => {
  await tiltyard.view('Versions').click()
  await page.getByRole('button', { name: 'Branch: main' }).click()
  await page.getByRole('menuitemcheckbox', { name: /shorter-texts/ }).click()
  const place = page.getByRole('navigation', { name: 'Where you are' })
  await expect(place).toContainText('shorter-texts')
  await expect(tiltyard.page.getByRole('grid', { name: 'Versions' })).toContainText('characters > 400')
  const rows = await tiltyard.status.textContent()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.getByRole('button', { name: 'Branch: shorter-texts' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'main', exact: true }).click()
  await expect(place).not.toContainText('shorter-texts')
  await expect(tiltyard.status).not.toHaveText(rows ?? '')
})

test('an empty dataset has a history and no fragments, and says so', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'emptied', 10, 1)
  await (await openForWriting(location)).delete('id >= 0')
  await tiltyard.openPath(location)
  await expect(page.getByText('This version has no rows')).toBeVisible()
  await tiltyard.view('Versions').click()
  await expect(tiltyard.version(2)).toContainText('delete')
  await tiltyard.view('Fragments').click()
  await expect(page.getByText('Version 2 of emptied holds no data')).toBeVisible()
  await tiltyard.view('Versions').click()
  await tiltyard.version(1).click()
  await tiltyard.view('Data').click()
  await expect(tiltyard.cell(9, 1)).toHaveText('9')
})
