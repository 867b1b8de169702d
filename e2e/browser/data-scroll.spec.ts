import type { Page } from '@playwright/test'
import { launchOptions } from '../app.ts'
import { makeDataset } from './datasets.ts'
import { writeTable, wideRows } from './data-datasets.ts'
import { expect, test } from './tiltyard.ts'

const ROWS = 120_000
/** Heights in px of a row and of the header above the first one. */
const ROW = 26
const HEADER = 40

// The scrollbar itself is dragged here.
test.use({ launchOptions: { ...launchOptions(), ignoreDefaultArgs: ['--hide-scrollbars'] } })

test('every row is reached: by wheel, keys, scrollbar and number', async ({ tiltyard, folder, page }) => {
  await tiltyard.openPath(await makeDataset(folder, 'big', ROWS, 3))
  await tiltyard.hasRows(ROWS)
  const { grid } = tiltyard
  const top = () => grid.evaluate((element) => element.scrollTop)

  await test.step('the wheel moves exactly as far as it was turned', async () => {
    await tiltyard.cell(5, 1).hover()
    for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(0, 260)
    await expect.poll(top).toBe(2600)
    await expect(tiltyard.cell(100, 1)).toHaveText('100')
    const box = await tiltyard.cell(100, 1).boundingBox()
    const gridBox = await grid.boundingBox()
    expect((box?.y ?? 0) - (gridBox?.y ?? 0)).toBeCloseTo(HEADER + 100 * ROW - 2600, 0)
  })

  await test.step('keys reach both ends and page through', async () => {
    await grid.focus()
    await page.keyboard.press('ControlOrMeta+End')
    await expect(tiltyard.cell(ROWS - 1, 4)).toHaveText(`note ${ROWS - 1}`)
    await expect(tiltyard.activeCell).toHaveText(`note ${ROWS - 1}`)
    await page.keyboard.press('ControlOrMeta+Home')
    await expect(tiltyard.activeCell).toHaveText('0')
    await page.keyboard.press('PageDown')
    await expect(tiltyard.activeCell).not.toHaveText('0')
    const pageRows = Number(await tiltyard.activeCell.textContent())
    expect(pageRows).toBeGreaterThan(10)
    await page.keyboard.press('PageDown')
    await expect(tiltyard.activeCell).toHaveText(String(2 * pageRows))
    await page.keyboard.press('PageUp')
    await page.keyboard.press('PageUp')
    await expect(tiltyard.activeCell).toHaveText('0')
    await page.keyboard.press('End')
    await expect(tiltyard.activeCell).toHaveAttribute('aria-colindex', '4')
    await page.keyboard.press('Home')
    await expect(tiltyard.activeCell).toHaveAttribute('aria-colindex', '1')
  })

  await test.step('dragging the scrollbar to the middle shows the middle', async () => {
    const box = (await grid.boundingBox())!
    const x = box.x + box.width - 5
    await page.mouse.move(x, box.y + 8)
    await page.mouse.down()
    await page.mouse.move(x, box.y + box.height / 2, { steps: 8 })
    await page.mouse.up()
    const first = await firstRow(page)
    expect(first).toBeGreaterThan(ROWS * 0.4)
    expect(first).toBeLessThan(ROWS * 0.6)
    await expect(tiltyard.cell(first, 1)).toHaveText(String(first))
  })

  await test.step('a row is found by its number, and no row by a bad one', async () => {
    await page.keyboard.press('ControlOrMeta+g')
    const jump = page.getByRole('textbox', { name: 'Go to row' })
    await expect(jump).toBeFocused()
    await page.keyboard.type('99,999')
    await page.keyboard.press('Enter')
    await expect(tiltyard.activeCell).toHaveText('99999')
    await expect(grid).toBeFocused()
    await expect(tiltyard.inspector).toHaveAccessibleName('Row 99,999')
    for (const [text, row] of [
      ['50%', '60000'],
      ['-1', '119999'],
      ['1.2k', '1200'],
    ] as const) {
      await jump.fill(text)
      await jump.press('Enter')
      await expect(tiltyard.activeCell).toHaveText(row)
    }
    for (const [text, reason] of [
      ['120000', 'Rows go from 0 to 119,999.'],
      ['seven', 'Type a row number'],
    ] as const) {
      await jump.fill(text)
      await expect(jump).toHaveAttribute('aria-invalid', 'true')
      await jump.press('Enter')
      await expect(page.getByText(reason)).toBeVisible()
      await expect(tiltyard.cell(1200, 1)).toHaveText('1200')
    }
  })

  await test.step('another view and back leaves the place as it was', async () => {
    await grid.focus()
    await page.keyboard.press('ControlOrMeta+Home')
    await tiltyard.cell(5, 1).hover()
    await page.mouse.wheel(0, 40_000 * ROW)
    await expect.poll(() => firstRow(page)).toBe(40_000)
    await tiltyard.view('Versions').click()
    await expect(grid).toBeHidden()
    await tiltyard.view('Data').click()
    await expect(tiltyard.cell(40_000, 1)).toHaveText('40000')
  })
})

