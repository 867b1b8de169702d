import fs from 'node:fs'
import path from 'node:path'
import { lancedb, loseDataFile, makeDataset, newestManifest, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

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
