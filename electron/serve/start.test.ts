/* The built entry points as a person runs them. Needs `npm run build`. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { connectPage, logIn } from './host.fixture.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const START = path.join(root, 'dist/launch/start.mjs')
const CALL = path.join(root, 'dist/launch/call.mjs')
const isBuilt = existsSync(START) && existsSync(CALL) && existsSync(path.join(root, 'dist/renderer/index.html'))

/** Holds a data folder for every start; whatever still writes there has ended with its test. */
const folder = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const env = () => ({
  ...process.env,
  INIT_CWD: os.tmpdir(),
  TILTYARD_DATA_DIR: mkdtempSync(path.join(folder, 'data-')),
})
/** The sample, built once; whoever changes it takes a copy. */
let built: string | undefined
function sample(): string {
  built ??= (JSON.parse(run(CALL, 'sample.ensure').stdout) as { location: string }).location
  return built
}
const run = (file: string, ...args: string[]) =>
  spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', env: env() })

const start = (...args: string[]): ChildProcess & { readonly out: () => string } => {
  const child = spawn(process.execPath, [START, '--browser', '--no-open', ...args], {
    env: env(),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  return Object.assign(child, { out: () => out })
}
const LINK = /http:\/\/127\.0\.0\.1:(\d+)\/#token=[\w-]{43}/g
const links = (text: string) => [...text.matchAll(LINK)].map(([link, port]) => ({ link, port: Number(port) }))

async function until<T>(get: () => T | undefined): Promise<T> {
  for (;;) {
    const value = get()
    if (value !== undefined) return value
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A started host and the process id of its engine. */
async function started(...args: string[]) {
  const child = start(...args)
  const { link, port } = await until(() => links(child.out())[0])
  const cookie = await logIn({ host: { port, newLink: () => link, close: () => Promise.resolve() }, port })
  const { client, socket } = await connectPage(port, cookie)
  const { enginePid } = await client.call('app.info', {})
  socket.on('error', () => undefined)
  return { child, port, enginePid }
}

describe.skipIf(!isBuilt)('npm start', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends everything it started on %s', async (signal) => {
    const { child, enginePid } = await started()
    const exit = new Promise<number | null>((resolve) => void child.once('exit', resolve))
    child.kill(signal)
    expect(await exit).toBe(0)
    expect(isAlive(enginePid)).toBe(false)
  })

  it('leaves no engine behind when it is killed', async () => {
    const { child, enginePid } = await started()
    child.kill('SIGKILL')
    await until(() => (isAlive(enginePid) ? undefined : true))
  })

  it.skipIf(process.platform === 'win32')('prints a new link on SIGUSR1', async () => {
    const { child } = await started()
    child.kill('SIGUSR1')
    const again = await until(() => links(child.out())[1])
    expect(again.link).not.toBe(links(child.out())[0]?.link)
    child.kill()
  })

  it('says which host it is and why', async () => {
    const { child } = await started()
    expect(child.out()).toContain('Tiltyard runs in your browser (browser host): asked for with --browser.')
    child.kill()
  })

  it('refuses what it does not know, with its usage', () => {
    const { status, stderr } = run(START, '--prot', '1')
    expect(status).toBe(2)
    expect(stderr).toMatch(/--prot[^]*Usage: npm start/)
  })

  it('says when a port is taken or a root is missing', async () => {
    const server = net.createServer()
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as net.AddressInfo
    const taken = run(START, '--browser', '--no-open', '--port', String(port))
    server.close()
    expect([taken.status, taken.stderr]).toEqual([1, expect.stringContaining(`Something already uses port ${port}.`)])
    const rootless = run(START, '--browser', '--no-open', '--root', '/no/such/folder')
    expect([rootless.status, rootless.stderr]).toEqual([1, expect.stringContaining('/no/such/folder')])
  })
})

describe.skipIf(!isBuilt)('npm run call', () => {
  it('prints one result as JSON within a second', () => {
    // The best of a few: a busy machine may stop any one of them.
    const times = Array.from({ length: 3 }, () => {
      const startedMs = performance.now()
      const { status, stdout, stderr } = run(CALL, 'app.info')
      const tookMs = performance.now() - startedMs
      expect([status, stderr]).toEqual([0, ''])
      expect(JSON.parse(stdout)).toMatchObject({ name: 'Tiltyard' })
      return tookMs
    })
    expect(Math.min(...times)).toBeLessThan(1000)
  })

  it('prints rows with exact values, whole ones in place of previews, and one line per stream item', () => {
    const location = sample()
    const input = JSON.stringify({ offset: 0, limit: 5 })
    const page = JSON.parse(run(CALL, 'rows.page', input, '--dataset', location).stdout) as {
      total: number
      rows: Record<string, unknown>[]
    }
    expect(page.rows).toHaveLength(5)
    expect(page.rows[0]).toMatchObject({ id: expect.stringMatching(/^\d+$/), _rowid: expect.stringMatching(/^\d+$/) })
    const versions = run(CALL, 'versions.list', '--dataset', location).stdout.trim().split('\n')
    expect(versions.map((line) => (JSON.parse(line) as { version: number }).version)[0]).toBe(versions.length)
  })

  it('compares two versions, and a version with another dataset, rows as objects', () => {
    const location = sample()
    const compare = (input: object, ...args: readonly string[]) =>
      run(CALL, 'versions.compare', JSON.stringify(input), ...args)
        .stdout.trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    const from = { ref: { version: 4 } }
    const items = compare({ from, rows: { key: ['id'] } }, '--dataset', location)
    expect(items[0]).toMatchObject({ kind: 'summary', summary: { from: { version: 4 }, isSameDataset: true } })
    const changed = items.find(({ kind }) => kind === 'changed') as { rows: object[]; before: object[] }
    expect(items.find(({ kind }) => kind === 'rows')).toMatchObject({ totals: { changed: changed.rows.length } })
    expect(changed.rows[0]).toMatchObject({ note: 'Proofread under a clear sky' })
    expect(changed.before[0]).not.toMatchObject({ note: 'Proofread under a clear sky' })
    expect(changed).toMatchObject({ changedColumns: expect.arrayContaining([['note']]) })
    const [same] = compare({ from: { location, ...from }, to: { location, ...from } })
    expect(same).toMatchObject({ summary: { from: { version: 4 }, to: { version: 4 } } })
  })

  it('prints errors as JSON on stderr and nothing else', () => {
    const { status, stdout, stderr } = run(CALL, 'datasets.open', '{"location":"no/such"}')
    expect([status, stdout]).toEqual([1, ''])
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(path.join(os.tmpdir(), 'no/such')),
    })
  })

  it('reads its input from stdin, in any order of arguments', () => {
    const environment = env()
    const call = (args: readonly string[], input?: string) =>
      spawnSync(process.execPath, [CALL, ...args], { encoding: 'utf8', env: environment, input })
    const answer = call(['--ref', '1', '--dataset', sample(), 'rows.count', '-'], '{"filter":"id = 1"}')
    expect([answer.status, answer.stderr, answer.stdout]).toEqual([0, '', '{"count":1}\n'])
  })

  it('lists findings although the newest version is damaged', () => {
    const location = path.join(folder, 'damaged.lance')
    cpSync(sample(), location, { recursive: true })
    const versionsFolder = path.join(location, '_versions')
    const [newest = ''] = readdirSync(versionsFolder)
      .filter((name) => name.endsWith('.manifest'))
      .toSorted()
    truncateSync(path.join(versionsFolder, newest), 20)
    const refused = run(CALL, 'storage.compactionPreview', '--dataset', location)
    expect(JSON.parse(refused.stderr)).toMatchObject({ code: 'corrupt-manifest' })
    const { status, stdout } = run(CALL, 'storage.findings', '--dataset', location)
    expect(status).toBe(0)
    expect((JSON.parse(stdout) as object[])[0]).toMatchObject({ kind: 'unreadable-manifests', severity: 'problem' })
  })

  it('shows the first rows of an import as objects', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-call-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = path.join(folder, 'prices.csv')
    writeFileSync(file, 'id,price\n9007199254740993,0.5\n')
    const target = { kind: 'new', location: path.join(folder, 'prices.lance') }
    const spec = {
      version: 1,
      sources: { paths: [file] },
      rows: { kind: 'tables', reading: {}, badRows: 'stop' },
      target,
    }
    const preview = JSON.parse(run(CALL, 'import.preview', JSON.stringify(spec)).stdout) as Record<string, unknown>
    expect(preview).toMatchObject({ sampleRows: 1, rows: [{ id: '9007199254740993', price: 0.5 }] })
    expect(preview).not.toHaveProperty('sample')
  })

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [CALL, 'datasets.find', JSON.stringify({ location: root })], { env: env() })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
    child.stdout.once('data', () => child.stdout.destroy())
    expect(await exitOf(child)).toBe(0)
    expect(complaint).toBe('')
  })

  it.skipIf(process.platform !== 'linux')('says that its engine died, and leaves nothing behind', async () => {
    const location = sample()
    const child = spawn(process.execPath, [CALL, 'datasets.watch', '--dataset', location], { env: env() })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    const [engine] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ')
    process.kill(Number(engine), 'SIGKILL')
    expect(await exitOf(child)).toBe(1)
    expect(JSON.parse(complaint)).toMatchObject({ code: 'engine-died', hint: expect.any(String) })
    expect(isAlive(Number(engine))).toBe(false)
  })
})

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => void child.once('close', resolve))
}
