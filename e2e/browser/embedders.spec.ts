import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { arrow, lancedb } from './datasets.ts'
import { expect, test, type TiltyardWindow } from './tiltyard.ts'

const TEXTS = ['running shoes for wet roads', 'a lazy dog sleeps', 'bread baked in a brown oven', 'stars over the sea']

/** Vectors of texts as the built-in embedder makes them, asked of the app itself. */
async function embed(page: Page, texts: readonly string[]): Promise<readonly (readonly number[])[]> {
  return page.evaluate(async (asked) => {
    const { api } = (
      window as unknown as {
        tiltyard: { api: { call(name: string, input: object): Promise<{ vectors: number[][] }> } }
      }
    ).tiltyard
    return (await api.call('embedders.embed', { embedder: 'built-in', texts: asked })).vectors
  }, texts)
}

/** Four texts with the vectors of the built-in embedder, and three numbers of another model. */
async function makeNotes(tiltyard: TiltyardWindow, folder: string): Promise<void> {
  const vectors = await embed(tiltyard.page, TEXTS)
  const list = (length: number) => new arrow.FixedSizeList(length, new arrow.Field('item', new arrow.Float32(), true))
  const schema = new arrow.Schema([
    new arrow.Field('text', new arrow.Utf8(), true),
    new arrow.Field('vector', list(384), true),
    new arrow.Field('other', list(3), true),
  ])
  const rows = TEXTS.map((text, index) => ({ text, vector: vectors[index], other: [index, 1, text.length] }))
  const table = await (await lancedb.connect(folder)).createTable('notes', lancedb.makeArrowTable(rows, { schema }))
  await table.createIndex('text', { config: lancedb.Index.fts() })
  await tiltyard.openPath(path.join(folder, 'notes.lance'))
  await tiltyard.view('Search').click()
  await tiltyard.page.getByRole('combobox', { name: 'Vector from' }).selectOption('text')
}

const found = (page: Page) => page.getByRole('grid', { name: 'Rows found in notes' })
const answered = (page: Page) => page.getByRole('status').filter({ hasText: /rows? in / })
const firstRow = (page: Page) => found(page).locator('[aria-rowindex="2"]')
const text = (page: Page) => page.getByRole('textbox', { name: 'Text to make a vector of' })
const column = (page: Page) => page.getByRole('combobox', { name: 'Vector column' })
const note = (page: Page) => page.getByRole('search', { name: 'Search rows' }).getByRole('note')

