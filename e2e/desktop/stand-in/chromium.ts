import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { chromium, type BrowserContext } from '@playwright/test'

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface StandInBrowser {
  readonly context: BrowserContext
  /** Address at which a test can attach to the same browser. */
  readonly endpoint: string
  close(): Promise<void>
}

/** Starts the machine's Chromium with a debugging port for the test that drives us. */
export async function startChromium(): Promise<StandInBrowser> {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-stand-in-'))
  const port = await freePort()
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    chromiumSandbox: false,
    headless: true,
    viewport: { width: 1280, height: 820 },
    args: [...QUIET, `--remote-debugging-port=${port}`],
  })
  return {
    context,
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
