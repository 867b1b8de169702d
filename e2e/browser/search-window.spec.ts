import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { lancedb } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

const TOPICS = ['the quick brown fox runs', 'a lazy dog sleeps', 'bread baked in a brown oven']

const rowsFrom = (start: number, count: number) =>
  Array.from({ length: count }, (_, i) => start + i).map((n) => ({
    id: BigInt(n),
    text:
      n === 0 ? `${'nothing of note here. '.repeat(60)}At last a zebra, and then rest` : `${TOPICS[n % 3]!} no ${n}`,
    kind: n % 2 === 0 ? 'even' : 'odd',
    vector: Array.from({ length: 4 }, (_v, j) => Math.fround(Math.sin(n * 3 + j * 7))),
  }))

/** 340 rows of text and vectors; indices cover the first 300. */
async function makeBooks(folder: string): Promise<string> {
  const table = await (await lancedb.connect(folder)).createTable('books', rowsFrom(0, 300))
  const { Index } = lancedb
  await table.createIndex('text', { config: Index.fts(), name: 'text_idx' })
  const whole = Index.fts({ stem: false, lowercase: false, removeStopWords: false, withPosition: true })
  await table.createIndex('kind', { config: whole, name: 'kind_idx' })
  await table.add(rowsFrom(300, 40))
  return path.join(folder, 'books.lance')
}

const found = (page: Page) => page.getByRole('grid', { name: 'Rows found in books' })
const cell = (page: Page, row: number, column: number) =>
  found(page).locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column}"]`)

async function findWords(page: Page, words: string): Promise<void> {
  await page.getByRole('radio', { name: 'Text' }).click()
  await page.getByRole('textbox', { name: 'Words to look for' }).fill(words)
  await page.keyboard.press('Enter')
}

/** Where, from the left edge of a cell, the ground of a hit is painted, in px. */
async function hitGround(page: Page, place: Locator): Promise<readonly number[]> {
  const box = (await place.boundingBox())!
  return page.evaluate(({ x, y, width, height }) => {
    const name = getComputedStyle(document.documentElement).getPropertyValue('--hit').trim()
    const wanted = [1, 3, 5].map((at) => Number.parseInt(name.slice(at, at + 2), 16))
    const canvas = [...document.querySelectorAll('canvas')].find((it) => {
      const at = it.getBoundingClientRect()
      return at.left <= x && at.right >= x + 20 && at.top <= y && at.bottom >= y + height
    })!
    const at = canvas.getBoundingClientRect()
    const scale = canvas.width / at.width
    const line = Math.round((y - at.top + height / 2 - 7) * scale)
    // A copy: reading the grid's own canvas again and again would slow it down, which the browser complains about.
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })!
    copy.drawImage(canvas, 0, 0)
    const { data } = copy.getImageData(Math.round((x - at.left) * scale), line, width * scale, 1)
    return Array.from({ length: data.length / 4 }, (_, i) => i)
      .filter((i) => wanted.every((value, channel) => data[4 * i + channel] === value))
      .map((i) => i / scale)
  }, box)
}

test('words found are marked in the cells, also far into a long text', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await findWords(page, 'running foxes')
  const text = cell(page, 0, 3)
  await expect(text).toHaveText(/^the quick brown fox runs no/)
  // “fox” and “runs”: the index's stems, not the words typed.
  await expect.poll(async () => (await hitGround(page, text)).length).toBeGreaterThan(30)
  const ground = await hitGround(page, text)
  expect(ground[0]).toBeGreaterThan(80)
  await findWords(page, 'zebra')
  await expect(found(page)).toHaveAttribute('aria-rowcount', '2')
  // The cell is drawn from near the hit, while its name begins where the text begins.
  await expect.poll(async () => (await hitGround(page, cell(page, 0, 3))).length).toBeGreaterThan(20)
  await expect(cell(page, 0, 3)).toHaveText(/^nothing of note here/)
  await cell(page, 0, 3).click()
  await expect(tiltyard.field('text').locator('mark')).toHaveText('zebra')
})

test('the tokens of a cell and of a typed text are shown, by any full-text index', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.chooseInCellMenu(1, 2, 'Show tokens…')
  const dialog = page.getByRole('dialog', { name: 'Tokens of text, row id 1' })
  await expect(dialog.getByRole('textbox', { name: 'Text to take apart' })).toHaveValue('a lazy dog sleeps no 1')
  await expect(dialog.getByRole('status')).toContainText('By the index text_idx.')
  const spans = dialog.getByRole('group', { name: 'Text with the spans of its tokens' })
  await expect(spans).toHaveText('a lazy dog sleeps no 1')
  await expect(spans.locator('mark').filter({ hasText: 'sleeps' })).toHaveAttribute('title', 'sleep at 3')
  await expect(spans.locator('del').first()).toHaveText('a')
  await dialog.getByRole('combobox', { name: 'Index whose tokenizer is used' }).selectOption('kind_idx (kind)')
  await expect(dialog.getByRole('status')).toContainText('By the index kind_idx.')
  await expect(spans.locator('mark').filter({ hasText: 'sleeps' })).toHaveAttribute('title', 'sleeps at 3')
  await expect(dialog.getByLabel('Settings of the tokenizer')).toContainText('stemfalse')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await tiltyard.view('Search').click()
  await findWords(page, 'fox')
  await cell(page, 0, 3).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Show tokens…' }).click()
  await expect(page.getByRole('dialog', { name: /^Tokens of text, row id / })).toContainText('quick')
  await page.keyboard.press('Escape')

  await tiltyard.command('Show tokens of a text…')
  const free = page.getByRole('dialog', { name: 'Tokens of a text' })
  await free.getByRole('textbox', { name: 'Text to take apart' }).fill('Running foxes')
  await expect(free.getByRole('list', { name: 'Words and their tokens' })).toContainText('fox')
})

