import { makeDataset } from './datasets.ts'
import { expect, test } from './tiltyard.ts'

test('pages under way when the engine dies are asked for again by hand; everything else goes on', async ({
  tiltyard,
  folder,
  page,
  problems,
}) => {
  await tiltyard.openPath(await makeDataset(folder, 'survivor', 50_000, 2))
  await tiltyard.filter('id >= 0')
  await tiltyard.hasRows(50_000)
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  await tiltyard.grid.focus()
  const pid = await tiltyard.enginePid()

  // Held still, the engine answers nothing: what is asked now is under way when it dies.
  process.kill(pid, 'SIGSTOP')
  await page.keyboard.press('ControlOrMeta+End')
  await expect(tiltyard.activeCell).toHaveAttribute('aria-busy', 'true')
  await expect(tiltyard.activeCell).toHaveAccessibleName('loading')
  process.kill(pid, 'SIGKILL')
  await expect(tiltyard.activeCell).toHaveAttribute('data-kind', 'error')
  await expect(tiltyard.activeCell).toHaveAccessibleName(/Could not be read: .* try again\.$/)
  await expect.poll(() => tiltyard.enginePid().catch(() => pid)).not.toBe(pid)

  // It stays an error: the engine may have died of just this.
  await page.keyboard.press('PageUp')
  await page.keyboard.press('PageDown')
  await expect(tiltyard.activeCell).toHaveAttribute('data-kind', 'error')
  await page.keyboard.press('Enter')
  await expect(tiltyard.activeCell).toHaveText('note 49999')
  await expect(tiltyard.inspector).toHaveAccessibleName('Row 49,999')

  await page.keyboard.press('ControlOrMeta+g')
  await page.keyboard.type('25001')
  await page.keyboard.press('Enter')
  await expect(tiltyard.activeCell).toHaveText('note 25001')
  await tiltyard.hasRows(50_000)
  problems.length = 0
})
