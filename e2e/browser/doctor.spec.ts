import fs from 'node:fs'
import path from 'node:path'
import { startApp } from '../app.ts'
import { lancedb, loseDataFile, makeDataset, makeFolder, makeRows, newestManifest, openForWriting } from './datasets.ts'
import { canBeNobody, NOBODY } from './nobody.ts'
import { expect, test, TiltyardWindow } from './tiltyard.ts'

test('a lost data file is named, and the rest of the rows is recovered into a new dataset', async ({
  tiltyard,
  folder,
  page,
  problems,
}) => {
  const location = await makeDataset(folder, 'holes', 1000, 2)
  const lost = loseDataFile(location)
  await tiltyard.openPath(location)
  await page.getByRole('tab', { name: 'Doctor' }).click()
  await expect(page.getByText('Not checked in this window yet')).toBeVisible()
  await page.getByRole('button', { name: 'Quick check' }).click()
  const result = page.getByRole('status', { name: 'Result of the check' })
  await expect(result).toContainText('broken', { timeout: 30_000 })
  const finding = page.getByRole('list', { name: 'Findings' }).getByRole('listitem').filter({ hasText: lost }).first()
  await expect(finding.getByRole('group', { name: 'Files' })).toContainText(lost)
  await expect(page.getByRole('list', { name: 'Passed' })).toBeHidden()
  await page.getByRole('button', { name: /checks passed$/ }).click()
  await expect(page.getByRole('list', { name: 'Passed' }).getByRole('listitem').first()).toContainText('well')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Report as JSON' }).click()
  const report: unknown = JSON.parse(fs.readFileSync(await (await download).path(), 'utf8'))
  expect(report).toMatchObject({ location, status: 'fail', deep: false })

  await finding.getByRole('button', { name: /^Write every readable row/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Write every readable row into a new dataset' })
  await expect(dialog).toContainText('Nothing needs a backup')
  const destination = dialog.getByRole('textbox', { name: 'Destination' })
  await expect(destination).toHaveValue(path.join(folder, 'holes-recovered.lance'))
  await destination.fill(path.join(folder, 'rest.lance'))
  await dialog.getByRole('button', { name: 'Write the copy' }).click()
  const outcome = page.getByRole('region', { name: 'What was repaired' })
  await expect(outcome).toContainText('500 rows', { timeout: 60_000 })
  await expect(outcome.getByRole('list', { name: 'Lost' })).toContainText('500 of 500 rows')
  expect(await (await openForWriting(path.join(folder, 'rest.lance'))).countRows()).toBe(500)
  await outcome.getByRole('button', { name: 'Open the copy' }).click()
  await tiltyard.hasRows(500)
  await expect(tiltyard.cell(0, 1)).toHaveText('500')

  // The file's place in the directory, from the finding.
  await page.getByRole('tab', { name: 'holes', exact: true }).click()
  await finding.getByRole('button', { name: `data/${lost}` }).click()
  await expect(page.getByRole('tab', { name: /^Storage/ })).toHaveAttribute('aria-selected', 'true')
  problems.length = 0
})

test('a dataset that does not open is checked from where it failed, and opens after the repair', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'torn', 20, 2)
  const manifest = newestManifest(location)
  fs.truncateSync(manifest, 30)
  await tiltyard.openPath(folder)
  const check = tiltyard.item('torn').getByRole('button', { name: 'Check it…' })
  await check.click()
  const doctor = page.getByRole('dialog', { name: 'Check torn.lance' })
  const finding = doctor.getByRole('list', { name: 'Findings' }).getByRole('listitem').first()
  await expect(finding).toContainText(path.basename(manifest), { timeout: 30_000 })
  await finding.getByRole('button', { name: /^Set the broken newest manifests aside/ }).click()
  const repair = page.getByRole('dialog', { name: 'Set the broken newest manifests aside' })
  await expect(repair).toContainText('Version 1 becomes the newest again')
  await expect(repair).toContainText('copied into a folder of the app first')
  await repair.getByRole('button', { name: 'Set aside' }).click()
  const outcome = doctor.getByRole('region', { name: 'What was repaired' })
  await expect(outcome).toContainText('Version 1 is the newest again', { timeout: 60_000 })
  await expect(outcome).toContainText('backups')
  await expect(doctor.getByRole('status', { name: 'Result of the check' })).toContainText('v1', { timeout: 30_000 })
  expect(fs.existsSync(manifest)).toBe(false)
  await outcome.getByRole('button', { name: 'Open it' }).click()
  await expect(doctor).toBeHidden()
  await tiltyard.hasRows(10)
  await expect(tiltyard.item('torn')).toContainText('v1')
  const table = await (await lancedb.connect(folder)).openTable('torn')
  expect(await table.countRows()).toBe(10)
})

