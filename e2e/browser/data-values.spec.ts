import type { Locator } from '@playwright/test'
import { bigCells, exactRows, mediaRows, wideRows, writeTable } from './data-datasets.ts'
import { makeDataset, openForWriting } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('values are exact in the grid, in the inspector and on the clipboard', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await writeTable(folder, 'exact', exactRows()))
  await tiltyard.hasRows(4)

  await test.step('nothing, empty, NaN and the word NULL are told apart', async () => {
    const kinds: readonly (readonly [row: number, column: number, text: string, kind: string])[] = [
      [0, 1, '9007199254740993', 'text'],
      [1, 1, '-9223372036854775808', 'text'],
      [3, 1, 'NULL', 'null'],
      [0, 2, '123456789012345.6789', 'text'],
      [1, 2, '-0.0005', 'text'],
      [0, 3, '2023-11-14 22:13:20.123456789', 'text'],
      [2, 3, '1969-12-31 23:59:59.999999999', 'text'],
      [1, 4, '"" (empty)', 'text'],
      [2, 4, 'NULL', 'null'],
      [3, 4, 'NULL', 'text'],
      [1, 5, 'NaN', 'text'],
      [2, 5, 'NULL', 'null'],
      [3, 5, '-Infinity', 'text'],
    ]
    for (const [row, column, text, kind] of kinds) {
      await expect(tiltyard.cell(row, column)).toHaveText(text)
      await expect(tiltyard.cell(row, column)).toHaveAttribute('data-kind', kind)
    }
    // The word and the null have one name, and must not have one look.
    expect((await lookOf(tiltyard.cell(2, 4))).pixels).not.toBe((await lookOf(tiltyard.cell(3, 4))).pixels)
  })

  await test.step('copied as TSV, CSV and JSON with nothing rounded', async () => {
    await tiltyard.cell(0, 1).click()
    await tiltyard.cell(1, 4).click({ modifiers: ['Shift'] })
    await page.keyboard.press('ControlOrMeta+c')
    await expect(page.getByText('8 cells copied as TSV')).toBeVisible()
    expect(await tiltyard.clipboard()).toBe(
      '9007199254740993\t123456789012345.6789\t2023-11-14T22:13:20.123456789\t"plain, ""quoted"""\n' +
        '-9223372036854775808\t-0.0005\t1970-01-01T00:00:00\t""',
    )
    await tiltyard.chooseInCellMenu(1, 2, 'Copy as CSV')
    await expect(page.getByText('8 cells copied as CSV')).toBeVisible()
    expect((await tiltyard.clipboard()).split('\n').slice(0, 2)).toEqual([
      'big,price,at,text',
      '9007199254740993,123456789012345.6789,2023-11-14T22:13:20.123456789,"plain, ""quoted"""',
    ])
    await tiltyard.chooseInCellMenu(1, 2, 'Copy as JSON')
    await expect(page.getByText('8 cells copied as JSON')).toBeVisible()
    expect(JSON.parse(await tiltyard.clipboard())).toEqual([
      {
        big: '9007199254740993',
        price: '123456789012345.6789',
        at: '2023-11-14T22:13:20.123456789',
        text: 'plain, "quoted"',
      },
      { big: '-9223372036854775808', price: '-0.0005', at: '1970-01-01T00:00:00', text: '' },
    ])
    await tiltyard.cell(3, 1).click()
    await tiltyard.chooseInCellMenu(3, 1, 'Copy whole rows')
    await expect.poll(() => tiltyard.clipboard()).toMatch(/^big\tprice\tat\ttext\tratio\tvector\tmeta\n\t1\.0000\t/)
  })

  await test.step('a vector has its strip, its figures, and goes to NumPy', async () => {
    await tiltyard.cell(0, 4).click()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect(tiltyard.activeCell).toHaveAttribute('data-kind', 'vector')
    await expect(tiltyard.activeCell).toHaveText(/^\[0\.000, 0\.199, .*\(64 × float32\)$/)
    expect((await lookOf(tiltyard.activeCell)).colours).toBeGreaterThan(25)
    const vector = tiltyard.field('vector')
    await expect(vector).toContainText('64 × float32')
    await expect(vector.getByRole('img', { name: 'Values of the vector as bars' })).toBeVisible()
    await vector.getByRole('button', { name: 'Copy NumPy' }).click()
    await expect.poll(() => tiltyard.clipboard()).toMatch(/^np\.array\(\[0, 0\.19866933, .*dtype=np\.float32\)$/)
  })

  await test.step('the inspector follows, searches, unfolds and copies', async () => {
    await tiltyard.grid.focus()
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.press('Enter')
    await expect(tiltyard.inspector).toHaveAccessibleName('Row 0')
    await tiltyard.inspector.getByRole('button', { name: 'Next row' }).click()
    await expect(tiltyard.inspector).toHaveAccessibleName('Row 1')
    await expect(tiltyard.field('big')).toContainText('-9223372036854775808')
    await expect(tiltyard.field('text')).toContainText('empty text')
    await tiltyard.inspector.getByRole('button', { name: 'Previous row' }).click()
    await expect(tiltyard.field('big')).toContainText('9007199254740993')
    const tree = tiltyard.field('meta').getByRole('tree')
    await tree.getByRole('treeitem', { name: /scores/ }).click()
    await expect(tree.getByRole('treeitem', { name: /^1\W+1\.5$/ })).toBeVisible()
    const search = tiltyard.inspector.getByRole('textbox', { name: 'Search fields and values' })
    await search.fill('789')
    await expect(tiltyard.inspector.getByRole('article')).toHaveCount(2)
    await search.fill('')
    await tiltyard.inspector.getByRole('button', { name: 'Copy row as JSON' }).click()
    await expect(page.getByText('Row copied')).toBeVisible()
    expect(JSON.parse(await tiltyard.clipboard())).toMatchObject({
      big: '9007199254740993',
      ratio: 0.1,
      meta: { lang: 'de', scores: [0.5, 1.5] },
    })
  })
})

