import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { arrow, lancedb, makeDataset, makeRows, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

/** The comparison in the Versions view. */
class Comparison {
  readonly page: Page
  readonly view: Locator
  readonly grid: Locator

  constructor(page: Page) {
    this.page = page
    this.view = page.getByRole('region', { name: 'Comparison' })
    this.grid = this.view.getByRole('grid')
  }

  async choose(side: 'From' | 'To', typed: string): Promise<void> {
    await this.view.getByRole('button', { name: new RegExp(`^${side}:`) }).click()
    await this.page.getByRole('combobox', { name: 'Search states' }).fill(typed)
    await this.page.keyboard.press('Enter')
    await expect(this.page.getByRole('combobox', { name: 'Search states' })).toBeHidden()
  }

  tab(name: string): Locator {
    return this.view.getByRole('tab', { name: new RegExp(`^${name}`) })
  }

  section(name: string): Locator {
    return this.view.getByRole('region', { name, exact: true })
  }

  async compareRows(identity: string): Promise<void> {
    await this.tab('Rows').click()
    await this.view.getByRole('radio', { name: identity, exact: true }).click()
    await this.view.getByRole('button', { name: 'Compare rows', exact: true }).click()
  }

  cell(row: number, column: number): Locator {
    return this.grid.locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column}"]`)
  }
}

/** v1-v2 hold 100 rows; then 2 rows are updated, 5 deleted, 3 added and a column comes. */
async function makeHistory(folder: string): Promise<string> {
  const location = await makeDataset(folder, 'birds', 100, 2)
  const table = await openForWriting(location)
  await table.update({
    where: 'id in (45, 60)',
    valuesSql: { label: "'purple'", note: "coalesce(note, 'seen again')" },
  })
  await table.delete('id < 5')
  await table.add(makeRows(100, 3))
  await table.addColumns([{ name: 'score', valueSql: 'amount * 2' }])
  await (await table.tags()).create('first', 2)
  return location
}

test('two versions of a dataset: what came, went and changed, down to the cell', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeHistory(folder))
  await tiltyard.hasRows(98)
  await tiltyard.command('Compare versions…')
  const comparison = new Comparison(page)
  await comparison.choose('From', 'first')

  const facts = comparison.view.getByRole('table', { name: 'Facts of both states' })
  await expect(facts.getByRole('row', { name: /^Rows/ })).toContainText(/100.*98.*−2/)
  await expect(facts.getByRole('row', { name: /^Columns/ })).toContainText(/4.*5.*\+1/)
  await expect(comparison.section('Schema')).toContainText('score')
  await expect(comparison.section('Fragments')).toContainText('Deletions changed')
  await expect(comparison.section('Rows')).toContainText('reads at most')

  await comparison.compareRows('Key: id')
  await expect(comparison.tab('Changed')).toHaveText('Changed2')
  await expect(comparison.tab('Added')).toHaveText('Added3')
  await expect(comparison.tab('Removed')).toHaveText('Removed5')
  await expect(comparison.view).toContainText('93 unchanged')
  await expect(comparison.view.getByRole('list', { name: 'Notes on this comparison' })).toContainText('score')

  // id, label, amount, note
  await expect(comparison.grid).toHaveAttribute('aria-label', 'Changed rows')
  await expect(comparison.cell(0, 1)).toHaveText('45')
  await expect(comparison.cell(0, 2)).toHaveText('changed from red to purple')
  await expect(comparison.cell(0, 3)).toHaveText('11.25')
  await expect(comparison.cell(1, 4)).toHaveText('changed from NULL to seen again')

  await comparison.cell(0, 2).click()
  const inspector = page.getByRole('region', { name: 'Changed row 0', exact: true })
  const label = inspector.getByRole('article', { name: 'label' })
  await expect(label.getByRole('group', { name: 'before' })).toHaveText('red')
  await expect(label.getByRole('group', { name: 'after' })).toHaveText('purple')
  await expect(inspector.getByRole('article', { name: 'amount' })).toBeHidden()
  await inspector.getByRole('checkbox', { name: /Unchanged fields/ }).click()
  await expect(inspector.getByRole('article', { name: 'amount' }).getByRole('group')).toHaveText('11.25')

  const columns = comparison.view.getByRole('complementary', { name: 'Changed columns' })
  await expect(columns.getByRole('listitem').first()).toContainText(/label.*2/)
  await columns.getByRole('checkbox', { name: 'Only changed columns' }).click()
  await expect(comparison.grid).toHaveAttribute('aria-colcount', '3')
  await columns.getByRole('listitem').filter({ hasText: 'note' }).hover()
  await columns.getByRole('button', { name: 'Show only note' }).click()
  await expect(comparison.grid).toHaveAttribute('aria-colcount', '2')
  await expect(comparison.grid).toHaveAttribute('aria-rowcount', '2')
  await expect(comparison.cell(0, 1)).toHaveText('60')

  await comparison.tab('Added').click()
  await expect(comparison.cell(0, 1)).toHaveText('100')
  await expect(page.getByRole('region', { name: 'Added row 0', exact: true })).toBeVisible()
  await comparison.tab('Removed').click()
  await expect(comparison.grid).toHaveAttribute('aria-rowcount', '6')
  await expect(comparison.cell(4, 1)).toHaveText('4')

  // Looking at something else loses nothing.
  await tiltyard.view('Data').click()
  await tiltyard.view('Versions').click()
  await expect(comparison.tab('Changed')).toHaveText('Changed2')
  await comparison.view.getByRole('button', { name: 'Back to the versions' }).click()
  await expect(page.getByRole('grid', { name: 'Versions' })).toBeVisible()
})

