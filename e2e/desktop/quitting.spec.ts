/*
 * Quitting while a job runs, in the desktop stand-in: the person is asked, and what they say is done. Open streams are not asked
 * about, since nothing is lost: what they have buffered is committed first.
 */
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { lancedb, makeFolder } from '../browser/datasets.ts'
import { TiltyardWindow } from '../browser/tiltyard.ts'
import { buildStandIn, launchStandIn } from './launch.ts'

const dataFolder = makeFolder()

/** Vectors enough for a measurement of minutes. */
async function makeVectors(): Promise<string> {
  const rows = Array.from({ length: 20_000 }, (_, n) => ({
    id: n,
    vector: Array.from({ length: 32 }, (_unused, i) => Math.sin(n * (i + 1))),
  }))
  await (await lancedb.connect(dataFolder)).createTable('vectors', rows)
  return path.join(dataFolder, 'vectors.lance')
}

test('jobs that run are asked about before the window closes, and end with it', async () => {
  await buildStandIn()
  const app = await launchStandIn({ args: [await makeVectors()] })
  const { page } = app
  await new TiltyardWindow(page).view('Search').click()
  await page.getByRole('radio', { name: 'Recall laboratory' }).click()
  const form = page.getByRole('form', { name: 'Recall measurement' })
  await form.getByRole('textbox', { name: 'Queries', exact: true }).fill('10000')
  await form.getByRole('button', { name: 'Measure' }).click()
  await expect(page.getByRole('progressbar', { name: 'Measuring' })).toBeVisible()
  await expect.poll(async () => (await app.run('record')).enginePids.length).toBe(2)
  const [engine, job] = (await app.run('record')).enginePids

  await app.run('answerMessageBox', 'Keep running')
  await app.run('closeWindow')
  await expect.poll(async () => (await app.run('record')).questions).toEqual(['A job is still running.'])
  await expect(page.getByRole('progressbar', { name: 'Measuring' })).toBeVisible()

  await app.run('answerMessageBox', 'Cancel it and quit')
  expect(await app.close()).toBe(0)
  for (const pid of [engine, job]) expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH')
})

test('what streams have buffered is committed before the app has ended', async () => {
  await buildStandIn()
  const file = path.join(dataFolder, 'events.jsonl')
  fs.writeFileSync(file, '{"id":1}\n{"id":2}\n{"id":3}\n')
  const app = await launchStandIn()
  const window = new TiltyardWindow(app.page)
  await expect(window.cell(0, 1)).toHaveText('0')
  await window.command('Follow a file…')
  const dialog = app.page.getByRole('dialog', { name: 'Follow a file' })
  await dialog.getByRole('textbox', { name: 'Seconds until a commit' }).fill('3600')
  await dialog.getByRole('combobox', { name: 'File to follow' }).fill(file)
  await dialog.getByText('Follow a file', { exact: true }).click()
  await dialog.getByRole('combobox', { name: 'Folder of the new dataset' }).fill(dataFolder)
  await dialog.getByText('Follow a file', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Follow it' }).click()
  const stream = dialog.getByRole('listitem', { name: 'events.jsonl into events' })
  await expect(stream.getByLabel('Records', { exact: true })).toHaveText('total3buffered3persisted0refused0')

  expect(await app.close()).toBe(0)
  expect(await (await (await lancedb.connect(dataFolder)).openTable('events')).countRows()).toBe(3)
})
