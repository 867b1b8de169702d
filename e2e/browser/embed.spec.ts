import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { lancedb } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

const TEXTS = ['running shoes for wet roads', 'a lazy dog sleeps', 'bread baked in a brown oven', 'stars over the sea']

/** Texts and nothing else to search by; `vector` of three numbers of an unknown make where it is wanted. */
async function makeNotes(folder: string, withVectors = false): Promise<string> {
  const rows = [...TEXTS, ''].map((text, id) => ({ id, text, ...(withVectors ? { vector: [id, 1, 2] } : {}) }))
  await (await lancedb.connect(folder)).createTable('notes', rows)
  return path.join(folder, 'notes.lance')
}

/** An OpenAI-compatible server: [letters, 1, 2, 3], after so long. */
async function serve(delayMs = 0): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const { input } = JSON.parse(body) as { input: string[] }
      const data = input.map((one, index) => ({ index, embedding: [one.length, 1, 2, 3] }))
      response.writeHead(200, { 'content-type': 'application/json' })
      setTimeout(() => response.end(JSON.stringify({ data })), delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` }
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Embed a column' })
const migration = (page: Page) => page.getByRole('dialog', { name: 'Migrate “vector” to another embedder' })
const found = (page: Page) => page.getByRole('grid', { name: 'Rows found in notes' })
const firstRow = (page: Page) => found(page).locator('[aria-rowindex="2"]')

async function addEndpoint(page: Page, url: string, title: string): Promise<void> {
  await page.evaluate(
    async (input) => {
      const { api } = (
        window as unknown as { tiltyard: { api: { call(name: string, input: object): Promise<unknown> } } }
      ).tiltyard
      await api.call('embedders.save', input)
    },
    { id: 'letters', title, url, model: 'letters' },
  )
}

test('a text column is embedded, searched and taken back', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeNotes(folder))
  await tiltyard.view('Search').click()
  await page.getByRole('button', { name: 'Embed a text column…' }).click()
  await expect(dialog(page).getByRole('textbox', { name: 'Vector column' })).toHaveValue('vector')
  const facts = dialog(page).getByRole('table', { name: 'What it would do' })
  await expect(facts).toContainText('4 of 5 rows')
  await expect(facts).toContainText('384')
  await expect(dialog(page).getByRole('note')).toContainText('Nothing leaves this machine')

  // A name that cannot be is said to before anything is done.
  await dialog(page).getByRole('textbox', { name: 'Vector column' }).fill('id')
  await expect(dialog(page).getByRole('alert')).toContainText('“id”'.replaceAll(/[“”]/g, '"'))
  await expect(dialog(page).getByRole('button', { name: 'Embed', exact: true })).toBeDisabled()
  await dialog(page).getByRole('textbox', { name: 'Vector column' }).fill('meaning')
  await dialog(page).getByRole('button', { name: 'Embed', exact: true }).click()
  await expect(dialog(page).getByRole('status')).toContainText(/4 rows embedded in .* · 1 without text/, {
    timeout: 30_000,
  })
  await dialog(page).getByRole('button', { name: 'Search it' }).click()
  await page.getByRole('textbox', { name: 'Text to make a vector of' }).fill('shoes to run in')
  await page.getByRole('textbox', { name: 'Text to make a vector of' }).press('Enter')
  await expect(firstRow(page)).toContainText('running shoes')

  await tiltyard.view('Data').click()
  await expect(tiltyard.header('meaning')).toBeVisible()
  await expect(tiltyard.header('_tiltyard_row')).toHaveCount(0)
  await tiltyard.chooseInHeaderMenu('text', 'Embed this column…')
  await dialog(page).getByRole('textbox', { name: 'Vector column' }).fill('meaning')
  await expect(dialog(page).getByRole('table')).toContainText('4, which stay')
  await expect(dialog(page).getByRole('button', { name: 'Embed', exact: true })).toBeDisabled()
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()

  await tiltyard.view('Activity').click()
  await page.getByRole('button', { name: /^Undo/ }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: /^Undo/ }).click()
  await tiltyard.view('Data').click()
  await expect(tiltyard.header('meaning')).toHaveCount(0)
  await tiltyard.hasRows(5)
})

test('a vector column is migrated to another embedder, compared, swapped and rolled back', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeNotes(folder, true))
  await tiltyard.chooseInHeaderMenu('vector', 'Migrate to another embedder…')
  await expect(migration(page)).toContainText('Nothing says what made its vectors.')
  const fill = migration(page).getByRole('group', { name: 'Fill a shadow column' })
  const swap = migration(page).getByRole('group', { name: 'Swap' })
  await expect(swap.getByRole('button', { name: 'Swap' })).toBeDisabled()
  await fill.getByRole('button', { name: 'Fill the shadow column' }).click()
  await expect(fill.getByRole('status')).toContainText('4 rows embedded', { timeout: 30_000 })

  await migration(page).getByRole('button', { name: 'Compare searches' }).click()
  for (const name of ['vector', 'vector_new']) {
    const answer = page.getByRole('region', { name: `Answer of ${name}`, exact: true })
    await expect(answer.getByRole('listitem').first()).toBeVisible()
    await expect(answer.getByRole('alert')).toHaveCount(0)
  }

  await tiltyard.view('Data').click()
  await tiltyard.chooseInHeaderMenu('vector', 'Migrate to another embedder…')
  await expect(swap.getByRole('textbox', { name: 'Keep the old as' })).toHaveValue('vector_old')
  await swap.getByRole('textbox', { name: 'Keep the old as' }).fill('text')
  await swap.getByRole('button', { name: 'Swap' }).click()
  await expect(swap.getByRole('alert')).toContainText('There is a column "text" already.')
  await swap.getByRole('textbox', { name: 'Keep the old as' }).fill('vector_old')
  await swap.getByRole('button', { name: 'Swap' }).click()
  const ended = page.getByRole('dialog', { name: '“vector” was migrated' })
  await expect(ended.getByRole('status')).toContainText('“vector_old” the old ones')
  await ended.getByRole('button', { name: 'Undo…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^Undo/ }).click()
  await expect(tiltyard.header('vector_new')).toBeVisible()
  await expect(tiltyard.header('vector_old')).toHaveCount(0)

  await tiltyard.chooseInHeaderMenu('vector', 'Migrate to another embedder…')
  await migration(page).getByRole('button', { name: 'Discard the shadow column' }).click()
  await expect(fill.getByRole('button', { name: 'Fill the shadow column' })).toBeVisible()
  await migration(page).getByRole('button', { name: 'Close' }).last().click()
  await expect(tiltyard.header('vector_new')).toHaveCount(0)
})

test('an embedding that was cancelled is gone on with', async ({ tiltyard, folder, page }) => {
  const { server, url } = await serve(2500)
  try {
    await tiltyard.openPath(await makeNotes(folder))
    await addEndpoint(page, url, 'Letters')
    await tiltyard.chooseInHeaderMenu('text', 'Embed this column…')
    await dialog(page).getByRole('combobox', { name: 'Embedder' }).selectOption('letters')
    await expect(dialog(page)).toContainText('asked when it starts')
    await dialog(page).getByRole('button', { name: 'Embed', exact: true }).click()
    const job = dialog(page).getByRole('group', { name: 'Embed text into vector' })
    await job.getByRole('button', { name: 'Cancel…' }).click({ timeout: 15_000 })
    await job.getByRole('button', { name: 'Cancel job' }).click()
    await expect(dialog(page).getByRole('status')).toContainText('It was cancelled')
    await dialog(page).getByRole('button', { name: 'Go on' }).click()
    await expect(dialog(page).getByRole('status')).toContainText('4 rows embedded', { timeout: 30_000 })
    await dialog(page).getByRole('button', { name: 'Close' }).last().click()
    await expect(tiltyard.header('vector')).toBeVisible()
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