test('rows outside an index are folded in from the answer that met them', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await findWords(page, 'fox')
  const notes = page.getByRole('list', { name: 'Worth knowing' })
  await expect(notes).toContainText('40 of 340 rows were searched one by one')
  // Nothing was measured yet, so no time is told.
  await notes.getByRole('button', { name: 'Fold in now', exact: true }).click()
  await page.getByRole('dialog', { name: 'Fold in unindexed rows' }).getByRole('button', { name: 'Fold in' }).click()
  await expect(page.getByText('40 rows folded into').or(page.getByText('Up to 40 rows folded'))).toBeVisible()
  // The search runs again on the version that came of it.
  await expect(page.getByRole('status').filter({ hasText: /rows? in / })).toContainText('version 5')
  await expect(notes).toBeHidden()

  // From now on the time is told, by the fold-in that was measured.
  const table = await (await lancedb.connect(folder)).openTable('books')
  await table.add(rowsFrom(340, 40))
  await page.getByRole('button', { name: /new version/ }).click({ timeout: 30_000 })
  await expect(notes.getByRole('button', { name: /^Fold in now \((under 1 s|~\d+ s)\)$/ })).toBeVisible()

  await tiltyard.view('Versions').click()
  await tiltyard.version(4).click()
  await tiltyard.view('Search').click()
  await expect(notes).toContainText('This is an older version. Indices are built on the newest one')
  await expect(notes.getByRole('button')).toBeHidden()
})

test('the filter of a search is completed and checked like that of the data', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  const filter = page.getByRole('textbox', { name: 'Filter (SQL)' })
  await filter.click()
  await page.keyboard.type('kin')
  await expect(page.getByRole('option', { name: /kind/ })).toBeVisible()
  await tiltyard.typeFilter('knd = 1')
  const form = page.getByRole('search', { name: 'Search rows' })
  await expect(form.getByRole('status').filter({ hasText: 'knd' })).toBeVisible()
  await tiltyard.filter("kind = 'odd'")
  await expect(page.getByRole('status').filter({ hasText: /rows? in / })).toBeVisible()
  await expect(form.getByRole('status').filter({ hasText: 'knd' })).toBeHidden()
  await expect(cell(page, 0, 5)).toHaveText('odd')
})

/** A NumPy file, version 1, of float32 vectors. */
function npyOf(vectors: readonly (readonly number[])[]): Buffer {
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${vectors.length}, ${vectors[0]!.length}), }`
  const header = Buffer.from(`${dict.padEnd(117)}\n`, 'latin1')
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0])
  return Buffer.concat([magic, header, Buffer.from(new Float32Array(vectors.flat()).buffer)])
}

test('vectors are taken from NumPy files, chosen or dropped', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('combobox', { name: 'Vector from' }).selectOption('numbers')
  const vectors = [rowsFrom(7, 1)[0]!.vector, rowsFrom(9, 1)[0]!.vector]
  const file = page.locator('input[type=file][accept*=".npy"]')
  await file.setInputFiles({ name: 'two.npy', mimeType: 'application/octet-stream', buffer: npyOf(vectors) })
  const form = page.getByRole('search', { name: 'Search rows' })
  await expect(form.getByRole('status').filter({ hasText: '2 vectors of 4 numbers from two.npy' })).toBeVisible()
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(found(page)).toHaveAttribute('aria-rowcount', '41')
  await expect(cell(page, 0, 3)).toHaveText('0')

  const numbers = page.getByRole('textbox', { name: 'Numbers of the vector' })
  const before = await numbers.inputValue()
  await file.setInputFiles({ name: 'bad.npy', mimeType: 'application/octet-stream', buffer: Buffer.from('nothing') })
  await expect(form.getByRole('alert')).toHaveText('bad.npy: This is not a NumPy .npy file.')
  await expect(numbers).toHaveValue(before)

  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['0.5, 1, 2, 3'], 'one.csv'))
    return transfer
  })
  await numbers.dispatchEvent('dragenter', { dataTransfer: data })
  await numbers.dispatchEvent('dragover', { dataTransfer: data })
  await numbers.dispatchEvent('drop', { dataTransfer: data })
  await expect(numbers).toHaveValue('[0.5, 1, 2, 3]')
  await expect(page.getByText('This page cannot see your machine’s files')).toBeHidden()
})

test('the columns of a result are chosen as in the data', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await findWords(page, 'fox')
  await expect(found(page).getByRole('columnheader', { name: /^vector/ })).toBeVisible()
  await page.getByRole('button', { name: 'Columns: 4 of 4 shown' }).click()
  await page.getByRole('button', { name: 'Hide all' }).click()
  await expect(page.getByRole('button', { name: 'Columns: 0 of 4 shown' })).toBeVisible()
  await page.getByRole('checkbox', { name: /^text/ }).click()
  await page.keyboard.press('Escape')
  await expect(found(page)).toHaveAttribute('aria-colcount', '3')
  await expect(cell(page, 0, 3)).toHaveText(/fox/)
  // The next search fetches what is shown, and a column shown later comes along with its values.
  await findWords(page, 'dog')
  await expect(cell(page, 0, 3)).toHaveText(/dog/)
  await page.getByRole('button', { name: 'Columns: 1 of 4 shown' }).click()
  await page.getByRole('checkbox', { name: /^kind/ }).click()
  await page.keyboard.press('Escape')
  await expect(cell(page, 0, 4)).toHaveText(/^(odd|even)$/)
})
