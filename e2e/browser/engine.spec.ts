import { makeDataset } from './datasets.ts'
import { expect, test, type TiltyardWindow } from './tiltyard.ts'

const enginePid = (tiltyard: TiltyardWindow): Promise<number> =>
  tiltyard.page.evaluate(async () => {
    const { api } = (
      window as unknown as { tiltyard: { api: { call(name: string, input: object): Promise<{ enginePid: number }> } } }
    ).tiltyard
    return (await api.call('app.info', {})).enginePid
  })

test(
  'after a native abort the engine is back within a second, the window says so, and views go on',
  { tag: '@alone' },
  async ({ tiltyard, folder, page, problems }) => {
    await tiltyard.openPath(await makeDataset(folder, 'survivor', 5000, 2))
    await expect(tiltyard.cell(5, 1)).toHaveText('5')
    const before = await enginePid(tiltyard)
    process.kill(before, 'SIGABRT')
    const died = Date.now()
    await expect.poll(() => enginePid(tiltyard).catch(() => before), { intervals: [20] }).not.toBe(before)
    expect(Date.now() - died).toBeLessThan(1500)
    await expect(page.getByText(/engine was started again/i)).toBeVisible()
    await expect(page.getByText(/SIGABRT/)).toBeVisible()
    await tiltyard.grid.focus()
    await page.keyboard.press('ControlOrMeta+End')
    await expect(tiltyard.cell(4999, 1)).toHaveText('4999')
    await tiltyard.view('Versions').click()
    await expect(page.getByRole('gridcell', { name: 'v2', exact: true })).toBeVisible()
    problems.length = 0
  },
)

test('a reload keeps the session; the link itself works once', async ({ tiltyard, app, page, browser }) => {
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  expect(new URL(page.url()).hash).toBe('')
  await page.reload()
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  const stranger = await browser.newContext()
  const second = await stranger.newPage()
  await second.goto(app.url)
  await expect(second.getByRole('alert')).toContainText(/link/i)
  await stranger.close()
})

test('stopping the host says so in the window instead of spinning', async ({ tiltyard, app, page, problems }) => {
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  await app.stop()
  await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 20_000 })
  problems.length = 0
})