test('cells of a comparison are copied as they are and as they were', async ({ tiltyard, folder, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await tiltyard.openPath(await makeHistory(folder))
  await tiltyard.hasRows(98)
  await tiltyard.command('Compare versions…')
  const comparison = new Comparison(page)
  await comparison.choose('From', '2')
  await comparison.compareRows('Key: id')
  await comparison.cell(0, 2).click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('ControlOrMeta+c')
  await expect.poll(() => tiltyard.clipboard()).toBe('purple\npurple')
  await comparison.cell(0, 2).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /Copy the values before/ }).click()
  await expect.poll(() => tiltyard.clipboard()).toBe('red\nred')
})

test('rows that share a key or have none are reported, and content needs no key', async ({
  tiltyard,
  folder,
  page,
}) => {
  const db = await lancedb.connect(folder)
  const rows = (codes: readonly (string | null)[], from: number) =>
    new arrow.Table({
      code: arrow.vectorFromArray(codes, new arrow.Utf8()),
      value: arrow.vectorFromArray(
        codes.map((_, i) => from + i),
        new arrow.Int32(),
      ),
    })
  const table = await db.createTable('codes', rows(['a', 'a', 'b', null], 0))
  await table.add(rows(['c', null], 10))
  await table.update({ where: "code in ('a', 'b')", values: { value: '99' } })
  await tiltyard.openPath(path.join(folder, 'codes.lance'))
  await tiltyard.hasRows(6)
  await tiltyard.command('Compare versions…')
  const comparison = new Comparison(page)
  await comparison.choose('From', '1')
  await comparison.tab('Rows').click()
  await comparison.view.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'code' }).click()
  await comparison.view.getByRole('button', { name: 'Compare rows', exact: true }).click()
  await expect(comparison.tab('Changed')).toHaveText('Changed3')
  await expect(comparison.tab('Added')).toHaveText('Added2')
  await expect(comparison.tab('Removed')).toHaveText('Removed0')
  const notes = comparison.view.getByRole('list', { name: 'Notes on this comparison' })
  await expect(notes).toContainText('4 rows share their key with another row (2 before, 2 after')
  await expect(notes).toContainText('null in the key')

  await comparison.view.getByRole('button', { name: 'Tell rows apart another way' }).click()
  await comparison.compareRows('Whole content')
  await expect(comparison.tab('Added')).toHaveText('Added5')
  await expect(comparison.tab('Removed')).toHaveText('Removed3')
  await expect(comparison.tab('Changed')).toBeHidden()
  await expect(notes).toContainText('Without a key')
})

