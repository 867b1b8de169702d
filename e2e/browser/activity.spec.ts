import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { lancedb, makeDataset, makeRows, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

const lines = (page: Page) =>
  page
    .getByRole('grid', { name: 'Activity' })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })

test('a write is seen in the ledger, undone and redone; commits of others are named first', async ({
  tiltyard,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'written', 100, 2)
  const table = await openForWriting(location)
  await table.createIndex('id', { config: lancedb.Index.btree(), name: 'id_idx' })
  const indices = async (): Promise<readonly string[]> => {
    await table.checkoutLatest()
    return (await table.listIndices()).map(({ name }) => name)
  }
  await tiltyard.openPath(location)
  await tiltyard.hasRows(100)
  await page.keyboard.press('Alt+8')
  await expect(page.getByText('Tiltyard has written nothing to this dataset')).toBeVisible()
  await tiltyard.command('Undo last write')
  await expect(page.getByRole('dialog', { name: 'Undo' })).toContainText('wrote no version')
  await page.getByRole('dialog', { name: 'Undo' }).getByRole('contentinfo').getByRole('button').click()

  await tiltyard.view('Indices').click()
  await page.getByRole('button', { name: /^Drop/ }).first().click()
  await page.getByRole('dialog', { name: 'Drop id_idx' }).getByRole('button', { name: 'Drop id_idx' }).click()
  await expect(page.getByRole('dialog', { name: 'Drop id_idx' })).toBeHidden()
  expect(await indices()).toEqual([])

  await tiltyard.view('Activity').click()
  await expect(lines(page)).toHaveCount(1)
  await expect(lines(page).first()).toContainText(/Drop index id_idx.*main.*v3 → v4.*done/)
  const details = page.getByRole('region', { name: 'Write: Drop index id_idx' })
  await expect(details).toContainText('indices.drop by')

  await details.getByRole('button', { name: 'Undo…' }).click()
  const undo = page.getByRole('dialog', { name: 'Undo: Drop index id_idx' })
  await expect(undo).toContainText('Nothing else was committed since')
  await undo.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(undo).toBeHidden()
  expect(await indices()).toEqual(['id_idx'])
  await expect(lines(page)).toHaveCount(2)
  await expect(lines(page).last()).toContainText('undone')

  await lines(page).last().click()
  await details.getByRole('button', { name: 'Redo…' }).click()
  const redo = page.getByRole('dialog', { name: 'Redo: Drop index id_idx' })
  await redo.getByRole('button', { name: 'Redo', exact: true }).click()
  await expect(redo).toBeHidden()
  expect(await indices()).toEqual([])
  await expect(lines(page)).toHaveCount(3)

  await table.add(makeRows(100, 7))
  await tiltyard.command('Undo last write')
  const commits = undo.getByRole('list', { name: 'Commits made since' })
  await expect(commits).toContainText(/v7 Append: 1 fragment, 7 rows.*by another program/)
  const button = undo.getByRole('button', { name: 'Undo', exact: true })
  await expect(button).toBeDisabled()
  await undo.getByRole('button', { name: 'Compare v3 with v7, the newest' }).click()
  await expect(undo).toBeHidden()
  await expect(tiltyard.view('Versions')).toHaveAttribute('aria-selected', 'true')

  await tiltyard.command('Undo last write')
  await undo.getByRole('checkbox', { name: 'Undo this and take back that commit too' }).check()
  await button.click()
  await expect(undo).toBeHidden()
  expect(await indices()).toEqual(['id_idx'])
  expect(await table.countRows()).toBe(100)

  await tiltyard.view('Activity').click()
  await page.getByRole('textbox', { name: 'Filter activity' }).fill('redo')
  await expect(lines(page)).toHaveCount(1)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as JSON' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('written-activity.json')
  expect(JSON.parse(fs.readFileSync(await download.path(), 'utf8'))).toMatchObject([
    { operation: 'undo.redo', outcome: 'done', versionBefore: 5, versionAfter: 6 },
  ])
})

/** As if the app had died over its last write: the ledger has no end of it, and its process is gone. */
function forgetEnd(dataDir: string): void {
  const folder = path.join(dataDir, 'ledger')
  for (const name of fs.readdirSync(folder).filter((one) => one.endsWith('.jsonl'))) {
    const begun = fs
      .readFileSync(path.join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"kind":"begin"'))
      .map((line) => line.replace(/"run":\{[^}]*\}/, '"run":{"id":"dead","pid":4194999}'))
    fs.writeFileSync(path.join(folder, name), `${begun.join('\n')}\n`)
  }
}

test('a write the app died over is listed with what may be its own, and taken back', async ({
  tiltyard,
  app,
  folder,
  page,
}) => {
  const location = await makeDataset(folder, 'died', 100, 2)
  const table = await openForWriting(location)
  await table.createIndex('id', { config: lancedb.Index.btree(), name: 'id_idx' })
  await tiltyard.openPath(location)
  await tiltyard.hasRows(100)
  await tiltyard.view('Indices').click()
  await page.getByRole('button', { name: /^Drop/ }).first().click()
  await page.getByRole('dialog', { name: 'Drop id_idx' }).getByRole('button', { name: 'Drop id_idx' }).click()
  await expect(page.getByRole('dialog', { name: 'id_idx dropped' })).toBeVisible()
  forgetEnd(app.dataDir)
  await table.checkoutLatest()
  await table.add(makeRows(100, 5))

  await tiltyard.view('Activity').click()
  await expect(lines(page).first()).toContainText(/Drop index id_idx.*v3 → \?.*not finished/)
  const details = page.getByRole('region', { name: 'Write: Drop index id_idx' })
  await expect(details.getByRole('note')).toContainText('1 version appeared since that may be its own: v4.')

  // The message's undo does not take back what nobody can be sure of: it asks.
  await page.getByRole('dialog', { name: 'id_idx dropped' }).getByRole('button', { name: 'Undo' }).click()
  const undo = page.getByRole('dialog', { name: 'Undo: Drop index id_idx' })
  const commits = undo.getByRole('list', { name: 'Commits made since' })
  await expect(commits.getByRole('listitem')).toContainText([/v4.*perhaps of this write/, /v5.*by another program/])
  await undo.getByRole('checkbox').check()
  await undo.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(undo).toBeHidden()
  await table.checkoutLatest()
  expect([(await table.listIndices()).length, await table.countRows()]).toEqual([1, 100])
})
