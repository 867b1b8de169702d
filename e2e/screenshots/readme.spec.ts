import path from 'node:path'
import { ROOT } from '../app.ts'
import { dropFiles, ImportWindow } from '../browser/import-window.ts'
import { showPart } from '../browser/storage-view.ts'
import { expect, test, type TiltyardWindow } from '../browser/tiltyard.ts'

/* Makes the pictures of the README from the built app and its bundled sample: `npm run screenshots`. */

const FIELD_NOTES = `# Field notes

## The yard in winter

Snow lay on the lists until March. The rails were repainted, and the north gate was hung anew after the storm took it.
Two riders practised with blunted lances whenever the ground was hard enough to carry a horse.

## What was measured

| part | length | state |
| --- | --- | --- |
| rail | 72 m | sound |
| north gate | 3.1 m | new |

Each run was timed from the drop of the flag. The slowest took eleven seconds, the fastest just under seven.

## Open questions

Who keeps the key of the weapons shed, and why are there three lances more than the book says?
`

async function picture(tiltyard: TiltyardWindow, name: string): Promise<void> {
  // Off every control, so that nothing is lit by the pointer.
  await tiltyard.page.mouse.move(720, 880)
  await expect(tiltyard.page.getByRole('tooltip')).toHaveCount(0)
  await tiltyard.page.screenshot({ path: path.join(ROOT, 'docs/screenshots', `${name}.png`) })
}

for (const theme of ['dark', 'light'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme })

    test('sample, filter, inspector', async ({ tiltyard, page }) => {
      await tiltyard.cell(2, 2).click()
      await page.keyboard.press('Enter')
      await expect(tiltyard.inspector).toContainText('The yard in winter')
      await picture(tiltyard, `sample-${theme}`)
      await tiltyard.filter("topic = 'sky' AND published >= date '2020-01-01'")
      await expect(page.getByText(/matching rows of/).first()).toBeVisible()
      await picture(tiltyard, `filter-${theme}`)
    })

    test('rows with pictures in the inspector', async ({ tiltyard, page }) => {
      await tiltyard.filter('picture IS NOT NULL')
      await expect(page.getByText(/matching rows of/).first()).toBeVisible()
      await tiltyard.cell(0, 2).click()
      await page.keyboard.press('Enter')
      await expect(tiltyard.inspector.getByRole('img').first()).toBeVisible()
      await picture(tiltyard, `inspector-${theme}`)
    })

    test('versions, an old version, fragments', async ({ tiltyard, page }) => {
      await tiltyard.view('Versions').click()
      await expect(page.getByRole('gridcell', { name: 'v1', exact: true })).toBeVisible()
      await picture(tiltyard, `versions-${theme}`)
      await page.getByRole('gridcell', { name: 'v6', exact: true }).click()
      await tiltyard.view('Data').click()
      await expect(tiltyard.cell(0, 1)).toHaveText('0')
      await expect(page.getByRole('status', { name: 'Looking at an older version' })).toBeVisible()
      await picture(tiltyard, `old-version-${theme}`)
      await tiltyard.view('Fragments').click()
      await page.getByRole('listbox', { name: 'Fragment map' }).focus()
      await page.keyboard.press('Home')
      await expect(page.getByText(/^mini-block/).first()).toBeVisible()
      await picture(tiltyard, `fragments-${theme}`)
    })

    test('two versions compared, row by row', async ({ tiltyard, page }) => {
      await tiltyard.view('Versions').click()
      await tiltyard.version(4).click({ modifiers: ['ControlOrMeta'] })
      await tiltyard.version(15).click({ modifiers: ['ControlOrMeta'] })
      await page
        .getByRole('button', { name: /^Compare/ })
        .first()
        .click()
      const view = page.getByRole('region', { name: 'Comparison' })
      await view.getByRole('tab', { name: /^Rows/ }).click()
      await view.getByRole('radio', { name: 'Key: id', exact: true }).click()
      await view.getByRole('button', { name: 'Compare rows', exact: true }).click()
      await expect(view.getByRole('tab', { name: /^Changed/ })).toBeVisible()
      await view.getByRole('checkbox', { name: 'Only changed columns' }).click()
      await expect(view.getByRole('gridcell', { name: /^changed from/ }).first()).toBeVisible()
      await picture(tiltyard, `compare-${theme}`)
    })

    test('a hybrid search, and the indices', async ({ tiltyard, page }) => {
      await tiltyard.cell(2, 2).click()
      await tiltyard.view('Search').click()
      await page.getByRole('radio', { name: 'Hybrid' }).click()
      await page.getByRole('textbox', { name: 'Words to look for' }).fill('vector index')
      await page.getByRole('textbox', { name: 'Words to look for' }).press('Enter')
      await expect(page.getByRole('grid', { name: /^Rows found/ })).toBeVisible()
      await picture(tiltyard, `search-${theme}`)
      await tiltyard.view('Indices').click()
      await page.getByRole('row', { name: /text_fts/ }).click()
      await picture(tiltyard, `indices-${theme}`)
    })

    test('maintenance, and the doctor', async ({ tiltyard, page }) => {
      await tiltyard.view('Maintenance').click()
      await page
        .getByRole('radiogroup', { name: 'Operations' })
        .getByRole('radio', { name: /^Clean up/ })
        .click()
      const panel = page.getByRole('region', { name: 'Clean up old versions', exact: true })
      await panel.getByRole('radio', { name: 'By number' }).click()
      await panel.getByRole('textbox', { name: 'Newest versions kept' }).fill('5')
      await expect(panel.getByRole('region', { name: 'Forecast' })).toContainText('versions')
      await picture(tiltyard, `maintenance-${theme}`)
      await page.getByRole('tab', { name: 'Doctor' }).click()
      await page.getByRole('button', { name: 'Quick check' }).click()
      await expect(page.getByRole('status', { name: 'Result of the check' })).toBeVisible()
      await page.getByRole('button', { name: /checks passed$/ }).click()
      await picture(tiltyard, `doctor-${theme}`)
    })

    test('documents before they are imported', async ({ tiltyard, page, folder }) => {
      const dialog = new ImportWindow(page)
      await dropFiles(page, [
        { name: 'field notes.md', text: FIELD_NOTES },
        { name: 'tides.txt', text: 'The tide came twice a day, and nobody at the yard wrote it down.\n' },
        { name: 'gates.html', text: '<h1>Gates</h1><p>The south gate sticks in the rain.</p>' },
      ])
      await dialog.toNew(folder, 'notes')
      await dialog.dialog.getByRole('textbox', { name: 'Size of a chunk' }).fill('60')
      await dialog.dialog.getByRole('textbox', { name: 'Overlap of chunks' }).fill('10')
      await expect(dialog.dialog.getByRole('list', { name: /^Chunks of/ })).toContainText('north gate')
      await expect(dialog.estimate).toContainText('embedded on this machine')
      await picture(tiltyard, `import-${theme}`)
    })

    test('where the disk went', async ({ tiltyard, page }) => {
      await showPart(page, 'Where did my disk go')
      await expect(page.getByRole('table', { name: 'Classes of files' })).toBeVisible()
      await picture(tiltyard, `storage-${theme}`)
      await showPart(page, 'Versions and cleanup')
      await expect(page.getByText(/^Would free/).first()).toBeVisible()
      await picture(tiltyard, `cleanup-${theme}`)
    })
  })
}
