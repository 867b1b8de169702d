import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import path from 'node:path'
import { ROOT, startApp } from '../app.ts'
import { makeDataset } from './datasets.ts'
import { expect, test, TiltyardWindow } from './tiltyard.ts'

/** Process ids of the host's children; Linux only, where the journeys run. */
function childrenOf(pid: number): readonly number[] {
  const text = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.split(' ').filter(Boolean).map(Number)
}

test('an engine that keeps dying is left alone until asked for, then all goes on', async ({
  tiltyard,
  folder,
  page,
  app,
  problems,
}) => {
  await tiltyard.openPath(await makeDataset(folder, 'patient', 100, 1))
  await expect(tiltyard.cell(5, 1)).toHaveText('5')
  const banner = page.getByRole('alert').filter({ hasText: 'it is not started again by itself' })
  const killed = new Set<number>()
  await expect(async () => {
    for (const pid of childrenOf(app.pid).filter((child) => !killed.has(child))) {
      killed.add(pid)
      process.kill(pid, 'SIGKILL')
    }
    await expect(banner).toBeVisible({ timeout: 50 })
  }).toPass({ intervals: [50], timeout: 15_000 })
  expect(killed.size).toBe(5)
  await expect(tiltyard.status).toContainText('Engine not running')
  await expect(tiltyard.cell(5, 1)).toHaveText('5')
  await banner.getByRole('button', { name: 'Reconnect' }).click()
  await expect(tiltyard.status).toContainText('Engine ready')
  await expect(banner).toHaveCount(0)
  await tiltyard.grid.focus()
  await page.keyboard.press('ControlOrMeta+End')
  await expect(tiltyard.cell(99, 1)).toHaveText('99')
  problems.length = 0
})

test('it works through a forwarded port, which changes nothing but the number', async ({ app, page }) => {
  const link = new URL(app.url)
  const sockets = new Set<net.Socket>()
  const forwarder = net.createServer((near) => {
    const far = net.connect(Number(new URL(app.url).port), '127.0.0.1')
    sockets.add(near).add(far)
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
  })
  await new Promise<void>((resolve) => void forwarder.listen(0, '127.0.0.1', resolve))
  link.port = String((forwarder.address() as AddressInfo).port)
  await page.goto(link.href)
  const tiltyard = new TiltyardWindow(page)
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  await page.reload()
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  for (const socket of sockets) socket.destroy()
  forwarder.close()
})

test('a second browser needs a link of its own, which the terminal gives', async ({ tiltyard, app, browser }) => {
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(app.url)
  await expect(page.getByRole('alert')).toContainText('This link was used before')
  await expect(page.getByRole('alert')).toContainText('new link')
  process.kill(app.pid, 'SIGUSR1')
  const fresh = await expect
    .poll(() => /New address, it works once: (\S+)/.exec(app.output())?.[1])
    .toBeDefined()
    .then(() => /New address, it works once: (\S+)/.exec(app.output())![1]!)
  await page.goto(fresh)
  await expect(new TiltyardWindow(page).cell(0, 1)).toHaveText('0')
  await context.close()
})

test('a host that ends says so; after its restart the page asks for a new link', async ({ page, folder }) => {
  const first = await startApp([], { dataDir: folder })
  await page.goto(first.url)
  const tiltyard = new TiltyardWindow(page)
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  await first.stop()
  const gone = page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Reconnect' }) })
  await expect(gone).toBeVisible({ timeout: 20_000 })
  await expect(tiltyard.cell(0, 1)).toHaveText('0')
  const port = new URL(first.url).port
  const second = await startApp(['--port', port], { dataDir: folder })
  try {
    await page.reload()
    await expect(page.getByRole('alert')).toContainText('link')
    await expect(page.getByRole('alert')).toContainText('terminal')
    await page.goto(second.url)
    await expect(tiltyard.cell(0, 1)).toHaveText('0')
  } finally {
    await second.stop()
  }
})

test('on the command line a death of the engine is an error of its own', async ({ folder }) => {
  const location = await makeDataset(folder, 'watched', 10, 1)
  const child = spawn(process.execPath, ['dist/launch/call.mjs', 'datasets.watch', '{}', '--dataset', location], {
    cwd: ROOT,
    env: { ...process.env, TILTYARD_DATA_DIR: path.join(folder, 'app') },
  })
  const [out, err] = [collect(child, 'stdout'), collect(child, 'stderr')]
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await expect.poll(out).toContain('latestVersion')
  const [engine] = childrenOf(child.pid!)
  process.kill(engine!, 'SIGABRT')
  expect(await code).toBe(1)
  const error = JSON.parse(err()) as { code: string; message: string; hint: string }
  expect(error.code).toBe('engine-died')
  expect(error.message).toContain('SIGABRT')
  expect(error.hint).toContain('was not changed')
})

function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): () => string {
  let text = ''
  child[stream]!.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  return () => text
}
