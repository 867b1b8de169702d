/*
 * The built main process, preload, engine and page, together, in the desktop stand-in: Chromium in place of Electron. It
 * cannot find faults of Electron itself; the same promises are checked against the real one in electron.spec.ts.
 */
import path from 'node:path'
import { expect, test } from '@playwright/test'
import {
  makeDataset as makeRowsDataset,
  makeFolder,
  makeRows,
  openForWriting,
  setReaderFlag,
} from '../browser/datasets.ts'
import { TiltyardWindow } from '../browser/tiltyard.ts'
import { call, makeDataset } from './fixtures.ts'
import { buildStandIn, launchStandIn, newDataDir, startSecondInstance, type StandInApp } from './launch.ts'

const dataFolder = makeFolder()
let dataset: string
let app: StandInApp

test.beforeAll(async () => {
  await buildStandIn()
  dataset = await makeDataset('first one #1')
  app = await launchStandIn({ args: [dataset] })
  await expect(tab('first one #1')).toBeVisible()
})
test.afterAll(() => app.close())

const tab = (name: string) => app.page.getByRole('tab', { name: new RegExp(name) })

test('a folder given as an argument is shown in the window', async () => {
  await expect(tab('first one #1')).toBeVisible()
  await expect(app.page.getByRole('grid').first()).toBeVisible()
  expect(app.problems).toEqual([])
})

test('the page runs sandboxed and sees five functions', async () => {
  const seen = await app.page.evaluate(() => [
    typeof (globalThis as { require?: unknown }).require,
    typeof (globalThis as { process?: unknown }).process,
    Object.keys((globalThis as unknown as { tiltyardDesktop: object }).tiltyardDesktop)
      .toSorted()
      .join(),
  ])
  expect(seen).toEqual(['undefined', 'undefined', 'connect,pageReady,pathOf,pickDirectory,restartEngine'])
  expect((await app.run('record')).sandboxEnabled).toBe(true)
})

test('the page reaches no network and runs no text as code', async () => {
  const outcome = await app.page.evaluate(async () => {
    const attempt = async (work: () => unknown): Promise<string> => {
      try {
        await work()
        return 'done'
      } catch {
        return 'blocked'
      }
    }
    return [
      await attempt(() => fetch('https://example.invalid/')),
      await attempt(() => {
        document.createElement('script').text = 'document.title = "pwned"'
      }),
      await attempt(() => {
        document.createElement('div').innerHTML = '<img src=x onerror=1>'
      }),
      await attempt(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket('ws://127.0.0.1:9')
            socket.addEventListener('open', resolve)
            socket.addEventListener('error', reject)
          }),
      ),
    ]
  })
  expect(outcome).toEqual(['blocked', 'blocked', 'blocked', 'blocked'])
})

test('only the top frame of our own page is answered', async () => {
  for (const url of ['https://evil.example/', 'file:///etc/passwd', 'app://other/', 'app://bundle.evil/', null]) {
    await expect(app.run('invokeFrom', url, 'tiltyard:pick-directory')).rejects.toThrow('refused')
  }
})

test('permissions are refused, all but writing to the clipboard', async () => {
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid']) {
    expect(await app.run('askPermission', permission)).toBe(false)
    expect(await app.run('checkPermission', permission)).toBe(false)
  }
  expect(await app.run('askPermission', 'clipboard-sanitized-write')).toBe(true)
  expect(await app.run('askDevice')).toBe(false)
})

test('only files of the page and cells have an address', async () => {
  const statusOf = (address: string) => app.page.evaluate(async (url) => (await fetch(url)).status, address)
  expect(await statusOf('/index.html')).toBe(200)
  for (const address of ['/../package.json', '/..%2f..%2fpackage.json', '/assets/', '/blob/', '/blob/nonsense']) {
    expect(await statusOf(address)).toBe(404)
  }
})

test('bytes of a cell are served by ranges and cannot run', async () => {
  const filter = 'picture IS NOT NULL'
  const input = { offset: 0, limit: 1, columns: ['picture'], filter }
  const { rows } = await call<{ rows: Record<string, string>[] }>('rows.page', input, '--dataset', dataset)
  const picture = { rowId: rows[0]!['_rowid'], column: 'picture' }
  const cell = await call<{ id: string; size: number }>('cells.describe', picture, '--dataset', dataset)
  const [whole, part] = await app.page.evaluate(async (id) => {
    const get = async (headers: Record<string, string>) => {
      const response = await fetch(`/blob/${encodeURIComponent(id)}`, { headers })
      const bytes = [...new Uint8Array(await response.arrayBuffer())]
      return {
        status: response.status,
        bytes,
        range: response.headers.get('content-range'),
        policy: response.headers.get('content-security-policy'),
      }
    }
    return [await get({}), await get({ range: 'bytes=4-9' })] as const
  }, cell.id)
  expect(whole).toMatchObject({ status: 200, policy: "default-src 'none'; sandbox" })
  expect(whole.bytes).toHaveLength(cell.size)
  expect(part).toMatchObject({ status: 206, range: `bytes 4-9/${cell.size}`, bytes: whole.bytes.slice(4, 10) })
})

