import { realpathSync } from 'node:fs'
import os from 'node:os'
import { createInterface } from 'node:readline'
import { superviseEngine } from '#engine/supervisor.ts'
import { AppError } from '#shared/errors.ts'
import { startBrowserHost, type BrowserHost } from '../serve/browser-host.ts'
import { startIdleTimer } from '../serve/idle.ts'
import { dataDirOf } from './data-dir.ts'
import { hasDisplay } from './electron-binary.ts'
import { forkEngine } from './engine-child.ts'
import { openBrowser } from './open-browser.ts'
import type { StartOptions } from './options.ts'
import type { Places } from './places.ts'

/** Runs the browser host until it is asked to end. */
export async function runBrowserHost(places: Places, options: StartOptions, why: string): Promise<void> {
  const supervisor = superviseEngine({
    spawn: (role) => forkEngine(places.engine, { role }),
    appVersion: places.version,
    paths: {
      dataDir: dataDirOf({ platform: process.platform, home: os.homedir(), env: process.env }),
      root: rootOf(options.root),
    },
    log: (line) => console.error(line),
  })
  let removeRedirect = (): void => undefined
  let host: BrowserHost | undefined
  let ending = false
  const end = async (code: number): Promise<void> => {
    if (ending) return
    ending = true
    removeRedirect()
    await Promise.all([supervisor.stop(), host?.close()])
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))

  try {
    const listen = options.socket === undefined ? { port: options.port } : { socket: options.socket }
    host = await startBrowserHost({ supervisor, renderer: places.renderer, listen, locations: options.locations })
  } catch (error) {
    await supervisor.stop()
    throw error
  }
  const link = host.newLink()
  announce(host, link, options, why)
  offerNewLinks(host)
  if (options.idleMinutes !== undefined) stopWhenIdle(options.idleMinutes, supervisor, end)
  // Over SSH a browser would open on the wrong machine, if at all.
  const remote = process.env['SSH_CONNECTION'] !== undefined
  if (options.open && options.socket === undefined && !remote && hasDisplay(process.platform, process.env)) {
    removeRedirect = openBrowser(link, () => console.log('No browser opened by itself: open the address above.'))
  }
}

/** The root with links resolved, so that comparing resolved paths against it is enough. */
function rootOf(root: string | undefined): string | undefined {
  if (root === undefined) return undefined
  try {
    return realpathSync(root)
  } catch (error) {
    throw new AppError(
      { code: 'not-found', message: `The folder given with --root is not there: ${root}` },
      { cause: error },
    )
  }
}

function announce(host: BrowserHost, link: string, options: StartOptions, why: string): void {
  console.log(`Tiltyard runs in your browser (browser host): ${why}.`)
  console.log(`Open this address, it works once: ${link}`)
  if (options.socket !== undefined) {
    const link9000 = link.replace('http://localhost', 'http://127.0.0.1:9000')
    console.log(
      `It listens on ${options.socket}: ssh -L 9000:${options.socket} ${os.hostname()}, then open ${link9000}`,
    )
  } else {
    console.log(
      `From another machine: ssh -L ${host.port}:127.0.0.1:${host.port} ${os.hostname()}, then open the same address.`,
    )
  }
  console.log('Enter prints a new address, Ctrl-C ends.')
}

/** A link works once; Enter in the terminal or SIGUSR1 gives another one for another browser. */
function offerNewLinks(host: BrowserHost): void {
  const print = (): void => console.log(`New address, it works once: ${host.newLink()}`)
  if (process.platform !== 'win32') process.on('SIGUSR1', print)
  if (process.stdin.isTTY) createInterface({ input: process.stdin }).on('line', print)
}

function stopWhenIdle(
  minutes: number,
  supervisor: ReturnType<typeof superviseEngine>,
  end: (code: number) => Promise<void>,
): void {
  const timer = startIdleTimer(minutes, () => {
    console.log(`Nobody was connected for ${minutes} min: ending, as asked with --idle-shutdown.`)
    void end(0)
  })
  supervisor.onMessage((message) => {
    if (message.t === 'connections') timer.update(message.count)
  })
  // Connections end with the engine that held them.
  supervisor.onStatus(() => timer.update(0))
}