test(
  'fifty columns at once scroll smoothly, and scrolling renders nothing in React',
  { tag: '@alone' },
  async ({ tiltyard, folder, page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 })
    const location = await writeTable(folder, 'fifty', wideRows(50, 100_000))
    await tiltyard.openPath(location)
    await tiltyard.hasRows(100_000)
    await narrowColumns(page, location)
    await page.reload()
    await tiltyard.hasRows(100_000)
    for (const shortcut of ['b', 'j', 'i']) await page.keyboard.press(`ControlOrMeta+${shortcut}`)
    await expect(tiltyard.cell(0, 50)).toHaveText('49')

    await tiltyard.cell(3, 3).hover()
    await watch(page)
    for (let turn = 0; turn < 90; turn++) await page.mouse.wheel(0, turn % 30 === 29 ? 60_000 : 180)
    const seen = await seenWhileScrolling(page)
    expect(seen.scrolled).toBeGreaterThan(120_000)
    expect(seen.changedElements, 'elements React would have changed').toEqual([])
    expect(seen.longestTaskMs).toBeLessThan(150)
    const row = await firstRow(page)
    await expect(tiltyard.cell(row + 1, 50)).toHaveText(String((row + 1) * 50 + 49))
  },
)

/** First row told to assistive technology, once the mirror tells of the place scrolled to. */
function firstRow(page: Page): Promise<number> {
  return page
    .waitForFunction(() => {
      const grid = document.querySelector('[role=grid]')
      const rows = grid?.querySelector('[role=rowgroup]')
      if (!(rows instanceof HTMLElement) || rows.style.visibility === 'hidden') return null
      const first = rows.querySelector('[role=row]:not([hidden])')
      return { row: Number(first?.getAttribute('aria-rowindex')) - 2 }
    })
    .then((handle) => handle.jsonValue())
    .then((found) => found?.row ?? -1)
}

/** Saves widths as if every column had been dragged narrow. */
async function narrowColumns(page: Page, place: string): Promise<void> {
  await page.evaluate(async (location) => {
    const { api } = (
      window as unknown as { tiltyard: { api: { call(name: string, input: object): Promise<{ dataset: string }> } } }
    ).tiltyard
    const { dataset } = await api.call('datasets.open', { location })
    const order = Array.from({ length: 50 }, (_, index) => `c${index}`)
    const widths = Object.fromEntries(order.map((name) => [name, 34]))
    await api.call('settings.set', { key: `columns:${dataset}`, value: { order, hidden: [], pinned: [], widths } })
  }, place)
}

interface Seen {
  readonly scrolled: number
  readonly longestTaskMs: number
  readonly changedElements: readonly string[]
}

/** Notes long tasks, and changes in the page outside the grid's canvas and mirror, which React has no part in. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const grid = document.querySelector('[role=grid]')!
    const mirror = grid.querySelector('[role=rowgroup]')!
    const seen = { longestTaskMs: 0, changedElements: [] as string[] }
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longestTaskMs = Math.max(seen.longestTaskMs, duration)
    }).observe({ type: 'longtask' })
    new MutationObserver((changes) => {
      for (const { target, type, attributeName } of changes) {
        const isOurs = mirror.contains(target) || (target === grid && attributeName === 'aria-activedescendant')
        // The header moves by one style property.
        if (!isOurs && attributeName !== 'style') seen.changedElements.push(`${type} ${(target as Element).className}`)
      }
    }).observe(document.querySelector('main') ?? document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
    Object.assign(window, { seen })
  })
}

function seenWhileScrolling(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const { seen } = window as unknown as { seen: Omit<Seen, 'scrolled'> }
    return { ...seen, scrolled: document.querySelector('[role=grid]')?.scrollTop ?? 0 }
  })
}