test('a branch whose newest manifest is damaged goes back to its last good version', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'forked', 20, 2)
  const branches = await (await openForWriting(location)).branches()
  await branches.create('side')
  await (await branches.checkout('side')).delete('id < 5')
  const versions = path.join(location, 'tree/side/_versions')
  const newest = fs
    .readdirSync(versions)
    .filter((name) => name.endsWith('.manifest'))
    .toSorted()[0]!
  fs.truncateSync(path.join(versions, newest), 30)
  await tiltyard.openPath(location)
  await tiltyard.hasRows(20)
  await page.getByRole('tab', { name: 'Doctor' }).click()
  await page.getByRole('button', { name: 'Quick check' }).click()
  await page.getByRole('button', { name: 'Set the broken newest manifests of branch side aside…' }).click()
  const repair = page.getByRole('dialog')
  await expect(repair).toContainText('Version 2 becomes the newest of branch side again')
  await repair.getByRole('button', { name: 'Set aside', exact: true }).click()
  const outcome = page.getByRole('region', { name: 'What was repaired' })
  await expect(outcome).toContainText('Version 2 is the newest of branch side again', { timeout: 60_000 })
  await expect(outcome).toContainText('v2 of side')
  await outcome.getByRole('button', { name: 'Show branch side' }).click()
  await page.getByRole('tab', { name: /^Data/ }).click()
  await tiltyard.hasRows(20)
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('side')
  await (await branches.checkout('side')).delete('id < 3')
  await expect(tiltyard.view('Versions')).toContainText('v3')
})

test('the notice of a failed opening leads to the doctor', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'shut', 20, 2)
  fs.truncateSync(newestManifest(location), 30)
  await tiltyard.openPath(location)
  await page
    .getByRole('dialog', { name: 'Open a dataset or folder' })
    .getByRole('button', { name: 'Check it…' })
    .click()
  const doctor = page.getByRole('dialog', { name: 'Check shut.lance' })
  await expect(doctor.getByRole('status', { name: 'Result of the check' })).toContainText('broken', { timeout: 30_000 })
  await doctor.getByRole('button', { name: 'Close' }).click()
  await expect(doctor).toBeHidden()
})

test('a dataset shown at an older version, since its newest is damaged, is repaired in its tab', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'behind', 20, 2)
  fs.truncateSync(newestManifest(location), 30)
  await tiltyard.openPath(location)
  await page.getByRole('dialog').getByRole('button', { name: 'Open version 1' }).click()
  await tiltyard.hasRows(10)
  await page.getByRole('tab', { name: 'Doctor' }).click()
  await expect(page.getByText('not about version 1')).toBeVisible()
  await page.getByRole('button', { name: 'Quick check' }).click()
  await page.getByRole('button', { name: /^Set the broken newest manifests aside/ }).click()
  await page.getByRole('button', { name: 'Set aside', exact: true }).click()
  await expect(page.getByRole('region', { name: 'What was repaired' })).toContainText('Version 1 is the newest again', {
    timeout: 60_000,
  })
  await expect(page.getByRole('status', { name: 'Looking at an older version' })).toBeHidden()
  await expect(page.getByRole('tab', { name: 'Doctor' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('tab', { name: 'behind', exact: true })).toHaveCount(1)
  await expect(page.getByRole('status', { name: 'Result of the check' })).toContainText('v1')
  await page.getByRole('tab', { name: /^Data/ }).click()
  await tiltyard.hasRows(10)
})

test('files of no version are removed after a tick, and the dataset is all well', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'littered', 20, 2)
  const stray = path.join(location, 'data', 'stray.lance')
  fs.copyFileSync(path.join(location, 'data', fs.readdirSync(path.join(location, 'data'))[0]!), stray)
  const past = new Date(Date.now() - 20 * 86_400_000)
  fs.utimesSync(stray, past, past)
  await tiltyard.openPath(location)
  await tiltyard.hasRows(20)
  await tiltyard.command('Doctor: check the dataset')
  await page.getByRole('button', { name: /^Remove 1 file of no version/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove 1 file of no version' })
  await expect(dialog.getByRole('list', { name: 'Files to remove' })).toContainText('data/stray.lance')
  await expect(dialog.getByRole('button', { name: 'Remove' })).toBeDisabled()
  await dialog.getByRole('checkbox', { name: 'Remove 1 file for good' }).check()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('region', { name: 'What was repaired' })).toContainText('1 file of')
  const result = page.getByRole('status', { name: 'Result of the check' })
  await expect(result).toContainText('All well')
  await expect(page.getByText('Nothing is broken')).toBeVisible()
  expect(fs.existsSync(stray)).toBe(false)
})

