/* Dropping files in: documents, tables, what does not fit, and the same files again. */
import fs from 'node:fs'
import path from 'node:path'
import { lancedb, openForWriting } from './datasets.ts'
import { dropFiles, ImportWindow } from './import-window.ts'
import { expect, test } from './tiltyard.ts'

const NOTES = [
  {
    name: 'bread.md',
    text: '# Bread\n\nBread is baked in a hot oven until its crust is brown.\n\n## Rye\n\nRye makes it dark.\n',
  },
  { name: 'horses.md', text: '# Horses\n\nTwo riders met at the barrier, each on a horse of his own.\n' },
  { name: 'stars.txt', text: 'Above the sea the stars were brighter than over the town.\n' },
]

test('dropped documents are cut, embedded, written and found', async ({ tiltyard, page, folder }) => {
  const dialog = new ImportWindow(page)
  const taken = dialog.dialog.getByRole('status', { name: 'Sources taken' })
  await dropFiles(page, NOTES.slice(0, 2))
  await expect(taken).toContainText('2 of 2 files')
  await dialog.toNew(folder, 'notes')
  await dropFiles(page, NOTES.slice(2))
  await expect(taken).toContainText('3 of 3 files')
  await dialog.dialog.getByRole('textbox', { name: 'Tags' }).fill('first, drop')
  const chunks = dialog.dialog.getByRole('list', { name: /^Chunks of/ })
  await expect(chunks).toContainText('Bread is baked')
  await dialog.dialog.getByRole('button', { name: 'Next document' }).click()
  await expect(chunks).toContainText('Two riders met')
  await expect(dialog.estimate).toContainText('embedded on this machine')
  await dialog.run()
  await dialog.done()
  await expect(dialog.figure('Files')).toHaveText('3')
  await expect(dialog.dialog.getByRole('grid', { name: 'Log of the import' })).toContainText('horses.md')
  await dialog.dialog.getByRole('button', { name: 'Open dataset' }).click()

  await expect(page.getByRole('grid', { name: 'Rows of notes' })).toBeVisible()
  await tiltyard.filter("source_path = 'horses.md'")
  await tiltyard.hasRows(1)
  await tiltyard.view('Search').click()
  await page.getByRole('combobox', { name: 'Vector from' }).selectOption('text')
  await page.getByRole('textbox', { name: 'Text to make a vector of' }).fill('riders on a horse')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: 'Rows found in notes' }).locator('[aria-rowindex="2"]')).toContainText(
    'riders',
  )
})

test('chunks follow their size, and wrong fields are named', async ({ tiltyard: _, page, folder }) => {
  const dialog = new ImportWindow(page)
  const words = Array.from({ length: 600 }, (_one, n) => `word${n}`).join(' ')
  await dropFiles(page, [{ name: 'long.txt', text: words }])
  await dialog.toNew(folder, 'long')
  const facts = dialog.dialog.getByRole('status', { name: 'Facts of the document' })
  const size = dialog.dialog.getByRole('textbox', { name: 'Size of a chunk' })
  await expect(facts).toContainText('chunks')
  const before = Number(/([\d,]+) chunks/.exec(await facts.innerText())![1])
  await size.fill('100')
  await expect(async () => {
    const now = Number(/([\d,]+) chunks/.exec(await facts.innerText())![1])
    expect(now).toBeGreaterThan(before * 2)
  }).toPass()
  await size.fill('20')
  await expect(dialog.dialog.getByRole('alert')).toHaveText('The overlap has to be smaller than the chunk.')
  await expect(dialog.start).toBeDisabled()
  await dialog.dialog.getByRole('textbox', { name: 'Overlap of chunks' }).fill('0')
  await dialog.dialog.getByRole('textbox', { name: 'Metadata (JSON)' }).fill('{"team": ')
  await expect(dialog.dialog.getByRole('alert')).toContainText('The metadata is not JSON')
  await dialog.dialog.getByRole('textbox', { name: 'Metadata (JSON)' }).fill('{"team": "search"}')
  await expect(dialog.start).toBeEnabled()
  await dialog.toNew(folder, 'no good')
  await expect(dialog.dialog.getByRole('alert')).toContainText('Use letters')
})