test('two datasets with different schemas, chosen by path', async ({ tiltyard, folder, page }) => {
  const one = await makeDataset(folder, 'one', 50, 1)
  const two = await makeDataset(folder, 'two', 60, 2)
  const table = await openForWriting(two)
  await table.dropColumns(['note'])
  await table.update({ where: 'id = 3', values: { label: 'purple' } })
  await tiltyard.openPath(one)
  await tiltyard.hasRows(50)
  await tiltyard.command('Compare versions…')
  const comparison = new Comparison(page)
  await expect(comparison.view.getByText('Both sides are one v1')).toBeVisible()
  await comparison.view.getByRole('button', { name: /^To:/ }).click()
  await page.getByRole('button', { name: 'Dataset: one' }).click()
  await page.getByRole('menuitem', { name: 'Another dataset…' }).click()
  await page.getByRole('combobox', { name: 'Path' }).fill(two)
  await page.keyboard.press('Enter')
  await expect(comparison.view.getByRole('button', { name: /^To: two v4/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(comparison.section('Fragments')).toContainText('not comparable')
  await expect(comparison.section('Schema')).toContainText('note')
  await comparison.compareRows('Key: id')
  await expect(comparison.tab('Changed')).toHaveText('Changed1')
  await expect(comparison.tab('Added')).toHaveText('Added10')
  await expect(comparison.cell(0, 2)).toHaveText('changed from white to purple')
  // The tab it runs in is the one it was asked in.
  await comparison.view.getByRole('button', { name: 'Swap the sides' }).click()
  await comparison.compareRows('Key: id')
  await expect(comparison.tab('Removed')).toHaveText('Removed10')
})

test('a long comparison tells how far it is and can be cancelled', async ({ tiltyard, folder, page }) => {
  const db = await lancedb.connect(folder)
  await db.createTable('large', makeRows(0, 150_000))
  await db.createTable('large', makeRows(1, 150_000), { mode: 'overwrite' })
  await tiltyard.openPath(path.join(folder, 'large.lance'))
  await tiltyard.hasRows(150_000)
  await tiltyard.command('Compare versions…')
  const comparison = new Comparison(page)
  await comparison.tab('Rows').click()
  await expect(comparison.view).toContainText('Reads at most 300,000 rows')
  await comparison.view.getByRole('radio', { name: 'Key: id', exact: true }).click()
  await comparison.view.getByRole('button', { name: 'Compare rows', exact: true }).click()
  await expect(comparison.view.getByRole('progressbar', { name: 'Comparing rows' })).toBeVisible()
  await comparison.view.getByRole('button', { name: 'Cancel' }).click()
  await expect(comparison.view.getByRole('button', { name: 'Compare rows', exact: true })).toBeVisible()
})

test('a state that does not exist is said where it was chosen, and another can be chosen', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeHistory(folder))
  await tiltyard.hasRows(98)
  await tiltyard.command('Compare versions…')
  const comparison = new Comparison(page)
  await comparison.choose('From', '900')
  await expect(comparison.view.getByRole('alert')).toContainText('900')
  await comparison.choose('From', '5')
  await expect(comparison.section('Rows')).toContainText('without reading a row')
})

test('a result the engine lost is found again on demand', async ({ tiltyard, folder, page, problems }) => {
  await tiltyard.openPath(await makeHistory(folder))
  await tiltyard.hasRows(98)
  await tiltyard.command('Compare versions…')
  const comparison = new Comparison(page)
  await comparison.choose('From', '2')
  await comparison.compareRows('Key: id')
  await expect(comparison.cell(0, 1)).toHaveText('45')
  const engine = await tiltyard.enginePid()
  process.kill(engine, 'SIGKILL')
  await expect.poll(() => tiltyard.enginePid().catch(() => engine)).not.toBe(engine)
  await comparison.tab('Added').click()
  await expect(comparison.view.getByText('This result is no longer kept')).toBeVisible()
  await comparison.view.getByRole('button', { name: 'Compare again' }).click()
  await expect(comparison.tab('Added')).toHaveText('Added3')
  problems.length = 0 // the lost connection is logged by the browser
})

test('the history of a changed row is one step away', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeHistory(folder))
  await tiltyard.hasRows(98)
  await tiltyard.command('Compare versions…')
  const comparison = new Comparison(page)
  await comparison.choose('From', '2')
  await comparison.compareRows('Key: id')
  await comparison.cell(1, 2).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'History of this row' }).click()
  const history = page.getByRole('region', { name: 'Row history' })
  await history.getByRole('button', { name: 'Follow the row' }).click()
  await expect(history.getByRole('listitem').filter({ hasText: 'v3' }).first()).toContainText(/red.*→.*purple/)
  await expect(comparison.grid).toBeVisible()
})