/** An OpenAI-compatible server: [0, 1, length of the text]. */
async function serve(): Promise<{ readonly server: Server; readonly url: string; readonly asked: unknown[] }> {
  const asked: unknown[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const { model, input } = JSON.parse(body) as { model: string; input: string[] }
      asked.push(input)
      response.writeHead(model === 'tiny' ? 200 : 404, { 'content-type': 'application/json' })
      const data = input.map((one, index) => ({ index, embedding: [0, 1, one.length] }))
      response.end(JSON.stringify(model === 'tiny' ? { data } : { error: { message: `model "${model}" not found` } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` }
}

test('a text finds rows, alone and with its words, and the column remembers by whom', async ({
  tiltyard,
  folder,
  page,
}) => {
  await makeNotes(tiltyard, folder)
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText('Type the text to make a vector of.')
  await column(page).selectOption('vector')
  await expect(note(page)).toHaveText('Nothing says which embedder made “vector”.')
  await text(page).fill('shoes to run in')
  await text(page).press('Enter')
  await expect(found(page)).toHaveAttribute('aria-rowcount', '5')
  await expect(firstRow(page)).toContainText('running shoes')
  await expect(answered(page)).toContainText('text to vector by Built-in, by shared words')

  await page.getByRole('button', { name: /^Remember “Built-in/ }).click()
  await expect(note(page)).toHaveText('“vector” was made with it.')
  await expect(answered(page)).toContainText('version 3')
  await column(page).selectOption('other')
  await expect(note(page)).toContainText('makes 384 numbers of a text, and a vector of “other” has 3')
  // Without a choice the column that remembers an embedder is the one searched.
  await column(page).selectOption('')
  await expect(note(page)).toHaveText('“vector” was made with it.')

  await page.getByRole('radio', { name: 'Hybrid' }).click()
  const words = page.getByRole('textbox', { name: 'Words to look for' })
  await expect(words).toHaveValue('shoes to run in')
  await words.fill('brown bread')
  await words.press('Enter')
  await expect(firstRow(page)).toContainText('bread baked')
  await expect(found(page).getByRole('columnheader', { name: /^by text/ })).toBeVisible()

  await page.getByRole('button', { name: 'Copy this search as code' }).click()
  await page.getByRole('menuitem', { name: 'Copy as Python' }).click()
  expect(await tiltyard.clipboard()).toContain(
    '# The vector of "brown bread", made by "lexical-hash-384-v1" in Tiltyard.',
  )
  await page.getByRole('button', { name: 'Recent searches' }).click()
  await expect(page.getByRole('menuitem', { name: 'like and with “brown bread”' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'like “shoes to run in”' }).click()
  await expect(text(page)).toHaveValue('shoes to run in')
  await expect(firstRow(page)).toContainText('running shoes')

  // Nothing is recorded in an older version, nor can be.
  await tiltyard.view('Versions').click()
  await tiltyard.version(1).click()
  await tiltyard.view('Search').click()
  await expect(note(page)).toHaveText('Nothing says which embedder made “vector”.')
  await expect(page.getByRole('button', { name: /^Remember “Built-in/ })).toBeDisabled()
})

test('an endpoint is added, tried, used and removed; what does not fit is pointed out', async ({
  tiltyard,
  folder,
  page,
}) => {
  const { server, url, asked } = await serve()
  try {
    await makeNotes(tiltyard, folder)
    await column(page).selectOption('vector')
    await page.getByRole('button', { name: 'Embedders…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Embedders' })
    await dialog.getByRole('button', { name: 'Add an endpoint…' }).click()
    await dialog.getByRole('button', { name: 'OpenAI' }).click()
    await expect(dialog.getByRole('note')).toContainText('leaves this machine')
    await dialog.getByRole('button', { name: 'Ollama' }).click()
    await expect(dialog.getByRole('note')).toBeHidden()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Mine')
    await dialog.getByRole('textbox', { name: 'Address' }).fill(url)
    await dialog.getByRole('textbox', { name: 'Model' }).fill('gone')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    const line = dialog.getByRole('listitem', { name: 'Mine' })
    await expect(line).toContainText('length not known yet')
    await dialog.getByRole('button', { name: 'Test Mine' }).click()
    await expect(line.getByRole('alert')).toContainText('does not know the model "gone"')
    await dialog.getByRole('button', { name: 'Change Mine' }).click()
    await expect(dialog.getByRole('textbox', { name: 'Address' })).toHaveValue(url)
    await dialog.getByRole('textbox', { name: 'Model' }).fill('tiny')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByRole('button', { name: 'Test Mine' }).click()
    await expect(line.getByRole('status')).toContainText('It works: 3 numbers in')
    await dialog.getByRole('button', { name: 'Done' }).click()

    await expect(page.getByRole('combobox', { name: 'Embedder' })).toHaveValue('mine')
    await expect(note(page)).toContainText('“Mine” makes 3 numbers of a text, and a vector of “vector” has 384')
    await column(page).selectOption('other')
    await text(page).fill('eighteen letters..')
    await text(page).press('Enter')
    // [0, 1, 18] to [1, 1, 17]: squared, as l2 distance is here.
    await expect(firstRow(page)).toContainText('2.00000a lazy dog sleeps')
    expect(asked.at(-1)).toEqual(['eighteen letters..'])
    await page.getByRole('button', { name: /^Remember “Mine”/ }).click()
    await expect(note(page)).toHaveText('“other” was made with it.')
    await page.getByRole('combobox', { name: 'Embedder' }).selectOption('built-in')
    await expect(note(page)).toContainText('“other” was made by tiny of openai-compatible.')

    await page.getByRole('button', { name: 'Embedders…' }).click()
    await dialog.getByRole('button', { name: 'Remove Mine' }).click()
    await expect(line).toBeHidden()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(note(page)).toContainText('which is not set up here')
  } finally {
    server.close()
  }
})
