import fs from 'node:fs'
import path from 'node:path'
import { makeDataset, makeRows, openForWriting, snapshot } from './datasets.ts'
import { directoryBytes, makeHistory } from './storage-datasets.ts'
import { classLine, exactBytes, showPart } from './storage-view.ts'
import { expect, test } from './tiltyard.ts'

test('every byte of the directory is in exactly one class', async ({ tiltyard, folder, page }) => {
  const { location, abandoned, abandonedBytes, readmeBytes } = await makeHistory(folder)
  await tiltyard.openPath(location)
  await showPart(page, 'Where did my disk go')
  const real = directoryBytes(location)
  const usage = page.getByRole('region', { name: 'Disk usage' })
  await expect(usage).toContainText(/live .* of .* \(\d/)
  await expect(usage).toContainText(`Counted for version 11 of main: ${real.files} files`)
  await expect(usage).toContainText(/\d+ manifests read/)

  const table = page.getByRole('table', { name: 'Classes of files' })
  const cells = await table.locator('tbody td:nth-child(2)').all()
  const sums = await Promise.all(cells.map(exactBytes))
  expect(sums.length).toBeGreaterThan(6)
  expect(sums.reduce((sum, bytes) => sum + bytes, 0)).toBe(real.bytes)
  expect(
    await exactBytes(
      table
        .getByRole('row', { name: /^Whole directory/ })
        .getByRole('cell')
        .first(),
    ),
  ).toBe(real.bytes)
  await expect(page.getByRole('status', { name: 'Files listed' })).toContainText(`${real.files} files`)

  expect(await exactBytes(classLine(page, 'Abandoned writes').getByRole('cell').first())).toBe(abandonedBytes)
  expect(await exactBytes(classLine(page, 'Not of Lance').getByRole('cell').first())).toBe(readmeBytes)
  for (const name of ['Tag “golden”', 'Branch “exp”', 'Superseded indices', 'Live deletions', 'Old versions']) {
    await expect(classLine(page, name)).toBeVisible()
  }

  await classLine(page, 'Abandoned writes').getByRole('button').click()
  const files = page.getByRole('grid', { name: 'Files', exact: true })
  await expect(files.getByRole('row')).toHaveCount(2)
  await expect(files.getByRole('row').nth(1)).toContainText(abandoned)
  await page.getByRole('button', { name: 'Show the files of all classes' }).last().click()
  await expect(page.getByRole('status', { name: 'Files listed' })).toContainText(`${real.files} files`)

  await files.getByRole('columnheader', { name: 'Size' }).getByRole('button').click()
  await expect(files.getByRole('row').nth(1)).toContainText('latest_version_hint.json')
  await files.getByRole('row').nth(1).dblclick()
  await expect(page.getByRole('region', { name: /^File .*latest_version_hint\.json$/ })).toContainText('version hint')
})

test('any file is taken apart: metadata decoded, everything as bytes', async ({ tiltyard, folder, page }) => {
  const { location, abandoned } = await makeHistory(folder)
  await tiltyard.openPath(location)
  await showPart(page, 'Anatomy')
  const tree = page.getByRole('tree', { name: 'Files of the dataset' })
  await expect(tree.getByRole('treeitem').first()).toContainText('past.lance')
  await page.getByRole('radio', { name: 'By name' }).click()
  await tree.focus()
  await page.keyboard.press('Home')
  const versions = tree.getByRole('treeitem', { name: /^_versions, folder/ })
  await expect(versions).toHaveAttribute('aria-expanded', 'false')
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(versions).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowRight')

  const newest = page.getByRole('region', { name: /^File _versions\/\d{20}\.manifest/ })
  await expect(newest).toContainText('Live metadata')
  await expect(newest).toContainText('First used by version 11 (delete)')
  const decoded = newest.getByRole('tree')
  await expect(decoded.getByRole('treeitem', { name: /^manifest/ })).toHaveAttribute('aria-expanded', 'true')
  await newest.getByRole('radio', { name: 'JSON' }).click()
  await newest.getByRole('button', { name: 'Copy JSON' }).click()
  await expect.poll(() => tiltyard.clipboard()).toContain('"fragments"')
  expect(JSON.parse(await tiltyard.clipboard())).toMatchObject({ manifest: { version: '11' } })

  await page.getByRole('textbox', { name: 'Filter files' }).fill(abandoned.slice(-12))
  await expect(page.getByRole('status', { name: 'Files shown' })).toContainText('1 match in')
  await tree.getByRole('treeitem', { name: /data file/ }).click()
  const lost = page.getByRole('region', { name: `File ${abandoned}` })
  await expect(lost).toContainText('Nothing uses it')
  await expect(lost).toContainText('Abandoned writes')

  const data = fs
    .readdirSync(path.join(location, 'data'))
    .map((name) => `data/${name}`)
    .filter((name) => name !== abandoned)
    .toSorted((a, b) => fs.statSync(path.join(location, b)).size - fs.statSync(path.join(location, a)).size)[0]!
  const bytes = fs.readFileSync(path.join(location, data))
  await page.getByRole('textbox', { name: 'Filter files' }).fill(data)
  await tree.getByRole('treeitem', { name: /data file/ }).click()
  const file = page.getByRole('region', { name: `File ${data}` })
  await file.getByRole('radio', { name: 'Hex' }).click()
  const hex = file.getByLabel('Bytes in hexadecimal')
  await expect(hex).toContainText(`00000000  ${pairs(bytes.subarray(0, 8))}`)
  await file.getByRole('button', { name: 'Last bytes' }).click()
  await expect(hex).toContainText('LANC')
  const offset = 8192 * 2
  await file.getByRole('textbox', { name: 'Go to offset' }).fill(`0x${offset.toString(16)}`)
  await page.keyboard.press('Enter')
  await expect(hex).toContainText(`00004000  ${pairs(bytes.subarray(offset, offset + 8))}`)
})

function pairs(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').match(/../g)!.join(' ')
}

test('a cleanup is tried out without doing it, and the tag that would block it is named', async ({
  tiltyard,
  folder,
  page,
}) => {
  const { location } = await makeHistory(folder)
  const before = snapshot(location)
  await tiltyard.openPath(location)
  await showPart(page, 'Versions and cleanup')
  const card = page.getByRole('region', { name: 'Cleanup preview' })
  const freed = card.getByRole('status', { name: 'Freed' })
  const slider = page.getByRole('slider', { name: 'Keep versions newer than' })
  await expect(slider).toHaveAttribute('aria-valuetext', /^Keep only version 11, the newest/)
  await expect(freed).toHaveText('Would free nothing: LanceDB would refuse')
  await expect(card.getByRole('alert')).toContainText('Tag “golden” on version 2 is older than the cut-off')
  const sizes = page.getByRole('grid', { name: 'Sizes of versions' })
  await expect(sizes.getByRole('row', { name: /^v2/ })).toContainText('kept by tag golden')
  await expect(sizes.getByRole('row', { name: /^v9/ })).toContainText('stays: refused')

  await card.getByRole('button', { name: 'Keep from version 2 on' }).click()
  await expect(freed).toHaveText(/^Would free [\d.]+ (bytes|kB)$/)
  await expect(card).toContainText('1 version and')
  await expect(sizes.getByRole('row', { name: /^v1\b/ })).toContainText('would go')
  const manifest = fs.statSync(path.join(location, '_versions/18446744073709551614.manifest')).size
  const transaction = fs.readdirSync(path.join(location, '_transactions')).find((name) => name.startsWith('0-'))!
  const alone = manifest + fs.statSync(path.join(location, '_transactions', transaction)).size
  await expect(freed).toHaveAttribute('title', `${alone} bytes`)
  await expect(card.getByRole('table', { name: 'Freed by kind of file' })).toContainText('manifest')

  await slider.focus()
  await page.keyboard.press('Home')
  await expect(slider).toHaveAttribute('aria-valuetext', /^Keep every version/)
  await expect(freed).toHaveText('Would free nothing')
  await page.getByRole('region', { name: 'Cut-off' }).getByRole('radio', { name: 'By time' }).click()
  await slider.focus()
  await page.keyboard.press('End')
  await expect(slider).toHaveAttribute('aria-valuetext', /^Keep only version 11/)
  await page.getByLabel('Cut-off', { exact: true }).last().fill('2020-01-01T00:00:00')
  await expect(slider).toHaveAttribute('aria-valuetext', /^Keep every version.*2020-01-01 00:00:00/)

  await page.getByRole('button', { name: 'Branch cleaned up: main' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'exp' }).click()
  await expect(card).toContainText('Cleanup of branch exp')
  await expect(page.getByRole('region', { name: 'Compaction preview' })).toContainText('Nothing is rewritten here')

  await card.getByRole('button', { name: 'Copy as code' }).click()
  await page.getByRole('menuitem', { name: /^Copy as Python/ }).click()
  await expect.poll(() => tiltyard.clipboard()).toContain('dataset.cleanup_old_versions(older_than=')
  expect(snapshot(location)).toBe(before)
})

test('the directory as it is now: while looking at an older version, and after others wrote', async ({
  tiltyard,
  folder,
  page,
}) => {
  const { location } = await makeHistory(folder)
  await tiltyard.openPath(location)
  await tiltyard.view('Versions').click()
  await tiltyard.version(5).click()
  await showPart(page, 'Where did my disk go')
  await expect(page.getByText('not about version 5')).toBeVisible()
  const usage = page.getByRole('region', { name: 'Disk usage' })
  await expect(usage).toContainText(`version 11 of main: ${directoryBytes(location).files} files`)

  const table = await openForWriting(location)
  await table.add(makeRows(20_000, 100))
  await expect(usage).toContainText(`version 12 of main: ${directoryBytes(location).files} files`)
  await expect(page.getByRole('status', { name: 'Files listed' })).toContainText(
    `${directoryBytes(location).files} files`,
  )
})

test('findings come with evidence, a remedy and the way to what they are about', async ({ tiltyard, folder, page }) => {
  const { location, abandoned } = await makeHistory(folder)
  await tiltyard.openPath(location)
  await showPart(page, 'Findings')
  await expect(page.getByRole('radio', { name: /^Findings \d+$/ })).toBeVisible()
  const card = (text: string) =>
    page.getByRole('list', { name: 'Findings' }).locator(':scope > li').filter({ hasText: text })
  const index = card('Index id_idx leaves out 499 of 4,299 rows')
  await expect(index).toContainText('warning')
  await index.getByRole('button', { name: 'Copy as code' }).click()
  await page.getByRole('menuitem', { name: /^Copy as TypeScript/ }).click()
  await expect.poll(() => tiltyard.clipboard()).toContain('await table.optimize()')
  await index.getByRole('button', { name: /^Fragment \d/ }).click()
  await expect(tiltyard.view('Fragments')).toHaveAttribute('aria-selected', 'true')

  await showPart(page, 'Findings')
  const lost = card('1 file of 20 kB belongs to no version')
  await expect(lost).toContainText('frees about 20 kB')
  await lost.getByRole('button', { name: abandoned }).click()
  await expect(page.getByRole('region', { name: `File ${abandoned}` })).toContainText('Nothing uses it')

  await tiltyard.openPath(await makeDataset(folder, 'calm', 1000, 1))
  await showPart(page, 'Findings')
  await expect(page.getByText('Nothing to mend')).toBeVisible()
  await expect(page.getByText(/^Looked for small fragments, /)).toBeVisible()
})

test('files without a version appear when the directory is read again', async ({ tiltyard, folder, page }) => {
  const { location } = await makeHistory(folder)
  // Folders changed long ago are believed to be as they were, so that only asking for it walks the directory again.
  const old = new Date(Date.now() - 60_000)
  for (const name of fs.readdirSync(location, { recursive: true, encoding: 'utf8' })) {
    fs.utimesSync(path.join(location, name), old, old)
  }
  await tiltyard.openPath(location)
  await showPart(page, 'Where did my disk go')
  const usage = page.getByRole('region', { name: 'Disk usage' })
  const { files } = directoryBytes(location)
  await expect(usage).toContainText(`${files} files`)
  fs.writeFileSync(path.join(location, 'data', '.tmpKwhH2K'), 'stopped')
  await page.getByRole('button', { name: 'Read the directory again' }).click()
  await expect(usage).toContainText(`${files + 1} files`)
  await showPart(page, 'Findings')
  await expect(page.getByRole('listitem').filter({ hasText: '1 unfinished file of 7 bytes' })).toContainText(
    'LanceDB’s cleanup does not remove them',
  )
})
