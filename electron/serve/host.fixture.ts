import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import http, { type IncomingHttpHeaders } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { WebSocket } from 'ws'
import { superviseEngine, type Supervisor } from '#engine/supervisor.ts'
import type { Contract } from '#shared/contract/index.ts'
import { createClient, type Client } from '#shared/rpc/client.ts'
import { socketChannel } from '#shared/rpc/socket-channel.ts'
import { forkEngine } from '../launch/engine-child.ts'
import { startBrowserHost, type BrowserHost } from './browser-host.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the engine's entry once per test run into a folder of its own, beside node_modules so that it finds them. */
export async function buildEngine(): Promise<string> {
  const folder = path.join(root, 'dist/test', `engine-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  await build({
    input: path.join(root, 'electron/engine/process.ts'),
    cwd: root,
    platform: 'node',
    external: [/^node:/, '@lancedb/lancedb', 'apache-arrow', 'bufferutil', 'utf-8-validate'],
    logLevel: 'warn',
    output: { file: path.join(folder, 'engine.mjs'), format: 'esm' },
  })
  return path.join(folder, 'engine.mjs')
}

export interface RunningHost {
  readonly host: BrowserHost
  readonly supervisor: Supervisor
  readonly port: number
  readonly dataDir: string
  close(): Promise<void>
}

/** A browser host with a real engine and a one-file page. */
export async function runHost(engine: string, socket?: string): Promise<RunningHost> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-host-'))
  const renderer = path.join(folder, 'renderer')
  const dataDir = path.join(folder, 'data')
  mkdirSync(path.join(renderer, 'assets'), { recursive: true })
  writeFileSync(path.join(renderer, 'index.html'), '<!doctype html><title>Tiltyard</title>')
  writeFileSync(path.join(renderer, 'assets/main.js'), 'export {}')
  const supervisor = superviseEngine({
    spawn: () => forkEngine(engine, { onLog: () => undefined }),
    appVersion: '0.0.0',
    paths: { dataDir, root: undefined },
  })
  const listen = socket === undefined ? { port: 0 } : { socket }
  const host = await startBrowserHost({ supervisor, renderer, listen, locations: ['/given.lance'] })
  return {
    host,
    supervisor,
    port: host.port ?? 0,
    dataDir,
    close: async () => void (await Promise.all([supervisor.stop(), host.close()])),
  }
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One request exactly as given: no header is added but those Node must. */
export function request(options: http.RequestOptions & { readonly body?: string }): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: '127.0.0.1', agent: false, ...options }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces).toString(),
        }),
      )
      response.on('error', reject)
    })
    sent.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' })
    })
    sent.on('error', reject)
    sent.end(options.body)
  })
}

export const tokenOf = (link: string): string => new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? ''

/** Spends a fresh link; the cookie to send from then on. `authority` is what a browser would have in its address bar. */
export async function logIn(
  { host, port }: Pick<RunningHost, 'host' | 'port'>,
  authority = `127.0.0.1:${port}`,
): Promise<string> {
  const answer = await request({
    port,
    path: '/session',
    method: 'POST',
    headers: { host: authority, origin: `http://${authority}`, 'content-type': 'application/json' },
    body: JSON.stringify({ token: tokenOf(host.newLink()) }),
  })
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

export interface PageConnection {
  readonly client: Client<Contract>
  readonly socket: WebSocket
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>
}

/** Connects as a page does. */
export async function connectPage(port: number, cookie: string): Promise<PageConnection> {
  const origin = `http://127.0.0.1:${port}`
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api`, { headers: { cookie }, origin })
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return { client: createClient<Contract>(socketChannel(socket)), socket, closed }
}