test('rows that cannot be read are put aside, and the rest is imported', async ({ tiltyard, page, folder }) => {
  const dialog = new ImportWindow(page)
  const rows = Array.from({ length: 200 }, (_one, n) => `${n},${n === 60 ? 'oops' : n / 4},thing ${n}`)
  await dropFiles(page, [{ name: 'orders.csv', text: `id,amount,label\n${rows.join('\n')}\n` }])
  await dialog.toNew(folder, 'orders')
  await dialog.column('amount').getByRole('combobox', { name: 'Type of amount' }).selectOption('float64')
  await expect(dialog.dialog.getByRole('status', { name: 'Bad rows' })).toContainText('1 of the first 200 rows')
  const examples = dialog.dialog.getByRole('list', { name: 'Examples of rows that cannot be read' })
  await expect(examples).toContainText('orders.csv:62')
  await expect(examples).toContainText('oops')
  await dialog.column('label').getByRole('textbox', { name: 'Name of label' }).fill('what')
  await expect(dialog.dialog.getByRole('region', { name: 'First rows' })).toContainText('what')
  await dialog.run()
  await dialog.done()
  await expect(dialog.figure('Rows written')).toHaveText('199')
  await expect(dialog.figure('Rejected')).toHaveText('1')
  const file = await dialog.result.locator('code').first().innerText()
  expect(fs.readFileSync(file, 'utf8')).toContain('oops')
  await dialog.dialog.getByRole('button', { name: 'Open dataset' }).click()
  await tiltyard.hasRows(199)
  await expect(tiltyard.header('what')).toBeVisible()
})

test('columns are mapped onto a dataset, and vectors of another length are refused', async ({
  tiltyard,
  page,
  folder,
}) => {
  const dialog = new ImportWindow(page)
  const db = await lancedb.connect(folder)
  await db.createTable('shelf', [{ id: 1, title: 'one', vector: [1, 2, 3, 4] }])
  const location = path.join(folder, 'shelf.lance')
  await tiltyard.openPath(location)
  await tiltyard.hasRows(1)
  await db.createTable('books', [
    { id: 2, name: 'book 2', vector: [1, 2, 3] },
    { id: 3, name: 'book 3', vector: [4, 5, 6] },
  ])
  await tiltyard.view('Import').click()
  await page.getByRole('button', { name: 'Import into shelf…' }).click()
  await dialog.dialog.getByRole('textbox', { name: /^Or paths on/ }).fill(path.join(folder, 'books.lance'))
  await dialog.dialog.getByRole('button', { name: 'Look at them' }).click()

  await expect(dialog.mapping('vector')).toContainText('conflict')
  await expect(dialog.start).toBeDisabled()
  await expect(dialog.dialog.getByRole('list', { name: 'Problems' })).toContainText('vector')
  await dialog.mapping('vector').getByRole('combobox').selectOption({ label: 'null' })
  await dialog.mapping('title').getByRole('combobox').selectOption('name')
  await expect(dialog.mapping('title')).toContainText('same')
  await dialog.run()
  await dialog.done()
  await dialog.dialog.getByRole('button', { name: 'Open dataset' }).click()
  await tiltyard.hasRows(3)
  const table = await openForWriting(location)
  expect((await table.query().select(['title']).where('id = 3').toArray()).map((row) => String(row['title']))).toEqual([
    'book 3',
  ])

  await tiltyard.view('Import').click()
  const imports = page.getByRole('list', { name: 'Imports into this dataset' })
  await expect(imports).toContainText('2 rows of 1 file written')
  await imports.getByRole('button', { name: /^Details/ }).click()
  await dialog.dialog.getByRole('button', { name: 'Undo…' }).click()
  const undo = page.getByRole('dialog', { name: /^Undo: / })
  await undo.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(undo).toBeHidden()
  await tiltyard.view('Data').click()
  await tiltyard.hasRows(1)
})

