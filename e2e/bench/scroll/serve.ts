import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

/** The app's own policy: what breaks under it must break here. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'"
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
}

export interface BenchPage {
  readonly url: string
  close(): Promise<void>
}

/** Builds a benchmark's page (folder with `index.html`) for production into a temporary folder and serves it on the loopback address. */
export async function serveBenchPage(root: string = import.meta.dirname): Promise<BenchPage> {
  const outDir = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-bench-'))
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 3000 },
  })
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const file = path.join(outDir, path.normalize(pathname === '/' ? '/index.html' : pathname))
    const type = TYPES[path.extname(file)]
    if (type === undefined || !file.startsWith(outDir) || !fs.existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': POLICY })
    fs.createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      await new Promise((resolve) => server.close(resolve))
      fs.rmSync(outDir, { recursive: true, force: true })
    },
  }
}
