import { mkdtempSync, rmSync, statSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildEngine, connectPage, logIn, request, runHost, tokenOf, type RunningHost } from './host.fixture.ts'
import { startBrowserHost } from './browser-host.ts'

let engine: string
let running: RunningHost
let cookie: string
beforeAll(async () => {
  engine = await buildEngine()
  running = await runHost(engine)
  cookie = await logIn(running)
})
afterAll(async () => {
  await running.close()
  rmSync(path.dirname(engine), { recursive: true, force: true })
})

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}
const own = () => ({ host: `127.0.0.1:${running.port}`, origin: `http://127.0.0.1:${running.port}` })
const statusOf = async (options: Parameters<typeof request>[0]) =>
  (await request({ port: running.port, ...options })).status

describe('what is refused', () => {
  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80'])(
    'a request for the host %s',
    async (host) => {
      expect(await statusOf({ path: '/', headers: { host } })).toBe(421)
      expect(await statusOf({ path: '/api', headers: { ...UPGRADE, host, origin: `http://${host}`, cookie } })).toBe(
        421,
      )
    },
  )

  it.each([
    '/../../../../etc/passwd',
    '/assets/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/index.html%00.js',
    '//index.html',
    '/assets',
    '/assets/',
    '/.built-node',
    'http://evil.example/',
  ])('the address %s', async (path) => {
    expect(await statusOf({ path })).toBe(404)
  })

  it.each(['TRACE', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('the method %s', async (method) => {
    expect(await statusOf({ path: '/', method })).toBe(405)
  })

  it('a POST of another page, of no page, and to anywhere unknown', async () => {
    const { host } = own()
    expect(await statusOf({ path: '/session', method: 'POST', headers: { host } })).toBe(403)
    expect(await statusOf({ path: '/session', method: 'POST', headers: { host, origin: 'http://evil.example' } })).toBe(
      403,
    )
    expect(await statusOf({ path: '/session', method: 'POST', headers: { host, origin: 'null' } })).toBe(403)
    expect(await statusOf({ path: '/', method: 'POST', headers: own() })).toBe(404)
  })

  it('a session without the right body', async () => {
    const headers = { ...own(), 'content-type': 'application/json' }
    const post = (body: string, more = {}) =>
      statusOf({ path: '/session', method: 'POST', headers: { ...headers, ...more }, body })
    const token = tokenOf(running.host.newLink())
    expect(await post(JSON.stringify({ token }), { 'content-type': 'text/plain' })).toBe(403)
    expect(await post('{"token":"wrong"}')).toBe(403)
    expect(await post('{"token":1}')).toBe(400)
    expect(await post('not json')).toBe(400)
    expect(await post('x'.repeat(5000)).catch(() => 413)).toBe(413)
    expect(await post(JSON.stringify({ token }))).toBe(200)
    expect(await post(JSON.stringify({ token }))).toBe(403)
  })

  it('everything but the page itself without a session', async () => {
    expect(await statusOf({ path: '/engine' })).toBe(401)
    expect(await statusOf({ path: '/blob/x' })).toBe(401)
    expect(await statusOf({ path: '/engine/restart', method: 'POST', headers: own() })).toBe(401)
    expect(await statusOf({ path: '/api', headers: { ...own(), ...UPGRADE } })).toBe(401)
    expect(await statusOf({ path: '/api', headers: { ...own(), ...UPGRADE, cookie: `${cookie}x` } })).toBe(401)
  })

  it('a WebSocket of another page, of no page, or elsewhere', async () => {
    const { host } = own()
    expect(await statusOf({ path: '/api', headers: { ...UPGRADE, host, cookie } })).toBe(403)
    expect(await statusOf({ path: '/api', headers: { ...UPGRADE, host, cookie, origin: 'http://evil.example' } })).toBe(
      403,
    )
    expect(await statusOf({ path: '/other', headers: { ...own(), ...UPGRADE, cookie } })).toBe(404)
    expect(await statusOf({ path: '/api', headers: { ...own(), ...UPGRADE, cookie, upgrade: 'h2c' } })).toBe(400)
  })
})

describe('what is served', () => {
  it('the page, with a strict policy', async () => {
    const { status, headers, body } = await request({ port: running.port, path: '/?x=1' })
    expect(status).toBe(200)
    expect(body).toContain('Tiltyard')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/)
  })

  it('a session whose cookie names the port, with what to open', async () => {
    const answer = await request({
      port: running.port,
      path: '/session',
      method: 'POST',
      headers: { ...own(), 'content-type': 'application/json' },
      body: JSON.stringify({ token: tokenOf(running.host.newLink()) }),
    })
    expect(JSON.parse(answer.body)).toEqual({ open: ['/given.lance'] })
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^tiltyard_${running.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    )
  })

  it('the contract, on many connections made at once', async () => {
    const pages = await Promise.all(Array.from({ length: 24 }, () => connectPage(running.port, cookie)))
    const answers = await Promise.all(pages.map(({ client }) => client.call('app.info', {})))
    expect(new Set(answers.map(({ enginePid }) => enginePid))).toEqual(new Set([running.supervisor.process()?.pid]))
    for (const { socket } of pages) socket.close()
    await Promise.all(pages.map(({ closed }) => closed))
  })

  it('frames that arrive together with the upgrade request', async () => {
    const early = maskedFrame('{"m":{"t":"call","id":1,"name":"app.info","input":{}},"x":[]}')
    const head = Object.entries({ ...own(), ...UPGRADE, cookie }).map(([name, value]) => `${name}: ${value}\r\n`)
    const socket = net.connect(running.port, '127.0.0.1')
    const received: Buffer[] = []
    socket.write(Buffer.concat([Buffer.from(`GET /api HTTP/1.1\r\n${head.join('')}\r\n`), early]))
    await new Promise<void>((resolve) => {
      socket.on('data', (data) => {
        received.push(data)
        if (Buffer.concat(received).includes('enginePid')) resolve()
      })
    })
    socket.destroy()
    expect(Buffer.concat(received).toString('latin1')).toMatch(/^HTTP\/1\.1 101 /)
  })

  it('a page behind a forwarded port', async () => {
    const forward = net.createServer((near) => {
      const far = net.connect(running.port, '127.0.0.1')
      near.pipe(far).pipe(near)
      near.on('error', () => far.destroy())
      far.on('error', () => near.destroy())
    })
    await new Promise<void>((resolve) => void forward.listen(0, '127.0.0.1', resolve))
    const { port } = forward.address() as net.AddressInfo
    const forwarded = await logIn({ host: running.host, port }, `127.0.0.1:${port}`)
    const { client, socket } = await connectPage(port, forwarded)
    expect((await client.call('app.info', {})).name).toBe('Tiltyard')
    socket.close()
    forward.close()
  })

  it('failures of a cell as JSON with a status', async () => {
    const { status, body } = await request({ port: running.port, path: '/blob/nonsense', headers: { cookie } })
    expect(status).toBe(404)
    expect(JSON.parse(body)).toHaveProperty('message')
  })
})