test('paths are pasted anywhere, and files are chosen by keyboard', async ({ tiltyard, page, folder }) => {
  const dialog = new ImportWindow(page)
  for (const { name, text } of NOTES) fs.writeFileSync(path.join(folder, name), text)
  await tiltyard.grid.evaluate(
    (place, text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      place.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    NOTES.map(({ name }) => path.join(folder, name)).join('\n'),
  )
  const taken = dialog.dialog.getByRole('status', { name: 'Sources taken' })
  await expect(taken).toContainText('3 of 3 files')
  await dialog.dialog.getByRole('rowgroup', { name: /^Files\./ }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog.dialog.getByRole('list', { name: /^Chunks of horses/ })).toBeVisible()
  await page.keyboard.press('Space')
  await expect(taken).toContainText('2 of 3 files')
  await page.keyboard.press('Escape')
  await expect(dialog.dialog).toBeHidden()
  await page.keyboard.press('Alt+i')
  await expect(taken).toContainText('2 of 3 files')
})

test('the same folder again is a plan first, and writes only what changed', async ({ tiltyard, page, folder }) => {
  const dialog = new ImportWindow(page)
  const source = path.join(folder, 'notes')
  fs.mkdirSync(source)
  for (const { name, text } of NOTES) fs.writeFileSync(path.join(source, name), text)
  await dialog.openPaths(source)
  await dialog.toNew(folder, 'kept')
  await dialog.run()
  await dialog.done()
  await dialog.dialog.getByRole('button', { name: 'New import' }).click()
  await page.keyboard.press('Escape')

  fs.writeFileSync(path.join(source, 'bread.md'), '# Bread\n\nThere is none left.\n')
  fs.writeFileSync(path.join(source, 'new.md'), '# New\n\nA new one.\n')
  fs.rmSync(path.join(source, 'stars.txt'))
  await dialog.openPaths(source)
  await dialog.toExisting(path.join(folder, 'kept.lance'), 'Update')
  const plan = dialog.dialog.getByRole('region', { name: 'Plan of the update' })
  await expect(plan).toContainText('1 new · 1 changed · 1 gone · 1 unchanged')
  await expect(plan).toContainText('notes/new.md')
  await dialog.dialog.getByRole('checkbox', { name: 'Delete rows whose file is gone' }).check()
  await expect(dialog.start).toHaveText('Update 3 files')
  await dialog.run()
  await dialog.done()
  await dialog.dialog.getByRole('button', { name: 'Open dataset' }).click()
  await tiltyard.filter("source_path = 'notes/stars.txt'")
  await tiltyard.hasRows(0)
  await tiltyard.filter("content LIKE '%none left%'")
  await tiltyard.hasRows(1)
})

test('what cannot be imported says so, and what is left out stays out', async ({ tiltyard: _, page, folder }) => {
  const dialog = new ImportWindow(page)
  await dialog.openPaths(path.join(folder, 'nowhere'))
  await expect(dialog.dialog.getByRole('alert')).toContainText('There is nothing at')
  await dialog.dialog.getByRole('button', { name: 'Choose something else' }).click()
  await page.keyboard.press('Escape')

  await dropFiles(page, [
    ...NOTES,
    { name: 'broken.pdf', text: '%PDF-1.7 and nothing else' },
    { name: 'n.csv', text: 'a,b\n1,2\n' },
  ])
  await expect(dialog.dialog.getByRole('radio', { name: /^Documents/ })).toHaveAttribute('aria-checked', 'true')
  await expect(dialog.dialog.getByRole('radio', { name: /^Tables/ })).toBeVisible()
  await dialog.toNew(folder, 'mixed')
  await dialog.dialog.getByRole('checkbox', { name: 'Take stars.txt' }).uncheck()
  await dialog.run()
  await dialog.done()
  await expect(dialog.figure('Files')).toHaveText('2')
  await dialog.dialog.getByRole('button', { name: /^Tables, 1 file/ }).click()
  await dialog.toNew(folder, 'mixed-table')
  await dialog.run()
  await dialog.done()
  await expect(dialog.figure('Rows written')).toHaveText('1')
})

test('files as they lie about: rows that end early, comments, quotes that are none', async ({
  tiltyard,
  page,
  folder,
}) => {
  const dialog = new ImportWindow(page)
  const releases = Array.from({ length: 40 }, (_one, n) => `${n}.04,series ${n}${n % 8 === 0 ? ',2030-01-01' : ''}`)
  const text = `# releases\n#version\tseries\teol\n${releases.join('\n').replaceAll(',', '\t')}\n90.04\t"odd" one\n`
  await dropFiles(page, [{ name: 'releases.tsv', text }])
  await dialog.toNew(folder, 'releases')
  const notes = dialog.dialog.getByRole('list', { name: 'How the files are read, and why' })
  await expect(notes).toContainText('The last comment above the rows names the columns.')
  await expect(notes).toContainText('Quotes are read as they stand')
  await expect(notes).toContainText('36 of the first 41 rows end early; what they lack is null.')
  await expect(dialog.dialog.getByRole('list', { name: 'Problems' })).toBeHidden()
  await expect(dialog.dialog.getByRole('status', { name: 'Bad rows' })).toContainText('36 rows end early')
  const quote = dialog.dialog.getByRole('combobox', { name: 'Quote' })
  await expect(quote.locator('option:checked')).toHaveText('none (detected)')

  const short = dialog.dialog.getByRole('combobox', { name: 'Rows that end early' })
  await short.selectOption('bad')
  await expect(dialog.dialog.getByRole('status', { name: 'Bad rows' })).toContainText('36 of the first 41 rows')
  await expect(dialog.dialog.getByRole('list', { name: 'Problems' })).toContainText('not 3 values')
  await quote.selectOption('"')
  await expect(dialog.dialog.getByRole('list', { name: /^Examples of rows/ })).toContainText('has 2 values')
  await short.selectOption('')
  await quote.selectOption('none')
  await expect(dialog.start).toHaveText('Import 41 rows')
  await dialog.run()
  await dialog.done()
  await expect(dialog.dialog.getByRole('grid', { name: 'Log of the import' })).toContainText('36 rows end early')
  await dialog.dialog.getByRole('button', { name: 'Open dataset' }).click()
  await tiltyard.hasRows(41)
})

test('columns of a wide table are found and skipped by name', async ({ tiltyard: _, page, folder }) => {
  const dialog = new ImportWindow(page)
  const names = Array.from({ length: 300 }, (_one, n) => `${n % 3 === 0 ? 'sensor' : 'feature'}_${n}`)
  const rows = Array.from({ length: 5 }, (_one, row) => names.map((_name, n) => n * row).join(','))
  await dropFiles(page, [{ name: 'wide.csv', text: `${names.join(',')}\n${rows.join('\n')}\n` }])
  await dialog.toNew(folder, 'wide')
  await dialog.dialog.getByRole('textbox', { name: 'Filter columns' }).fill('sensor')
  await expect(dialog.column('sensor_3')).toBeVisible()
  await expect(dialog.column('feature_1')).toBeHidden()
  await dialog.dialog.getByRole('button', { name: 'Skip 100' }).click()
  await expect(dialog.dialog.getByText('300 columns, 100 skipped')).toBeVisible()
  await expect(dialog.dialog.getByRole('region', { name: 'First rows' })).not.toContainText('sensor_0')
  await expect(dialog.start).toHaveText('Import 5 rows')
})