test('the menu runs commands of the page', async () => {
  await app.run('chooseMenu', ['View', 'Theme', 'Dark'])
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await app.run('chooseMenu', ['View', 'Theme', 'Light'])
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('File > Open Folder opens what the dialog gives, and nothing when it is closed', async () => {
  await app.run('chooseMenu', ['File', 'Open Folder…'])
  await app.run('answerOpenDialog', [await makeDataset('from dialog')])
  await app.run('chooseMenu', ['File', 'Open Folder…'])
  await expect(tab('from dialog')).toBeVisible()
})

test('rows of the opened folder scroll to the end and are filtered', async () => {
  const tiltyard = new TiltyardWindow(app.page)
  const location = await makeRowsDataset(dataFolder, 'rows', 5000, 3)
  await app.run('answerOpenDialog', [location])
  await app.run('chooseMenu', ['File', 'Open Folder…'])
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '5001')
  await tiltyard.grid.focus()
  await app.page.keyboard.press('ControlOrMeta+End')
  await expect(tiltyard.cell(4999, 1)).toHaveText('4999')
  await tiltyard.filter("id >= 4990 AND label = 'red'")
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '3')
  await expect(tiltyard.cell(1, 1)).toHaveText('4995')
  await tiltyard.filter('')
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '5001')
})

test('the whole window travels to an older version and back, and hears of commits by others', async () => {
  const tiltyard = new TiltyardWindow(app.page)
  await tiltyard.view('Versions').click()
  await tiltyard.version(1).click()
  const banner = app.page.getByRole('status', { name: 'Looking at an older version' })
  await expect(banner).toContainText('Version 1 of 3')
  await tiltyard.view('Fragments').click()
  await expect(app.page.getByLabel('Totals')).toContainText('1 fragment')
  await tiltyard.view('Data').click()
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '1668')
  await banner.getByRole('button', { name: 'Back to latest' }).click()
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '5001')
  await (await openForWriting(path.join(dataFolder, 'rows.lance'))).add(makeRows(5000, 10))
  await app.page.getByRole('button', { name: /1 new version/ }).click()
  await expect(tiltyard.grid).toHaveAttribute('aria-rowcount', '5011')
})

test('a folder with broken datasets lists all of them, with reasons', async () => {
  const tiltyard = new TiltyardWindow(app.page)
  setReaderFlag(await makeRowsDataset(dataFolder, 'future', 10, 1), 40)
  await app.run('answerOpenDialog', [dataFolder])
  await app.run('chooseMenu', ['File', 'Open Folder…'])
  await expect(tiltyard.item('future')).toContainText('features of a newer Lance')
  await expect(tiltyard.item('rows')).toContainText('v4 · 4 fragments')
})

test('what was opened is offered again under Open Recent', async () => {
  await expect(async () => {
    await app.page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await app.run('focusWindow')
    const labels = await app.run('menuLabels', ['File', 'Open Recent'])
    expect(labels[0]).toContain(dataFolder)
    expect(labels.join()).toContain('from dialog.lance')
  }).toPass({ timeout: 5000 })
})

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

test('a dataset dropped on the window opens when that is what is wanted', async () => {
  await app.run('setFilePath', 'dropped.lance', await makeDataset('dropped'))
  await drop(['dropped.lance', ''])
  const dialog = app.page.getByRole('dialog', { name: 'Import' })
  await expect(dialog).toContainText('This is a Lance dataset.')
  await dialog.getByRole('button', { name: 'Open' }).click()
  await expect(tab('dropped')).toBeVisible()
  await expect(app.page.getByRole('grid', { name: 'Rows of dropped' })).toBeVisible()
})

test('a folder from the system (open-file) opens', async () => {
  expect(await app.run('openFile', await makeDataset('from system'))).toBe(true)
  await expect(tab('from system')).toBeVisible()
})

test('a second start hands its arguments to the first window and ends', async () => {
  expect(await startSecondInstance([await makeDataset('second start')], app.dataDir)).toBe(0)
  await expect(tab('second start')).toBeVisible()
  expect((await app.run('record')).windows).toHaveLength(1)
})

test('an engine that is killed is back within a second and the views go on', async () => {
  const before = (await app.run('record')).enginePids.length
  await app.page.evaluate(() => {
    const seen: number[] = []
    Object.assign(globalThis, { engineEvents: seen })
    addEventListener('message', (event: MessageEvent<{ tiltyard?: string }>) => {
      if (event.data.tiltyard === 'port') seen.push(performance.now())
    })
  })
  const killedAt = await app.page.evaluate(() => performance.now())
  await app.run('killEngine', 'SIGABRT')
  await expect(app.page.getByText(/The engine was started again/)).toBeVisible()
  await expect(app.page.getByText(/SIGABRT/).first()).toBeVisible()
  const [backAt] = await app.page.evaluate(() => (globalThis as unknown as { engineEvents: number[] }).engineEvents)
  expect(backAt! - killedAt).toBeLessThan(1000)
  expect((await app.run('record')).enginePids).toHaveLength(before + 1)
  // Another view of the same dataset asks the new engine, which knows the dataset again.
  await tab('Fragments').click()
  await expect(app.page.getByRole('status', { name: 'Totals' })).toBeVisible()
  await expect(app.page.getByRole('alert')).toHaveCount(0)
})

test('the window comes back where it was, and nothing keeps running when it closes', async () => {
  const dataDir = newDataDir()
  const first = await launchStandIn({ dataDir })
  await first.run('setBounds', { x: 40, y: 60, width: 1000, height: 700 })
  await first.run('maximize')
  const [enginePid] = (await first.run('record')).enginePids
  expect(await first.close()).toBe(0)
  expect(() => process.kill(enginePid!, 0)).toThrow()

  const second = await launchStandIn({ dataDir })
  const { windows, maximized } = await second.run('record')
  expect(windows).toEqual([{ x: 40, y: 60, width: 1000, height: 700 }])
  expect(maximized).toBe(1)
  expect(await second.close()).toBe(0)
})
