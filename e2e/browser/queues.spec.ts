import fs from 'node:fs'
import path from 'node:path'
import { lancedb, makeDataset, makeRows, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

/** Makes `<queue>/<topic>/bucket_<n>/data.lance`. */
async function makeBucket(queue: string, topic: string, number: number, rows: number): Promise<string> {
  const folder = path.join(queue, topic, `bucket_${number}`)
  fs.mkdirSync(folder, { recursive: true })
  return makeDataset(folder, 'data', rows, 1)
}

test('the records of a topic are seen across its buckets as they land; reading goes on where it ended', async ({
  tiltyard,
  folder,
  page,
}) => {
  const queue = path.join(folder, 'queue')
  const bucket = await makeBucket(queue, 'orders', 0, 120)
  await makeBucket(queue, 'orders', 1, 30)
  await makeBucket(queue, 'events', 0, 7)
  await tiltyard.openPath(bucket)
  await tiltyard.hasRows(120)
  await page.getByRole('tab', { name: 'Queue' }).click()

  const topics = page.getByRole('navigation', { name: 'Topics' })
  await expect(topics.getByRole('button', { name: 'orders 150' })).toHaveAttribute('aria-current', 'true')
  await expect(topics.getByRole('button', { name: 'bucket_1 30' })).toBeVisible()
  const records = page.getByRole('grid', { name: 'Records of orders' })
  await expect(records).toHaveAttribute('aria-rowcount', '151')
  // Following, the last record is in sight.
  await expect(records.locator('[aria-rowindex="151"]')).toContainText('29')

  const table = await openForWriting(bucket)
  await table.add(makeRows(500, 3))
  await expect(records).toHaveAttribute('aria-rowcount', '154')
  await expect(records.locator('[aria-rowindex="154"]')).toContainText('502')
  await expect(page.getByText('153 records', { exact: true })).toBeVisible()

  await topics.getByRole('button', { name: /^events/ }).click()
  await expect(page.getByRole('grid', { name: 'Records of events' })).toHaveAttribute('aria-rowcount', '8')
  await table.add(makeRows(600, 2))
  await topics.getByRole('button', { name: 'orders 155' }).click()
  await expect(page.getByText('2 new since you last looked')).toBeVisible()
  await page.getByRole('button', { name: 'First new' }).click()
  await expect(page.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'false')
})

test('a record of any bucket is seen whole, stepped along, opened where it is, and copied', async ({
  tiltyard,
  folder,
  page,
}) => {
  const queue = path.join(folder, 'queue')
  const bucket = await makeBucket(queue, 'orders', 0, 3)
  const other = path.join(queue, 'orders', 'bucket_1')
  fs.mkdirSync(other, { recursive: true })
  const long = 'words '.repeat(20_000)
  await (
    await lancedb.connect(other)
  ).createTable('data', [
    { id: 7, label: 'short' },
    { id: 8, label: long },
  ])
  await tiltyard.openPath(bucket)
  await page.getByRole('tab', { name: 'Queue' }).click()
  const records = page.getByRole('grid', { name: 'Records of orders' })
  const cell = (row: number, column: number) =>
    records.locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column}"]`)
  await expect(page.getByRole('note')).toContainText('bucket_1: no “amount”, “note”; “id” is double, not int64.')
  await expect(cell(3, 4)).toHaveText('–')

  await cell(3, 3).click()
  const record = (name: string) => page.getByRole('region', { name, exact: true })
  await expect(record('Record 0 of bucket_1').getByRole('article', { name: 'label' })).toContainText('short')
  await expect(record('Record 0 of bucket_1').getByRole('button', { name: 'Row history' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Previous row' }).click()
  await expect(record('Record 2 of bucket_0').getByRole('article', { name: 'label' })).toContainText('blue')
  await page.getByRole('button', { name: 'Next row' }).click()
  await expect(record('Record 0 of bucket_1')).toBeVisible()
  await page.getByRole('button', { name: 'Next row' }).click()
  await expect(record('Record 1 of bucket_1')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next row' })).toBeDisabled()

  // A copied cell comes whole, and from its own bucket.
  await page.keyboard.press('Escape')
  await cell(4, 3).click()
  await page.keyboard.press('ControlOrMeta+c')
  await expect.poll(() => tiltyard.clipboard()).toBe(long)
  await cell(2, 2).click()
  await cell(3, 3).click({ modifiers: ['Shift'] })
  await cell(3, 3).click({ button: 'right', position: { x: 12, y: 12 } })
  await page.getByRole('menuitem', { name: 'Copy as CSV' }).click()
  await expect.poll(() => tiltyard.clipboard()).toBe('id,label\n2,blue\n7,short')

  await tiltyard.command('Show or hide inspector')
  await expect(record('Record 0 of bucket_1')).toHaveCount(0)
  await cell(3, 3).dblclick()
  await expect(record('Record 0 of bucket_1')).toBeVisible()

  await cell(4, 2).click({ button: 'right', position: { x: 12, y: 12 } })
  await page.getByRole('menuitem', { name: 'Open in its bucket' }).click()
  await tiltyard.hasRows(2)
  await expect(await tiltyard.activeCell).toHaveText('8')
  await expect(page.getByRole('tab', { name: /orders\/bucket_1/ })).toHaveAttribute('aria-selected', 'true')
  // Closing its tab takes the bucket from nobody who still reads it.
  await page.getByRole('button', { name: 'Close orders/bucket_1' }).click()
  await expect(records).toBeVisible()
  await cell(4, 3).click()
  await expect(record('Record 1 of bucket_1').getByRole('article', { name: 'label' })).toContainText('words words')
})

test('records are appended through a buffer; those that do not fit stay, with line and reason', async ({
  tiltyard,
  folder,
  page,
}) => {
  const bucket = await makeBucket(path.join(folder, 'queue'), 'orders', 0, 5)
  await tiltyard.openPath(bucket)
  await page.getByRole('tab', { name: 'Queue' }).click()
  await page.getByRole('button', { name: 'Append records' }).click()
  const append = page.getByRole('region', { name: 'Append records' })
  const text = append.getByRole('textbox', { name: 'Records, one JSON object a line' })
  await expect(text).toHaveAttribute('placeholder', '{"id": 1, "label": "text", "amount": 0.5, "note": "text"}')
  const long = `{"id":"wrong","note":"${'x'.repeat(2000)}"}`
  await text.fill(`{"id":100,"label":"a"}\n${long}\n{"id":9007199254740993}`)
  await append
    .getByRole('button', { name: /^Append/ })
    .last()
    .click()
  const counts = append.getByLabel('Appended so far')
  await expect(counts).toContainText('total2')
  await expect(counts).toContainText('refused1')
  const misfits = append.getByRole('alert', { name: 'Records that do not fit' })
  await expect(misfits).toContainText('Line 1 (was line 2): "id" is the text "wrong", and has to be a whole number')
  await expect(text).toHaveValue(long)
  await append.getByRole('button', { name: 'Commit now' }).click()
  await expect(counts).toContainText('persisted2')
  const records = page.getByRole('grid', { name: 'Records of orders' })
  await expect(records).toHaveAttribute('aria-rowcount', '8')
  await expect(records.locator('[aria-rowindex="8"]')).toContainText('9007199254740993')
  await expect(page.getByText('2 new since you last looked')).toBeVisible()

  await text.fill('')
  await append.getByRole('button', { name: 'Insert an example' }).click()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(counts).toContainText('total3')
  await expect(misfits).toHaveCount(0)
  await expect(text).toBeFocused()
})

test('a log begins anew where records are gone, goes on through compaction, and makes no bucket that is not there', async ({
  tiltyard,
  folder,
  page,
}) => {
  const queue = path.join(folder, 'queue')
  const bucket = await makeBucket(queue, 'orders', 0, 5)
  const second = await makeBucket(queue, 'orders', 1, 4)
  await tiltyard.openPath(bucket)
  await page.getByRole('tab', { name: 'Queue' }).click()
  const records = page.getByRole('grid', { name: 'Records of orders' })
  const line = (row: number) => records.locator(`[aria-rowindex="${row + 2}"]`)
  await expect(records).toHaveAttribute('aria-rowcount', '10')
  const table = await openForWriting(bucket)
  await table.add(makeRows(500, 3))
  await expect(records).toHaveAttribute('aria-rowcount', '13')
  await table.optimize({ cleanupOlderThan: new Date() })
  await table.add(makeRows(600, 1))
  await expect(line(12)).toContainText('600')
  await expect(line(9)).toContainText('500')

  await table.delete('id < 2')
  await table.add(makeRows(700, 4))
  await expect(records).toHaveAttribute('aria-rowcount', '16')
  await expect(line(0)).toContainText('blue')

  await page.getByRole('button', { name: 'Append records' }).click()
  const append = page.getByRole('region', { name: 'Append records' })
  await append.getByRole('combobox', { name: 'Bucket' }).selectOption('bucket_1')
  fs.rmSync(path.dirname(second), { recursive: true })
  await expect(records).toHaveAttribute('aria-rowcount', '12')
  await expect(append.getByRole('combobox', { name: 'Bucket' })).toHaveValue(bucket)
  expect(fs.existsSync(second)).toBe(false)
})

test('other datasets have no Queue tab', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'plain', 10, 1))
  await tiltyard.hasRows(10)
  await expect(page.getByRole('tab', { name: 'Queue' })).toHaveCount(0)
})
