import { makeDataset } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('columns are hidden, shown, moved, pinned, resized and fitted, and stay so after a reload', async ({
  tiltyard,
  folder,
  page,
}) => {
  await tiltyard.openPath(await makeDataset(folder, 'columns', 2000, 1))
  await tiltyard.hasRows(2000)
  const { grid } = tiltyard
  const titles = () =>
    grid
      .getByRole('columnheader')
      .evaluateAll((cells) =>
        cells
          .toSorted((a, b) => Number(a.getAttribute('aria-colindex')) - Number(b.getAttribute('aria-colindex')))
          .map((cell) => cell.getAttribute('data-column')),
      )
  const width = async (name: string) => (await tiltyard.header(name).boundingBox())?.width ?? 0
  expect(await titles()).toEqual(['id', 'label', 'amount', 'note'])

  await test.step('hidden from the header, shown from the list', async () => {
    await tiltyard.chooseInHeaderMenu('amount', 'Hide column')
    await expect.poll(titles).toEqual(['id', 'label', 'note'])
    await expect(grid).toHaveAttribute('aria-colcount', '3')
    await page.getByRole('button', { name: 'Columns: 3 of 4 shown' }).click()
    const list = page.getByRole('dialog', { name: 'Columns' })
    await list.getByRole('textbox', { name: 'Search columns' }).fill('amo')
    await list.getByRole('checkbox', { name: /amount/ }).check()
    await expect.poll(titles).toEqual(['id', 'label', 'amount', 'note'])
    await list.getByRole('textbox', { name: 'Search columns' }).fill('')
    await list.getByRole('button', { name: 'Move note up' }).click()
    await expect.poll(titles).toEqual(['id', 'label', 'note', 'amount'])
    await list.getByRole('button', { name: 'Pin label' }).click()
    await expect.poll(titles).toEqual(['label', 'id', 'note', 'amount'])
    await page.keyboard.press('Escape')
    await expect(list).toBeHidden()
  })

  await test.step('dragged to another place', async () => {
    await tiltyard.header('amount').getByRole('button').first().dragTo(tiltyard.header('id'))
    await expect.poll(titles).toEqual(['label', 'amount', 'id', 'note'])
  })

  await test.step('dragged wide, fitted by a double click', async () => {
    const handle = grid.getByRole('separator', { name: 'Width of column note' })
    const before = await width('note')
    const box = (await handle.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 - 100, box.y + 10, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => width('note')).toBeCloseTo(before - 100, 0)
    await handle.dblclick()
    await expect.poll(() => width('note')).toBeLessThan(before - 100)
    const id = (await grid.getByRole('separator', { name: 'Width of column id' }).boundingBox())!
    await page.mouse.move(id.x + id.width / 2, id.y + 10)
    await page.mouse.down()
    await page.mouse.move(id.x - 400, id.y + 10, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => width('id')).toBe(32)
  })

  const noteWidth = await width('note')
  await page.reload()
  await tiltyard.hasRows(2000)
  expect(await titles()).toEqual(['label', 'amount', 'id', 'note'])
  expect(await width('note')).toBe(noteWidth)
  expect(await width('id')).toBe(32)
  await expect(tiltyard.header('label')).toHaveAttribute('data-pinned', 'true')
  await expect(tiltyard.header('label')).toHaveAttribute('title', 'label · string · may be null')

  await test.step('a header tells its type and metadata; the list takes it all back', async () => {
    await tiltyard.chooseInHeaderMenu('label', 'Type and metadata…')
    const info = page.getByRole('dialog')
    await expect(info).toContainText('string')
    await expect(info).toContainText(/null/i)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Columns:/ }).click()
    await page.getByRole('dialog', { name: 'Columns' }).getByRole('button', { name: 'Reset' }).click()
    await expect.poll(titles).toEqual(['id', 'label', 'amount', 'note'])
  })
})
