import path from 'node:path'
import type { Page } from '@playwright/test'
import { lancedb } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

/** 40 rows of text and vectors; version 1 has them all, 2 lacks one, 3 has a late one, and the newest is compacted: its row ids are others. */
async function makeNotes(folder: string): Promise<string> {
  const row = (n: number) => ({ text: `note ${n}`, id: `n${n}`, vector: [n, 1, 0, 0] })
  const db = await lancedb.connect(folder)
  const table = await db.createTable(
    'notes',
    Array.from({ length: 40 }, (_, n) => row(n)),
  )
  await table.delete("id = 'n3'")
  await table.add([{ text: 'note late', id: 'n100', vector: [3.4, 1, 0, 0] }])
  await (await table.tags()).create('first', 1)
  await table.optimize({ cleanupOlderThan: new Date(0) })
  return path.join(folder, 'notes.lance')
}

const answer = (page: Page, name: string) => page.getByRole('region', { name: `Answer of ${name}` })

test('one search stands beside itself on another version', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeNotes(folder))
  await tiltyard.view('Search').click()
  const search = page.getByRole('search', { name: 'Search rows' })
  await search.getByRole('combobox', { name: 'Vector from' }).selectOption('numbers')
  await search.getByRole('textbox', { name: 'Numbers of the vector' }).fill('[3, 1, 0, 0]')
  await search.getByRole('textbox', { name: 'Rows to find (k)' }).fill('4')
  await search.getByRole('button', { name: 'Compare with another version' }).click()
  await page.getByRole('option', { name: /^first/ }).click()
  // Row 3 was there once; the late one is nearest now.
  const [now, then] = [answer(page, 'v5'), answer(page, 'tag first')]
  await expect(then.getByRole('listitem')).toHaveCount(4)
  await expect(then.getByRole('listitem').first()).toContainText('note 3')
  await expect(then.getByRole('listitem').first()).toContainText('only here')
  await expect(then.getByText(/^v1 · 4 rows/)).toBeVisible()
  await expect(now.getByRole('listitem').first()).toContainText('note late')
  await expect(now.getByRole('listitem').first()).toContainText('only here')
  await expect(now.getByText('only here')).toHaveCount(1)
  // By the key, not by row ids, which compaction changed: three rows stand on both sides.
  await expect(
    page.getByRole('img', { name: 'v5 and tag first: 3 in both, 0 higher on the right, 0 lower' }),
  ).toBeVisible()
  await expect(page.getByRole('table', { name: 'Overlap at 4' }).getByRole('row', { name: /^v5/ })).toContainText('75%')

  // Any way can be asked on any state, and the one on screen is a click away.
  const card = page.getByRole('group', { name: 'Configuration tag first' })
  await card.getByRole('button', { name: 'State searched by tag first: tag first' }).click()
  await page.getByRole('combobox', { name: 'Search states' }).fill('2')
  await page.keyboard.press('Enter')
  await expect(card.getByRole('button', { name: 'State searched by tag first: v2' })).toBeVisible()
  const form = page.getByRole('form', { name: 'Question to compare' })
  await form.getByRole('button', { name: 'Compare' }).click()
  await expect(then.getByText(/^v2 · 4 rows/)).toBeVisible()
  await expect(then.getByText('only here')).toHaveCount(1)
  await card.getByRole('button', { name: 'Search the version on screen by tag first' }).click()
  await form.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText('only here')).toHaveCount(0)

  // A version that is not there fails alone.
  await card.getByRole('button', { name: /^State searched by tag first/ }).click()
  await page.getByRole('combobox', { name: 'Search states' }).fill('99')
  await page.keyboard.press('Enter')
  await form.getByRole('button', { name: 'Compare' }).click()
  await expect(then.getByRole('alert')).toContainText('99')
  await expect(now.getByRole('listitem')).toHaveCount(4)
})

test('a row to start from is the row on screen, whatever its id means elsewhere', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeNotes(folder))
  await expect(tiltyard.cell(3, 1)).toHaveText('note 4')
  await tiltyard.cell(3, 1).click()
  await tiltyard.view('Search').click()
  const search = page.getByRole('search', { name: 'Search rows' })
  await search.getByRole('button', { name: 'Compare with another version' }).click()
  await page.getByRole('option', { name: /^first/ }).click()
  for (const name of ['v5', 'tag first'])
    await expect(answer(page, name).getByRole('listitem').first()).toContainText('note 4')
})

test('answers that measure by different metrics are said to', async ({ tiltyard, page }) => {
  await tiltyard.cell(0, 1).click()
  await tiltyard.view('Search').click()
  const search = page.getByRole('search', { name: 'Search rows' })
  await search.getByRole('button', { name: 'Compare with another version' }).click()
  // The sample had no index then, whose metric a search takes.
  await page.getByRole('option', { name: /^first-edition/ }).click()
  await expect(answer(page, 'tag first-edition').getByRole('listitem')).toHaveCount(20)
  await expect(page.getByText('different metrics (cosine, l2)')).toBeVisible()
})
