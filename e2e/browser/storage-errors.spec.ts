import fs from 'node:fs'
import path from 'node:path'
import { directoryBytes, makeHistory } from './storage-datasets.ts'
import { classLine, exactBytes, showPart } from './storage-view.ts'
import { expect, test } from './tiltyard.ts'

/** Version 3, which deletes rows. */
const DAMAGED = '_versions/18446744073709551612.manifest'

test('a damaged manifest is named, and every byte is still counted', async ({ tiltyard, folder, page }) => {
  const { location } = await makeHistory(folder)
  fs.writeFileSync(path.join(location, DAMAGED), Buffer.alloc(600, 7))
  await tiltyard.openPath(location)
  await showPart(page, 'Where did my disk go')
  const notice = page.getByRole('alert').filter({ hasText: '1 manifest could not be read' })
  await notice.getByText('1 manifest could not be read').click()
  await expect(notice).toContainText(DAMAGED)
  const table = page.getByRole('table', { name: 'Classes of files' })
  const sums = await Promise.all((await table.locator('tbody td:nth-child(2)').all()).map(exactBytes))
  expect(sums.reduce((sum, bytes) => sum + bytes, 0)).toBe(directoryBytes(location).bytes)
  await expect(classLine(page, 'Abandoned writes')).toBeVisible()

  await showPart(page, 'Anatomy')
  await page.getByRole('textbox', { name: 'Filter files' }).fill(path.basename(DAMAGED))
  await page.getByRole('treeitem', { name: /manifest, 600 bytes/ }).click()
  const file = page.getByRole('region', { name: `File ${DAMAGED}` })
  await expect(file.getByRole('alert')).toContainText('The file could not be decoded')
  await expect(file.getByLabel('Bytes in hexadecimal')).toContainText('00000000  07 07 07 07')
})

test('a directory that is gone is said, and read again once it is back', async ({ tiltyard, folder, page }) => {
  const { location } = await makeHistory(folder)
  await tiltyard.openPath(location)
  await showPart(page, 'Where did my disk go')
  const usage = page.getByRole('region', { name: 'Disk usage' })
  await expect(usage).toContainText('files')
  fs.renameSync(location, `${location}.away`)
  await page.getByRole('button', { name: 'Read the directory again' }).click()
  const failure = page.getByRole('alert').filter({ hasText: 'The directory could not be measured' })
  await expect(failure).toBeVisible()
  for (const part of ['Versions and cleanup', 'Findings']) {
    await showPart(page, part)
    await expect(page.getByRole('alert').filter({ hasText: 'could not be' }).first()).toBeVisible()
  }
  fs.renameSync(`${location}.away`, location)
  await showPart(page, 'Where did my disk go')
  await failure.getByRole('button').click()
  await expect(usage).toContainText(`${directoryBytes(location).files} files`)
})
