/* Pictures become rows with facts, a thumbnail and their bytes. */
import path from 'node:path'
import { ROOT } from '../app.ts'
import { ImportWindow } from './import-window.ts'
import { expect, test } from './tiltyard.ts'

test('pictures are looked at, imported and seen in the inspector', async ({ tiltyard, page, folder }) => {
  const dialog = new ImportWindow(page)
  const pictures = ['sample-dark', 'doctor-light'].map((name) => path.join(ROOT, 'docs/screenshots', `${name}.png`))
  await dialog.openPaths(...pictures)
  await dialog.toNew(folder, 'pictures')
  await expect(dialog.dialog.getByText('width 1440')).toHaveCount(2)
  await expect(dialog.dialog.locator('img').first()).toBeVisible()
  await dialog.run()
  await dialog.done()
  await dialog.dialog.getByRole('button', { name: 'Open dataset' }).click()
  await tiltyard.hasRows(2)
  await tiltyard.cell(0, 2).click()
  await page.keyboard.press('Enter')
  await expect(tiltyard.field('width')).toContainText('1440')
  await expect(tiltyard.inspector.getByRole('img').first()).toBeVisible()
})
