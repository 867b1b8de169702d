/* Importing in the desktop stand-in: files are named by their path, and their bytes stay where they are. */
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { makeFolder } from '../browser/datasets.ts'
import { ImportWindow } from '../browser/import-window.ts'
import { buildStandIn, launchStandIn, newDataDir, type StandInApp } from './launch.ts'

const dataFolder = makeFolder()
const dataDir = newDataDir()
let app: StandInApp

test.beforeAll(async () => {
  await buildStandIn()
  app = await launchStandIn({ dataDir })
  await expect(app.page.getByRole('grid').first()).toBeVisible()
})
test.afterAll(() => app.close())

/** Drops files on the window; those the stand-in knows a path of are named by it. */
async function drop(...files: readonly (readonly [name: string, bytes: string])[]): Promise<void> {
  await app.page.evaluate((dropped) => {
    const place = document.querySelector('[role="grid"]')!
    const dataTransfer = new DataTransfer()
    for (const [name, bytes] of dropped) dataTransfer.items.add(new File([bytes], name))
    const options = { dataTransfer, bubbles: true, cancelable: true }
    for (const type of ['dragenter', 'dragover', 'drop']) place.dispatchEvent(new DragEvent(type, options))
  }, files)
}

test('a file dropped on the window is imported by its path, without a copy', async () => {
  const file = path.join(dataFolder, 'by-path.csv')
  writeFileSync(file, 'a,b\n1,x\n2,y\n')
  await app.run('setFilePath', 'by-path.csv', file)
  await drop(['by-path.csv', ''])
  const dialog = new ImportWindow(app.page)
  await dialog.toNew(dataFolder, 'by-path')
  await dialog.run()
  await dialog.done()
  await dialog.dialog.getByRole('button', { name: 'Open dataset' }).click()
  await expect(app.page.getByRole('grid', { name: 'Rows of by-path' })).toHaveAttribute('aria-rowcount', '3')
  expect(existsSync(path.join(dataDir, 'uploads'))).toBe(false)
})

test('a dropped thing without a path is taken by its bytes', async () => {
  await drop(['from-a-web-page.txt', 'some words'])
  const dialog = app.page.getByRole('dialog', { name: 'Import' })
  await expect(dialog.getByRole('checkbox', { name: 'Take from-a-web-page.txt' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Start over' }).click()
  await app.page.keyboard.press('Escape')
})
