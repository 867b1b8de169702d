import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from '../app.ts'
import { makeDataset, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('the view copied as TypeScript gives the same rows in Node', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'code', 5000, 2))
  await tiltyard.filter("label = 'red' AND note IS NOT NULL")
  await tiltyard.hasRows(500)
  await tiltyard.header('amount').getByRole('button').first().click()
  await tiltyard.header('amount').getByRole('button').first().click()
  await tiltyard.chooseInHeaderMenu('label', 'Hide column')
  await expect(tiltyard.cell(0, 1)).toHaveText('4995')

  await page.getByRole('button', { name: 'Copy this view as code' }).click()
  await page.getByRole('menuitem', { name: 'Copy as TypeScript' }).click()
  await expect(page.getByText('TypeScript copied')).toBeVisible()
  const code = await tiltyard.clipboard()
  const script = path.join(folder, 'view.mjs')
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  const print = 'console.log(JSON.stringify([rows.schema.names, rows.numRows, String(rows.get(0)?.id)]))'
  fs.writeFileSync(script, `${code}\n${print}\n`)
  const printed: unknown = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }))
  expect(printed).toEqual([['id', 'amount', 'note'], 100, '4995'])
})

test('fragments and versions are told in the inspector, and a fragment leads to its rows', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'facts', 1000, 4)
  await (await openForWriting(location)).delete('id >= 250 AND id < 260')
  await tiltyard.openPath(location)
  await tiltyard.filter('id > 900')
  await tiltyard.hasRows(99)

  await tiltyard.view('Fragments').click()
  await page.getByRole('radio', { name: 'Table' }).click()
  await page.getByRole('grid', { name: 'Fragments' }).getByRole('row').nth(2).click()
  const fragment = page.getByRole('region', { name: 'Fragment 1' }).last()
  await expect(fragment).toContainText('Live rows240')
  await expect(fragment).toContainText('104% of 250')
  await expect(fragment).toContainText('rows 250 to 489')
  await expect(fragment).toContainText(/data\/.*\.lance/)
  await expect(fragment).toContainText('10 deleted rows')
  await fragment.getByRole('button', { name: 'Show its rows' }).click()
  // The filter stood in the way of that row.
  await tiltyard.hasRows(990)
  await expect(tiltyard.activeCell).toHaveText('260')
  await expect(tiltyard.inspector).toHaveAccessibleName('Row 250')

  await tiltyard.view('Versions').click()
  await page.getByRole('row', { name: /^v5/ }).click()
  const version = page.getByRole('region', { name: 'Version 5' })
  await expect(version).toContainText(/Delete/)
  await expect(version).toContainText(/Rows990 .10/)
  await page.getByRole('row', { name: /^v2/ }).click()
  await expect(page.getByRole('region', { name: 'Version 2' })).toContainText(/Rows500 \+250/)
})
