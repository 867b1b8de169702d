import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { lancedb } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

/** 1,000 rows of text and 16 numbers; the vector index loses much, the text index nothing. */
async function makeBooks(folder: string): Promise<string> {
  const rows = Array.from({ length: 1000 }, (_, n) => ({
    id: n,
    text: `${n % 2 === 0 ? 'the quick brown fox' : 'a lazy dog'} number ${n}`,
    kind: n % 2 === 0 ? 'fox' : 'dog',
    vector: Array.from({ length: 16 }, (_v, j) => Math.sin(n * 3 + j * 7) + Math.cos(n * j)),
  }))
  const table = await (await lancedb.connect(folder)).createTable('books', rows)
  const config = lancedb.Index.ivfPq({ numPartitions: 8, numSubVectors: 2 })
  await table.createIndex('vector', { config, name: 'vector_idx' })
  await table.createIndex('text', { config: lancedb.Index.fts(), name: 'text_idx' })
  return path.join(folder, 'books.lance')
}

const answer = (page: Page, name: string) => page.getByRole('region', { name: `Answer of ${name}` })

test('ways to search stand side by side and are judged', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Compare and judge' }).click()
  const form = page.getByRole('form', { name: 'Question to compare' })
  await form.getByRole('textbox', { name: 'Row id of the question' }).fill('')
  await form.getByRole('button', { name: 'Compare' }).click()
  await expect(form.getByRole('alert')).toHaveText('Index: Choose the row to start from.')
  await form.getByRole('textbox', { name: 'Row id of the question' }).fill('6')
  await form.getByRole('textbox', { name: 'Words of the question' }).fill('fox 6')
  await page.getByRole('button', { name: 'Add configuration' }).click()
  const third = page.getByRole('group', { name: 'Configuration Exact 2' })
  await third.getByRole('combobox', { name: 'Searches by' }).selectOption('hybrid')
  await third.getByRole('textbox', { name: 'Name of the configuration' }).fill('Both')
  await form.getByRole('button', { name: 'Compare' }).click()
  for (const name of ['Index', 'Exact', 'Both']) await expect(answer(page, name).getByRole('listitem')).toHaveCount(10)
  await expect(answer(page, 'Index').getByText(/10 rows in .* · vector_idx/)).toBeVisible()
  await expect(answer(page, 'Exact').getByText(/10 rows in .* · no index/)).toBeVisible()
  await expect(page.getByRole('img', { name: /^Index and Exact: \d+ in both/ })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Overlap at 10' }).getByRole('row')).toHaveCount(4)
  // The row itself is nearest to itself in exact search.
  await answer(page, 'Exact')
    .getByRole('button', { name: 'Relevant: the quick brown fox number 6', exact: true })
    .click()
  await expect(answer(page, 'Exact').getByText('nDCG 1.000 · recall 1.000 · RR 1.000')).toBeVisible()
  await expect(answer(page, 'Exact').getByText('1 of 10 judged')).toBeVisible()
  await expect(answer(page, 'Index').getByText(/^nDCG/)).toBeVisible()
  // A key that is none is said; a way that cannot be searched leaves the others.
  await form.getByRole('combobox', { name: 'Column that tells rows apart' }).selectOption('kind')
  await expect(page.getByText('Several of these rows have the same kind')).toBeVisible()
  await page
    .getByRole('group', { name: 'Configuration Both' })
    .getByRole('textbox', { name: /^Filter/ })
    .fill('no_such > 1')
  await form.getByRole('button', { name: 'Compare' }).click()
  await expect(answer(page, 'Both').getByRole('alert')).toContainText('no_such')
  await expect(answer(page, 'Index').getByRole('listitem')).toHaveCount(10)
})

