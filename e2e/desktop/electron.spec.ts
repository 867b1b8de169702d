/*
 * The same promises against the real Electron, where its binary is installed and a window can be shown. Elsewhere these
 * are skipped, and counted as skipped.
 */
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { makeDataset } from './fixtures.ts'
import { newDataDir } from './launch.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const BINARY: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
  linux: 'electron',
}

/** Found by looking: `require('electron')` would start a download where it is missing. */
function findBinary(): string | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(root, 'node_modules/electron/dist')
  const file = path.join(folder, BINARY[process.platform] ?? 'electron')
  try {
    accessSync(file, constants.X_OK)
    return file
  } catch {
    return undefined
  }
}

const executablePath = findBinary()
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
const asRoot = process.platform === 'linux' && process.getuid?.() === 0

test.describe('Electron itself', () => {
  test.skip(executablePath === undefined, 'the Electron binary is not installed')
  test.skip(!hasDisplay, 'there is no display')
  test.skip(asRoot, 'Electron does not run as root with its sandbox on')

  let app: ElectronApplication
  let page: Page
  test.beforeAll(async () => {
    const args = [root, await makeDataset('in electron')]
    const env = { ...process.env, TILTYARD_DATA_DIR: newDataDir() } as Record<string, string>
    app = await _electron.launch({ executablePath: executablePath!, args, env })
    page = await app.firstWindow()
  })
  test.afterAll(() => app.close())

  test('shows the dataset it was started with', async () => {
    await expect(page.getByRole('tab', { name: /in electron/ })).toBeVisible()
    await expect(page.getByRole('grid').first()).toBeVisible()
    expect(page.url()).toBe('app://bundle/')
  })

  test('runs the page sandboxed, without Node', async () => {
    expect(
      await page.evaluate(() => [
        typeof (globalThis as { require?: unknown }).require,
        typeof (globalThis as { process?: unknown }).process,
      ]),
    ).toEqual(['undefined', 'undefined'])
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as {
        getLastWebPreferences(): { sandbox?: boolean; contextIsolation?: boolean; nodeIntegration?: boolean }
      }
      const { sandbox, contextIsolation, nodeIntegration } = contents.getLastWebPreferences()
      return { sandbox, contextIsolation, nodeIntegration }
    })
    expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  })

  test('reaches no network and stays on its own page', async () => {
    expect(
      await page.evaluate(() =>
        fetch('https://example.invalid/').then(
          () => 'sent',
          () => 'blocked',
        ),
      ),
    ).toBe('blocked')
    await page.evaluate(() => {
      location.href = 'https://example.invalid/'
    })
    await expect.poll(() => page.url()).toBe('app://bundle/')
    expect(await page.evaluate(async () => (await fetch('/..%2fpackage.json')).status)).toBe(404)
  })

  test('has its engine back within a second after a crash', async () => {
    const pid = await app.evaluate(
      ({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'Tiltyard engine')?.pid,
    )
    process.kill(pid!, 'SIGKILL')
    await expect(page.getByText(/The engine was started again/)).toBeVisible({ timeout: 2000 })
    await page.getByRole('tab', { name: /Fragments/ }).click()
    await expect(page.getByRole('status', { name: 'Totals' })).toBeVisible()
  })
})
