import fs from 'node:fs'
import path from 'node:path'
import { makeDataset, makeRows, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('two versions are picked with mouse and keys, and compared', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'pair', 100, 5))
  await tiltyard.view('Versions').click()
  await tiltyard.version(4).click({ modifiers: ['ControlOrMeta'] })
  const picked = page.getByRole('status', { name: 'Picked versions' })
  await expect(picked).toContainText('v4 is picked')
  await tiltyard.version(2).click({ modifiers: ['ControlOrMeta'] })
  await expect(picked).toContainText('v2 and v4 are picked')
  // Picking is not travelling.
  await expect(page.getByRole('status', { name: 'Looking at an older version' })).toHaveCount(0)
  await picked.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByRole('grid', { name: 'Versions' })).toHaveCount(0)
})

test('versions are picked, and everything about one is read, without a mouse', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'keys', 100, 3)
  await (await openForWriting(location)).delete("label = 'red' AND id < 50")
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await page.getByRole('grid', { name: 'Versions' }).getByRole('rowgroup').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  const picked = page.getByRole('status', { name: 'Picked versions' })
  await expect(picked).toContainText('v3 and v4 are picked')
  await page.keyboard.press('Escape')
  await expect(picked).toHaveCount(0)
  await page.keyboard.press('Home')
  await page.keyboard.press('d')
  const details = page.getByRole('region', { name: 'Details of version 4' })
  await expect(details.getByRole('region', { name: 'Deleted where' })).toContainText("label = 'red' AND id < 50")
  await expect(details.getByRole('row', { name: /^Deletion files/ })).toContainText('+2')
  await expect(details.getByRole('region', { name: 'Written' })).toContainText(/lance \d/)
  const tree = details.getByRole('tree', { name: 'Transaction' })
  await expect(tree.getByRole('treeitem').first()).toBeVisible()
  await details.getByRole('radio', { name: 'JSON' }).click()
  await expect(details.getByRole('region', { name: 'Transaction' })).toContainText('"delete"')
  await details.getByRole('button', { name: 'Measure' }).click()
  await expect(details.getByRole('region', { name: 'Kept on disk by this version alone' })).toContainText(
    /in \d+ files?/,
  )
})

test('a stretch of the timeline narrows the list, and zoom brings it closer', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'stretch', 120, 12))
  await tiltyard.view('Versions').click()
  const timeline = page.getByRole('slider', { name: 'Version timeline of stretch' })
  await page.getByRole('radio', { name: 'Even' }).click()
  const box = (await timeline.boundingBox())!
  await page.mouse.move(box.x + 110, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + 70, { steps: 4 })
  await page.mouse.up()
  const chosen = page.getByRole('status', { name: 'Chosen stretch' })
  await expect(chosen).toContainText(/^\d versions, v1 – v\d/)
  await expect(tiltyard.version(12)).toHaveCount(0)
  await expect(tiltyard.version(1)).toBeVisible()
  await expect(page.getByText(/\d matches in 12 versions/)).toBeVisible()
  const whole = page.getByRole('button', { name: 'Show the whole history' })
  await expect(whole).toBeDisabled()
  await chosen.getByRole('button', { name: 'Zoom to it' }).click()
  await expect(whole).toBeEnabled()
  await timeline.focus()
  await page.keyboard.press('0')
  await expect(whole).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(chosen).toHaveCount(0)
  await expect(tiltyard.version(12)).toBeVisible()
  // The same with keys: from the version on screen to the left.
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(chosen).toContainText('3 versions, v10 – v12')
  // The wheel zooms around the pointer.
  await page.mouse.move(box.x + box.width / 2, box.y + 60)
  await page.mouse.wheel(0, -300)
  await expect(whole).toBeEnabled()
})

test('a version committed meanwhile joins the timeline and the list', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'growing', 100, 2)
  const table = await openForWriting(location)
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await expect(tiltyard.version(2)).toBeVisible()
  await table.add(makeRows(100, 10))
  await expect(tiltyard.version(3)).toBeVisible()
  await expect(page.getByRole('slider', { name: /^Version timeline/ })).toHaveAttribute('aria-valuemax', '3')
  await expect(page.getByRole('region', { name: 'Version timeline' })).toContainText('3 versions')
})

test('a version whose manifest is damaged keeps its place and says what is wrong', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'damaged', 100, 3)
  const versions = path.join(location, '_versions')
  // Names sort newest first; the second is version 2.
  const manifests = fs.readdirSync(versions).filter((name) => name.endsWith('.manifest'))
  fs.writeFileSync(path.join(versions, manifests.sort()[1]!), 'not a manifest')
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await expect(tiltyard.version(2)).toContainText(/manifest/i)
  await expect(tiltyard.version(1)).toContainText('Create')
  await tiltyard.version(2).click({ button: 'right' })
  for (const name of [/^Show the dataset/, /^Compare with the newest/, /^Restore this version/]) {
    await expect(page.getByRole('menuitem', { name })).toHaveAttribute('aria-disabled', 'true')
  }
  await page.getByRole('menuitem', { name: /^Details/ }).click()
  await expect(page.getByRole('region', { name: 'Details of version 2' })).toContainText(/manifest/i)
  // Chosen all the same, it leaves the history where it is.
  await tiltyard.version(2).click()
  const notice = page.getByRole('alert').filter({ hasText: 'Version 2 of damaged cannot be shown' })
  await expect(notice).toBeVisible()
  await expect(tiltyard.version(2)).toHaveAttribute('aria-selected', 'true')
  await tiltyard.view('Data').click()
  await expect(notice).toBeVisible()
  await expect(tiltyard.grid).toBeHidden()
  await tiltyard.view('Versions').click()
  await tiltyard.version(1).click()
  await expect(notice).toBeHidden()
})

test('a dataset of one version has nothing to compare with, and says so', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'single', 10, 1))
  await tiltyard.view('Versions').click()
  await tiltyard.version(1).click()
  const facts = page.getByRole('region', { name: 'Version 1' })
  await expect(facts.getByRole('region', { name: 'Nothing older to compare with' })).toBeVisible()
  await expect(facts.getByRole('button', { name: /^Compare/ })).toHaveCount(0)
  await page.getByRole('radio', { name: /^Tags/ }).click()
  await expect(page.getByText('No tags')).toBeVisible()
  await page.getByRole('radio', { name: /^Branches/ }).click()
  await expect(page.getByText('A branch starts at a version')).toBeVisible()
})
