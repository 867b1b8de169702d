import { makeDataset } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

const ROWS = 120_000

test('filters are written with help, checked while typing, counted, and kept', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'big', ROWS, 3))
  await tiltyard.hasRows(ROWS)
  const editor = page.getByRole('textbox', { name: 'Filter (SQL)' })
  const { result } = tiltyard

  await test.step('column and value are completed by keyboard', async () => {
    await page.keyboard.press('ControlOrMeta+f')
    await expect(editor).toBeFocused()
    await page.keyboard.type('lab')
    await expect(page.getByRole('option', { name: /^label/ })).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(editor).toHaveText('label')
    await page.keyboard.type(" = 'b")
    await expect(page.getByRole('option', { name: /'black'/ })).toBeVisible()
    await expect(page.getByRole('option', { name: /'blue'/ })).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(editor).toHaveText(/^label = 'bl(ue|ack)'$/)
    await page.keyboard.press('Enter')
    await tiltyard.hasRows(ROWS / 5)
    await expect(result).toContainText('24,000 matching rows of 120,000 (20%)')
  })

  await test.step('what is wrong is said while typing, in plain words', async () => {
    await tiltyard.typeFilter('lable = 3')
    await expect(result).toContainText('There is no column "lable". Did you mean "label"?')
    await tiltyard.hasRows(ROWS / 5)
    await tiltyard.typeFilter('amount > ')
    await expect(result).toContainText(/ends too early|incomplete|is missing|expected/i)
  })

  await test.step('run all the same, it leaves the rows where they are', async () => {
    await tiltyard.filter("label = 'red' AND nothing = 1")
    await expect(result.getByRole('alert')).toContainText('The filter did not run: There is no column "nothing"')
    await tiltyard.hasRows(ROWS / 5)
    await tiltyard.grid.focus()
    await page.keyboard.press('ControlOrMeta+End')
    await expect(tiltyard.activeCell).toHaveText(/note \d+/)
    // Quick filters build on the rows shown, not on the wrong text.
    await page.keyboard.press('ControlOrMeta+Home')
    const shown = await tiltyard.cell(0, 2).textContent()
    await tiltyard.chooseInCellMenu(0, 1, 'Greater than')
    await tiltyard.hasRows(ROWS / 5 - 1)
    await expect(editor).toHaveText(new RegExp(`^label = '${shown}' AND id > \\d+$`))
    await tiltyard.filter('nothing = 1')
    await result.getByRole('button', { name: /^Back to the 23,999 rows/ }).click()
    await expect(result).toContainText('23,999 matching rows')
    await expect(editor).toHaveText(/^label = /)
  })

  await test.step('no match says so and is cleared there; what ran before comes back from the history', async () => {
    await tiltyard.filter('id < 0')
    await expect(page.getByText('No rows match the filter')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Row not in this view' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear filter' }).last().click()
    await tiltyard.hasRows(ROWS)
    await expect(editor).not.toHaveText(/id/)
    await page.getByRole('button', { name: 'Recent filters' }).click()
    await expect(page.getByRole('menuitem', { name: /nothing/ })).toHaveCount(0)
    await page.getByRole('menuitem', { name: 'id < 0' }).click()
    await tiltyard.hasRows(0)
    await page.getByRole('search').getByRole('button', { name: 'Clear filter' }).click()
    await tiltyard.hasRows(ROWS)
  })

  await test.step('header and cell menus write the same SQL', async () => {
    await tiltyard.chooseInHeaderMenu('amount', 'Between…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill('10')
    await dialog.getByRole('textbox').last().fill('20')
    await page.keyboard.press('Enter')
    await tiltyard.hasRows(41)
    await expect(editor).toHaveText('amount BETWEEN 10 AND 20')
    await tiltyard.chooseInHeaderMenu('note', 'Is null')
    await tiltyard.hasRows(5)
    await tiltyard.chooseInCellMenu(0, 2, 'Exclude “red”')
    await tiltyard.hasRows(0)
    await page.getByRole('search').getByRole('button', { name: 'Clear filter' }).click()
    await tiltyard.hasRows(ROWS)
  })
})

test('sorting covers the whole dataset, takes more keys, and can be cancelled', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'big', ROWS, 3))
  await tiltyard.hasRows(ROWS)
  const { result } = tiltyard

  await tiltyard.header('label').getByRole('button').first().click()
  await expect(result).toContainText('sorted by label ↑')
  await expect(tiltyard.header('label')).toHaveAttribute('aria-sort', 'ascending')
  await expect(tiltyard.cell(0, 2)).toHaveText('black')
  await expect(tiltyard.inspector).toHaveAccessibleName('Row 0')
  await expect(tiltyard.field('label')).toContainText('black')
  await tiltyard
    .header('amount')
    .getByRole('button')
    .first()
    .click({ modifiers: ['Shift'] })
  await tiltyard
    .header('amount')
    .getByRole('button')
    .first()
    .click({ modifiers: ['Shift'] })
  await expect(result).toContainText('sorted by label ↑, amount ↓')
  await expect(tiltyard.cell(0, 1)).toHaveText('119999')
  await tiltyard.grid.focus()
  await page.keyboard.press('ControlOrMeta+End')
  await expect(tiltyard.cell(ROWS - 1, 1)).toHaveText('3')
  await tiltyard.header('id').getByRole('button').first().click()
  await tiltyard.header('id').getByRole('button').first().click()
  await expect(result).toContainText('sorted by id ↓')
  await expect(tiltyard.cell(0, 1)).toHaveText('119999')
  await result.getByRole('button', { name: 'Clear sort' }).click()
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  await expect(tiltyard.header('id')).toHaveAttribute('aria-sort', 'none')

  await test.step('a sort under way tells so and is cancelled, and the rows stay', async () => {
    const pid = await tiltyard.enginePid()
    await tiltyard.grid.focus()
    await page.keyboard.press('ControlOrMeta+End')
    await expect(tiltyard.activeCell).toHaveText(/119999/)
    // Held still, the engine sorts for as long as it takes to look.
    process.kill(pid, 'SIGSTOP')
    try {
      await tiltyard.header('note').getByRole('button').first().click()
      await expect(result.getByRole('progressbar', { name: 'Sorting' })).toBeVisible()
      await expect(result).toContainText(/Sorting: \d+ rows/)
      await result.getByRole('button', { name: 'Cancel' }).click()
      await expect(result).toContainText('120,000 rows')
      await expect(result).not.toContainText('sorted by')
      await expect(tiltyard.activeCell).toHaveText(/119999/)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await expect(tiltyard.header('note')).toHaveAttribute('aria-sort', 'none')
    await page.keyboard.press('ControlOrMeta+Home')
    await expect(tiltyard.cell(0, 1)).toHaveText('0')
  })
})
