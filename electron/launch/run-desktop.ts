import { spawn } from 'node:child_process'
import type { StartOptions } from './options.ts'
import type { Places } from './places.ts'

/** Runs Electron until it ends, passing on signals and its exit code. */
export function runDesktop(electron: string, places: Places, options: StartOptions): void {
  console.log('Tiltyard opens in its own window (desktop host).')
  console.log('Ctrl-C here closes it; `npm start -- --browser` would use a browser instead.')
  const root = options.root === undefined ? [] : [`--root=${options.root}`]
  const child = spawn(electron, [places.app, ...root, ...options.locations], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    console.error(`The Electron binary did not start: ${error.message}\nRun with --browser to use a browser instead.`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)))
}