describe('an engine that dies', () => {
  it.each(['SIGKILL', 'SIGABRT', 'SIGBUS'] as const)('by %s is back within a second and says why', async (signal) => {
    const before = running.supervisor.process()?.pid ?? 0
    const page = await connectPage(running.port, cookie)
    const inFlight = page.client.stream('datasets.find', { location: '/usr', maxDepth: 32 })
    const drained = (async () => {
      for await (const _ of inFlight);
    })()
    drained.catch(() => undefined)
    const startedMs = performance.now()
    process.kill(before, signal)
    await page.closed
    await expect(drained).rejects.toMatchObject({ code: 'disconnected' })
    let info: { enginePid: number; restarts: number; lastExit?: { reason: string } } | undefined
    while (info === undefined) {
      info = await connectPage(running.port, cookie)
        .then(({ client }) => client.call('app.info', {}))
        .catch(() => undefined)
    }
    expect(performance.now() - startedMs).toBeLessThan(1000)
    expect(info.enginePid).not.toBe(before)
    expect(info.lastExit?.reason).toContain(signal)
    const status = await request({ port: running.port, path: '/engine', headers: { cookie } })
    expect(JSON.parse(status.body)).toMatchObject({ kind: 'ready', lastReason: expect.stringContaining(signal) })
  })

  it('is replaced on request even when it hangs', async () => {
    const before = running.supervisor.process()?.pid ?? 0
    process.kill(before, 'SIGSTOP')
    expect(await statusOf({ path: '/engine/restart', method: 'POST', headers: { ...own(), cookie } })).toBe(200)
    const { client, socket } = await connectPage(running.port, cookie)
    expect((await client.call('app.info', {})).enginePid).not.toBe(before)
    socket.close()
  })
})

it('says clearly that a port is taken', async () => {
  const { supervisor, port } = running
  const renderer = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-page-'))
  const taken = startBrowserHost({ supervisor, renderer, listen: { port }, locations: [] })
  await expect(taken).rejects.toMatchObject({
    message: `Something already uses port ${port}.`,
    hint: expect.any(String),
  })
  rmSync(renderer, { recursive: true })
})

it.skipIf(process.platform === 'win32')('listens on a socket only its owner can reach', async () => {
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'tiltyard-socket-')), 'private')
  const socketPath = path.join(folder, 't.sock')
  const other = await runHost(engine, socketPath)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(socketPath).mode & 0o777).toBe(0o600)
  // As `ssh -L 9000:/path/t.sock` makes it: a port on this side, the socket on the other.
  const forward = net.createServer((near) => {
    const far = net.connect(socketPath)
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
  })
  await new Promise<void>((resolve) => void forward.listen(0, '127.0.0.1', resolve))
  const { port } = forward.address() as net.AddressInfo
  const { client, socket } = await connectPage(port, await logIn({ host: other.host, port }))
  expect((await client.call('app.info', {})).name).toBe('Tiltyard')
  socket.close()
  forward.close()
  await other.close()
})

/** One RPC frame as a masked WebSocket frame, as a client sends it. */
function maskedFrame(header: string): Buffer {
  const text = Buffer.from(header)
  const payload = Buffer.alloc((4 + text.byteLength + 7) & ~7)
  payload.writeUInt32LE(text.byteLength, 0)
  text.copy(payload, 4)
  return Buffer.concat([Buffer.from([0x82, 0x80 | payload.byteLength, 0, 0, 0, 0]), payload])
}