test('judgments are kept as a set, run, exported and deleted', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Compare and judge' }).click()
  const form = page.getByRole('form', { name: 'Question to compare' })
  const sets = page.getByRole('group', { name: 'Relevance sets' })
  await form.getByRole('combobox', { name: 'Column that tells rows apart' }).selectOption('text')
  for (const [row, title] of [
    ['6', 'the quick brown fox number 6'],
    ['9', 'a lazy dog number 9'],
  ] as const) {
    await form.getByRole('textbox', { name: 'Row id of the question' }).fill(row)
    await form.getByRole('button', { name: 'Compare' }).click()
    await answer(page, 'Exact')
      .getByRole('button', { name: `Relevant: ${title}`, exact: true })
      .click()
  }
  await expect(sets.getByRole('status')).toContainText('2 judgments on 2 questions')
  await sets.getByRole('button', { name: 'Save set…' }).click()
  await page.getByRole('textbox', { name: 'Name of the relevance set' }).fill('nearest')
  await page.keyboard.press('Enter')
  await expect(sets.getByRole('status')).toContainText('set “nearest”')
  await sets.getByRole('button', { name: 'Run set' }).click()
  const runs = page.getByRole('table', { name: 'Runs of the relevance set' })
  await expect(runs.getByRole('row')).toHaveCount(3)
  await expect(runs.getByRole('row', { name: /Exact 1\.000 1\.000 1\.000/ })).toBeVisible()
  // It is there again in another window, with its judgments and its runs.
  await page.reload()
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Compare and judge' }).click()
  await sets.getByRole('button', { name: 'Sets (1)…' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export nearest' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('nearest.json')
  const exported = JSON.parse(fs.readFileSync(await download.path(), 'utf8')) as { queries: { judgments: object[] }[] }
  expect(exported.queries.map(({ judgments }) => judgments.length)).toEqual([1, 1])
  await page.getByRole('button', { name: 'Open nearest' }).click()
  await expect(sets.getByRole('status')).toContainText('2 judgments on 2 questions · set “nearest”')
  await expect(runs.getByRole('row')).toHaveCount(3)
  await sets.getByRole('button', { name: 'Judged questions' }).click()
  await page.getByRole('menuitem', { name: /like row 9/ }).click()
  await expect(answer(page, 'Exact').getByText('nDCG 1.000')).toBeVisible()
  await sets.getByRole('button', { name: 'Sets (1)…' }).click()
  await page.getByRole('button', { name: 'Delete nearest' }).click()
  await page.getByRole('button', { name: 'Delete nearest for good' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(sets.getByRole('button', { name: 'Sets (0)…' })).toBeVisible()
  // What was exported comes back with its runs.
  await sets.getByRole('button', { name: 'Sets (0)…' }).click()
  await page.getByLabel('File of a relevance set').setInputFiles(await download.path())
  await expect(sets.getByRole('status')).toContainText('2 judgments on 2 questions · set “nearest”')
  await expect(runs.getByRole('row')).toHaveCount(3)
  // A file that is none is refused with a sentence.
  fs.writeFileSync(path.join(folder, 'other.json'), '{"name": "other"}')
  await sets.getByRole('button', { name: 'Sets (1)…' }).click()
  await page.getByLabel('File of a relevance set').setInputFiles(path.join(folder, 'other.json'))
  await expect(page.getByRole('alert')).toContainText('set.k')
})

test('the set of the sample runs at once, and a damaged file is named', async ({ tiltyard, page, app }) => {
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Compare and judge' }).click()
  const sets = page.getByRole('group', { name: 'Relevance sets' })
  await sets.getByRole('button', { name: 'Sets (1)…' }).click()
  await expect(page.getByText('12 questions, 46 judgments, 0 runs')).toBeVisible()
  await page.getByRole('button', { name: 'Open Questions about the sample' }).click()
  await expect(sets.getByRole('status')).toContainText('on 12 questions · set “Questions about the sample”')
  await sets.getByRole('button', { name: 'Run set' }).click()
  const runs = page.getByRole('table', { name: 'Runs of the relevance set' })
  await expect(runs.getByRole('row')).toHaveCount(4)
  for (const name of ['Vector', 'Text', 'Hybrid'])
    await expect(
      runs.getByRole('row', { name: new RegExp(`${name} 0\\.\\d{3} 0\\.\\d{3} 0\\.\\d{3} .* 12$`) }),
    ).toBeVisible()
  // The questions themselves are there to be asked, with what was judged of them.
  await sets.getByRole('button', { name: 'Judged questions' }).click()
  await page.getByRole('menuitem', { name: /Why do stars twinkle/ }).click()
  await expect(answer(page, 'Hybrid').getByText(/^nDCG/)).toBeVisible()
  await expect(sets.getByRole('status')).not.toContainText('changed since it was saved')
  const kept = path.join(app.dataDir, 'relevance')
  const [dataset = ''] = fs.readdirSync(kept)
  fs.writeFileSync(path.join(kept, dataset, `${'0'.repeat(32)}.json`), '{')
  await page.reload()
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Compare and judge' }).click()
  await sets.getByRole('button', { name: 'Sets (2)…' }).click()
  await expect(page.getByText('This file is damaged. It is not JSON.')).toBeVisible()
  await page.getByRole('button', { name: /^Delete 0{32}/ }).click()
  await page.getByRole('button', { name: /^Delete 0{32}.* for good/ }).click()
  await expect(page.getByText('This file is damaged.')).toBeHidden()
})

test('a run of a set is cancelled: nothing of it is kept, and it can be run again', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeBooks(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('radio', { name: 'Compare and judge' }).click()
  const form = page.getByRole('form', { name: 'Question to compare' })
  const sets = page.getByRole('group', { name: 'Relevance sets' })
  for (const row of ['6', '9', '12']) {
    await form.getByRole('textbox', { name: 'Row id of the question' }).fill(row)
    await form.getByRole('button', { name: 'Compare' }).click()
    await answer(page, 'Exact')
      .getByRole('button', { name: new RegExp(`^Relevant: .* number ${row}$`) })
      .click()
  }
  await expect(sets.getByRole('status')).toContainText('3 judgments on 3 questions')
  const filterOf = (name: string) =>
    page
      .getByRole('group', { name: `Configuration ${name}` })
      .getByRole('textbox', { name: 'Filter of the configuration (SQL)' })
  const save = async (): Promise<void> => {
    await sets.getByRole('button', { name: 'Save set…' }).click()
    await page.getByRole('textbox', { name: 'Name of the relevance set' }).fill('slow')
    await page.keyboard.press('Enter')
    await expect(sets.getByRole('status')).toContainText('set “slow”')
    await expect(sets.getByRole('status')).not.toContainText('changed since it was saved')
  }
  // Filters that cost half a second, so that there is something to cancel.
  for (const name of ['Index', 'Exact']) await filterOf(name).fill("sha512(repeat(cast(id as string), 60000)) != 'a'")
  await save()
  // A comparison is cancelled as a search is: the one before it stays.
  const cancel = page.getByRole('button', { name: 'Cancel' })
  await form.getByRole('button', { name: 'Compare' }).click()
  await cancel.click()
  await expect(page.getByText('Comparison cancelled')).toBeVisible()
  await expect(cancel).toBeHidden()
  await expect(answer(page, 'Exact').getByText('1 of 10 judged')).toBeVisible()
  await sets.getByRole('button', { name: 'Run set' }).click()
  const progress = page.getByRole('progressbar', { name: 'Running slow' })
  await expect(progress).toBeVisible()
  await expect(page.getByText(/^[1-5] of 6 searches$/)).toBeVisible()
  await expect(sets.getByRole('button', { name: 'Run set' })).toBeDisabled()
  await cancel.click()
  await expect(progress).toBeHidden()
  await expect(page.getByText('Not run yet')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  // The same set, without what made it slow, runs to its end.
  for (const name of ['Index', 'Exact']) await filterOf(name).fill('')
  await save()
  await sets.getByRole('button', { name: 'Run set' }).click()
  const runs = page.getByRole('table', { name: 'Runs of the relevance set' })
  await expect(runs.getByRole('row', { name: /Exact 1\.000 1\.000 1\.000/ })).toBeVisible({ timeout: 30_000 })
  await expect(runs.getByRole('row')).toHaveCount(3)
})