test('a deep check can be cancelled, and keeps what it found until then', async ({ tiltyard, folder, page }) => {
  const location = await makeDataset(folder, 'long', 40_000, 20)
  await tiltyard.openPath(location)
  await tiltyard.hasRows(40_000)
  await page.getByRole('tab', { name: 'Doctor' }).click()
  await page.getByRole('button', { name: 'Deep check' }).click()
  await expect(page.getByRole('progressbar', { name: 'Progress of the check' })).toBeVisible()
  await page.getByRole('region', { name: 'Check' }).getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('status', { name: 'Result of the check' })).toContainText('Cancelled')
  await page.getByRole('button', { name: 'Deep check' }).click()
  await expect(page.getByRole('status', { name: 'Result of the check' })).toContainText('40,000 rows read', {
    timeout: 60_000,
  })
})

test('where nothing may be written, repairs say so, and copying elsewhere is still offered', async ({ page }) => {
  test.skip(!canBeNobody(), 'Only root can become somebody else.')
  const folder = makeFolder()
  fs.chmodSync(folder, 0o755)
  const location = await makeDataset(folder, 'theirs', 20, 2)
  loseDataFile(location)
  fs.truncateSync(newestManifest(location), 30)
  const app = await startApp([], { uid: NOBODY })
  try {
    await page.goto(app.url)
    const tiltyard = new TiltyardWindow(page)
    await expect(tiltyard.cell(0, 1)).toHaveText('0')
    await tiltyard.openPath(location)
    await page.getByRole('dialog').getByRole('button', { name: 'Open version 1' }).click()
    await page.getByRole('tab', { name: 'Doctor' }).click()
    await page.getByRole('button', { name: 'Quick check' }).click()
    await expect(page.getByText('Repairs that change it are switched off')).toBeVisible({ timeout: 30_000 })
    const setAside = page.getByRole('button', { name: /^Set the broken newest manifests aside/ })
    await expect(setAside).toHaveAttribute('aria-disabled', 'true')
    await setAside.hover()
    await expect(page.getByText('This folder is read-only for Tiltyard').last()).toBeVisible()
    await page.getByRole('button', { name: /^Write every readable row/ }).click()
    await expect(page.getByRole('button', { name: 'Write the copy' })).toBeEnabled()
  } finally {
    await app.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

test('a damaged index is built again, and a version without the damaged file is gone back to', async ({
  tiltyard,
  folder,
  page,
  problems,
}) => {
  const location = await makeDataset(folder, 'indexed', 1000, 1)
  const table = await openForWriting(location)
  await table.createIndex('id', { config: lancedb.Index.btree(), name: 'id_idx' })
  const [uuid] = fs.readdirSync(path.join(location, '_indices'))
  const files = fs.readdirSync(path.join(location, '_indices', uuid!))
  fs.rmSync(path.join(location, '_indices', uuid!, files[0]!))
  await tiltyard.openPath(location)
  await tiltyard.hasRows(1000)
  await tiltyard.command('Doctor: check the dataset')
  await page.getByRole('button', { name: 'Build index id_idx again…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Build again' }).click()
  const outcome = page.getByRole('region', { name: 'What was repaired' })
  await expect(outcome).toContainText('Index id_idx was built again', { timeout: 60_000 })
  await expect(outcome).toContainText('v3')
  await expect(page.getByRole('tab', { name: /^Versions/ })).toContainText('v3')

  await table.checkoutLatest()
  const before = fs.readdirSync(path.join(location, 'data'))
  await table.add(makeRows(1000, 10))
  const added = fs.readdirSync(path.join(location, 'data')).find((name) => !before.includes(name))
  fs.rmSync(path.join(location, 'data', added!))
  await page.getByRole('button', { name: 'Quick check' }).click()
  await page.getByRole('button', { name: 'Go back to version 3…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Go back', exact: true }).click()
  await expect(outcome).toContainText('Version 5 has the rows of version 3', { timeout: 60_000 })
  await expect(page.getByRole('tab', { name: /^Versions/ })).toContainText('v5')
  await table.checkoutLatest()
  expect(await table.countRows()).toBe(1000)
  problems.length = 0
})