test('bytes are shown as what they are', async ({ tiltyard, folder, page, problems }) => {
  await tiltyard.openPath(await writeTable(folder, 'media', mediaRows()))
  await tiltyard.hasRows(1)
  await expect(tiltyard.cell(0, 1)).toHaveAttribute('data-kind', 'image')
  await expect(tiltyard.cell(0, 1)).toHaveAccessibleName(/^image .*234 B/)
  await expect.poll(async () => (await lookOf(tiltyard.cell(0, 1))).colours).toBeGreaterThan(40)
  await expect(tiltyard.cell(0, 5)).toHaveText('webm (92 B)')

  const picture = tiltyard.field('picture')
  await expect(picture.getByRole('img', { name: 'Content of picture' })).toHaveJSProperty('naturalWidth', 48)
  await expect(picture).toContainText('48 × 32 px')
  await expect(tiltyard.field('letter')).toContainText('this is plain text.')
  await tiltyard.field('settings').getByRole('treeitem', { name: /theme/ }).click()
  await expect(tiltyard.field('settings')).toContainText('dusk')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    picture.getByRole('link', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('picture.png')

  const raw = tiltyard.field('raw')
  await raw.scrollIntoViewIfNeeded()
  await expect(raw.getByLabel('Bytes in hexadecimal')).toContainText('00000010')
  await expect(raw).toContainText(/4\.\d+ kB of 30 kB/)
  await raw.getByRole('button', { name: 'Show more' }).click()
  await expect(raw).toContainText('20.5 kB of 30 kB')
  await raw.getByRole('button', { name: 'Show more' }).click()
  await expect(raw.getByLabel('Bytes in hexadecimal')).toContainText('00007520')

  // The head of a film without the film: said, with the bytes instead.
  const film = tiltyard.field('film')
  await film.scrollIntoViewIfNeeded()
  await expect(film).toContainText('This video cannot be played or drawn here.')
  await expect(film.getByLabel('Bytes in hexadecimal')).toContainText('1a 45 df a3')
  problems.length = 0
})

test('an empty dataset, one row, 2,000 columns, and very big cells are usable', async ({ tiltyard, folder, page }) => {
  await test.step('empty', async () => {
    const location = await makeDataset(folder, 'empty', 1, 1)
    await (await openForWriting(location)).delete('id >= 0')
    await tiltyard.openPath(location)
    await expect(page.getByText('This version has no rows')).toBeVisible()
    await tiltyard.hasRows(0)
    await expect(tiltyard.header('note')).toBeVisible()
    await tiltyard.grid.focus()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.press('Enter')
    await expect(tiltyard.inspector).toBeHidden()
    await tiltyard.filter('id > 3')
    await expect(tiltyard.result).toContainText('0 matching rows')
  })

  await test.step('big cells', async () => {
    await tiltyard.openPath(await writeTable(folder, 'cells', bigCells()))
    await tiltyard.hasRows(1)
    await expect(tiltyard.cell(0, 1)).toHaveText(/^start x+.*\(100,010 chars\)$/)
    await expect(tiltyard.cell(0, 2)).toHaveText(/^\[0, 1, 2, .*\(10,000 items\)$/)
    await tiltyard.field('text').getByRole('button', { name: 'Show all' }).click()
    await expect(tiltyard.field('text')).toContainText(/xxx end/)
    const items = tiltyard.field('items').getByRole('tree')
    await items.getByRole('treeitem', { name: '9,900 more…' }).click()
    await expect(items.getByRole('treeitem')).toHaveCount(1001)
    await tiltyard.cell(0, 1).click()
    await page.keyboard.press('ControlOrMeta+c')
    await expect.poll(async () => (await tiltyard.clipboard()).length).toBe(100_010)
  })

  await test.step('2,000 columns', async () => {
    await tiltyard.openPath(await writeTable(folder, 'wide', wideRows(2000, 3)))
    await tiltyard.hasRows(3)
    await expect(tiltyard.grid).toHaveAttribute('aria-colcount', '2000')
    await tiltyard.grid.focus()
    await page.keyboard.press('End')
    await expect(tiltyard.activeCell).toHaveText('1999')
    await expect(tiltyard.activeCell).toHaveAttribute('aria-colindex', '2000')
    await page.keyboard.press('ArrowDown')
    await expect(tiltyard.activeCell).toHaveText('3999')
    await expect(tiltyard.inspector).toHaveAccessibleName('Row 1')
    await expect(tiltyard.field('c1999')).toBeInViewport()
    await expect(tiltyard.field('c1999')).toContainText('3999')
    await tiltyard.inspector.getByRole('textbox', { name: 'Search fields and values' }).fill('c777')
    await expect(tiltyard.field('c777')).toContainText('2777')
    await page.getByRole('button', { name: 'Columns: 2000 of 2000 shown' }).click()
    const list = page.getByRole('dialog', { name: 'Columns' })
    await list.getByRole('textbox').fill('c12')
    await list.getByRole('button', { name: 'Hide found' }).click()
    await expect(tiltyard.grid).toHaveAttribute('aria-colcount', '1889')
  })
})

interface Look {
  /** Different colours in the cell. */
  readonly colours: number
  /** All its pixels. */
  readonly pixels: string
}

/** How a cell is painted, read from the grid's canvas. */
function lookOf(cell: Locator): Promise<Look> {
  return cell.evaluate((element) => {
    const canvas = element.closest('[role=grid]')?.querySelector('canvas')
    const box = element.getBoundingClientRect()
    // A copy, for reading the grid's own canvas would make it slow; without the ring of the active cell.
    const [width, height] = [box.width - 6, box.height - 6].map((length) => Math.floor(length * devicePixelRatio))
    const copy = new OffscreenCanvas(width ?? 1, height ?? 1).getContext('2d', { willReadFrequently: true })
    if (!canvas || !copy) throw new Error('The grid has no canvas.')
    const origin = canvas.getBoundingClientRect()
    const [x, y] = [box.x - origin.x + 3, box.y - origin.y + 3].map((at) => at * devicePixelRatio)
    copy.drawImage(canvas, -(x ?? 0), -(y ?? 0))
    const { data } = copy.getImageData(0, 0, width ?? 1, height ?? 1)
    return { colours: new Set(new Uint32Array(data.buffer)).size, pixels: data.join() }
  })
}
