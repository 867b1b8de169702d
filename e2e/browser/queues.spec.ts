import fs from 'node:fs'
import path from 'node:path'
import { makeDataset, makeRows, openForWriting } from './datasets.ts'
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

test('records are appended through a buffer; those that do not fit stay, with the reason', async ({
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
  await text.fill('{"id":100,"label":"a"}\n{"id":"wrong"}\n{"id":9007199254740993}')
  await append.getByRole('button', { name: 'Append', exact: true }).click()
  const counts = append.getByLabel('Appended so far')
  await expect(counts).toContainText('total2')
  await expect(counts).toContainText('refused1')
  await expect(append.getByRole('list', { name: 'Records that do not fit' })).toContainText('has to be a whole number')
  await expect(text).toHaveValue('{"id":"wrong"}')
  await append.getByRole('button', { name: 'Commit now' }).click()
  await expect(counts).toContainText('persisted2')
  const records = page.getByRole('grid', { name: 'Records of orders' })
  await expect(records).toHaveAttribute('aria-rowcount', '8')
  await expect(records.locator('[aria-rowindex="8"]')).toContainText('9007199254740993')
})

test('other datasets have no Queue tab', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'plain', 10, 1))
  await tiltyard.hasRows(10)
  await expect(page.getByRole('tab', { name: 'Queue' })).toHaveCount(0)
})
