/* Pausing, going on, cancelling; an import as a file and a command. */
import fs from 'node:fs'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { ROOT } from '../app.ts'
import { addEmbedder, dropFiles, ImportWindow, serveSlowly, type SlowEmbedder } from './import-window.ts'
import { expect, test, type TiltyardWindow } from './tiltyard.ts'

const LINES = 3000
const csv = `id,text\n${Array.from({ length: LINES }, (_one, n) => `${n},line number ${n} of many`).join('\n')}\n`

/** An import that stands still once the embedder keeps its answers back. */
async function startSlowly(
  tiltyard: TiltyardWindow,
  dialog: ImportWindow,
  folder: string,
  embedder: SlowEmbedder,
): Promise<void> {
  await addEmbedder(tiltyard.page, 'slow', embedder.url)
  fs.writeFileSync(path.join(folder, 'lines.csv'), csv)
  await dialog.openPaths(path.join(folder, 'lines.csv'))
  await dialog.toNew(folder, 'lines')
  await dialog.dialog.getByRole('checkbox', { name: 'Make vectors of a text column' }).check()
  await dialog.dialog.getByRole('combobox', { name: 'Embedder' }).selectOption('slow')
  await dialog.dialog.getByRole('combobox', { name: 'Text column' }).selectOption('text', { timeout: 60_000 })
  await dialog.run()
  await expect(dialog.dialog.getByRole('region', { name: 'Progress' })).toBeVisible()
}

test('an import is paused, listed, and goes on to its end', async ({ tiltyard, page, folder }) => {
  const dialog = new ImportWindow(page)
  const embedder = await serveSlowly(3)
  try {
    await startSlowly(tiltyard, dialog, folder, embedder)
    await expect.poll(() => embedder.asked, { timeout: 20_000 }).toBeGreaterThan(3)
    await dialog.dialog.getByRole('button', { name: 'Pause' }).click()
    await expect(dialog.result.getByRole('status')).toHaveText('Paused', { timeout: 20_000 })
    embedder.release()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+i')
    const list = dialog.dialog.getByRole('list', { name: 'Earlier imports' })
    await expect(list).toContainText('Paused')
    await list.getByRole('button', { name: 'Resume' }).click()
    await dialog.done()
    await dialog.dialog.getByRole('button', { name: 'Open dataset' }).click()
    await tiltyard.hasRows(LINES)
  } finally {
    await embedder.stop()
  }
})

test('an import is cancelled; the window says what stayed', async ({ tiltyard, page, folder }) => {
  const dialog = new ImportWindow(page)
  const embedder = await serveSlowly(1)
  try {
    await startSlowly(tiltyard, dialog, folder, embedder)
    await expect.poll(() => embedder.asked, { timeout: 20_000 }).toBeGreaterThan(1)
    await dialog.dialog.getByRole('button', { name: 'Cancel…' }).click()
    await dialog.dialog.getByRole('button', { name: 'Cancel import' }).click()
    await expect(dialog.result.getByRole('status')).toHaveText('Cancelled', { timeout: 20_000 })
    await dialog.dialog.getByRole('button', { name: 'Back to the review' }).click()
    await expect(dialog.dialog.getByRole('textbox', { name: 'Name of the new dataset' })).toHaveValue('lines')
  } finally {
    embedder.release()
    await embedder.stop()
  }
})

test('an import is a command that does the same', async ({ tiltyard, app, page, folder }) => {
  const dialog = new ImportWindow(page)
  fs.writeFileSync(path.join(folder, 'few.csv'), 'a,b\n1,x\n2,y\n')
  await dialog.openPaths(path.join(folder, 'few.csv'))
  await dialog.toNew(folder, 'few')
  await expect(dialog.start).toBeEnabled()
  await dialog.dialog.getByRole('button', { name: 'Spec' }).click()
  await page.getByRole('menuitem', { name: /^Copy as command/ }).click()
  await expect(page.getByText('Command copied')).toBeVisible()
  const command = await tiltyard.clipboard()
  expect(command).toMatch(/^npm run call -- import\.run - <<'END'\n/)
  const env = { ...process.env, TILTYARD_DATA_DIR: `${app.dataDir}-call` }
  try {
    execFileSync('sh', ['-c', command], { cwd: ROOT, env, stdio: 'pipe' })
  } finally {
    fs.rmSync(`${app.dataDir}-call`, { recursive: true, force: true })
  }
  await page.keyboard.press('Escape')
  await tiltyard.openPath(path.join(folder, 'few.lance'))
  await tiltyard.hasRows(2)
})

test('an upload is sent in parts and can be left', async ({ tiltyard: _, app, page }) => {
  const dialog = new ImportWindow(page)
  await dropFiles(page, [{ name: 'big.txt', text: 'words and more words. '.repeat(100_000) }])
  await expect(dialog.dialog.getByRole('status', { name: 'Sources taken' })).toContainText('1 of 1 file')
  const uploads = path.join(app.dataDir, 'uploads')
  const [upload] = fs.readdirSync(uploads)
  expect(fs.statSync(path.join(uploads, upload!, 'files', 'big.txt')).size).toBe(2_200_000)
  await dialog.dialog.getByRole('button', { name: 'Start over' }).click()
  await expect.poll(() => fs.readdirSync(uploads)).toEqual([])
})
