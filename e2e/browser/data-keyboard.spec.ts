import { makeDataset } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('the data view is used from the keyboard alone, and tells assistive technology where it is', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeDataset(folder, 'keys', 5000, 2))
  await tiltyard.hasRows(5000)
  const { grid, activeCell } = tiltyard

  await test.step('the grid has true counts, indexes and names', async () => {
    await expect(grid).toHaveAccessibleName('Rows of keys')
    await expect(grid).toHaveAttribute('aria-colcount', '4')
    await expect(grid).toHaveAttribute('aria-readonly', 'true')
    await expect(grid.getByRole('row').first()).toHaveAttribute('aria-rowindex', '1')
    await expect(grid.getByRole('columnheader').nth(1)).toHaveAttribute('aria-colindex', '2')
    await expect(tiltyard.cell(0, 4)).toHaveAccessibleName('NULL')
    await expect(tiltyard.cell(1, 4)).toHaveAccessibleName('note 1')
  })

  await test.step('from the filter to the grid with Tab', async () => {
    await page.keyboard.press('ControlOrMeta+f')
    await page.keyboard.type('id < 1000')
    await page.keyboard.press('Enter')
    await tiltyard.hasRows(1000)
    for (let press = 0; press < 12; press++) {
      if (await grid.evaluate((element) => element === document.activeElement)) break
      await page.keyboard.press('Tab')
    }
    await expect(grid).toBeFocused()
  })

  await test.step('the active cell is pointed to while it moves', async () => {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await expect(activeCell).toHaveText('green')
    const id = await activeCell.getAttribute('id')
    await expect(grid).toHaveAttribute('aria-activedescendant', id ?? '')
    await expect(activeCell).toHaveAttribute('aria-selected', 'true')
    await expect(tiltyard.inspector).toHaveAccessibleName('Row 1')
  })

  await test.step('cell menu, header menu and dialog by key', async () => {
    await page.keyboard.press('Shift+F10')
    await expect(page.getByRole('menuitem', { name: 'Filter to “green”' })).toBeVisible()
    await page.keyboard.type('fil')
    await page.keyboard.press('Enter')
    await tiltyard.hasRows(200)
    await expect(grid).toBeFocused()
    await expect(activeCell).toHaveText('green')
    await page.keyboard.press('Alt+ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Sort descending' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(grid).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Alt+ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Sort descending' })).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Sort descending' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(tiltyard.header('id')).toHaveAttribute('aria-sort', 'descending')
    await expect(activeCell).toHaveText('996')
    await expect(grid).toBeFocused()
  })

  await test.step('rows and columns are selected and copied', async () => {
    await page.keyboard.press('Shift+Space')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('ControlOrMeta+c')
    await expect.poll(() => tiltyard.clipboard()).toBe('996\tgreen\t249\tnote 996\n991\tgreen\t247.75\tnote 991')
    await page.keyboard.press('Escape')
    await page.keyboard.press('ControlOrMeta+Space')
    await page.keyboard.press('ControlOrMeta+c')
    await expect(page.getByText('200 cells copied as TSV')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('ControlOrMeta+c')
    await expect(page.getByText('800 cells copied as TSV')).toBeVisible()
  })

  await test.step('clear everything from the palette', async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused()
    await page.keyboard.type('clear filter')
    await page.keyboard.press('Enter')
    await tiltyard.hasRows(5000)
    await expect(tiltyard.header('id')).toHaveAttribute('aria-sort', 'none')
  })
})
