import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { record } from './record.ts'
import { strict } from './strict.ts'

const POLL_MS = 50

let resolveReady: () => void = () => undefined
const ready = new Promise<void>((resolve) => {
  resolveReady = resolve
})
let beforeExit: () => Promise<void> = () => Promise.resolve()
let userData = ''
let isQuitting = false

/** Called once the browser is there; `close` runs before the process exits. */
export function setReady(close: () => Promise<void>): void {
  beforeExit = close
  resolveReady()
}

const emitter = new EventEmitter()

/** Asks every listener of an event whether it wants to prevent it. */
export function emitPreventable(target: EventEmitter, name: string, event: object = {}, ...args: unknown[]): boolean {
  let prevented = false
  const preventDefault = (): void => {
    prevented = true
  }
  target.emit(name, Object.assign(event, { preventDefault }), ...args)
  return prevented
}

async function exit(code: number): Promise<void> {
  await beforeExit()
  process.exit(code)
}

/** Electron's life cycle, as far as the app uses it. */
export const app = strict(
  'app',
  Object.assign(emitter, {
    isPackaged: false,
    setName: (_name: string) => undefined,
    getVersion: () => '0.0.0',
    enableSandbox: () => {
      record.sandboxEnabled = true
    },
    setPath: (name: string, folder: string) => {
      if (name !== 'userData') throw new Error(`The stand-in has no path "${name}".`)
      userData = folder
    },
    whenReady: () => ready,
    requestSingleInstanceLock,
    quit: () => void quit(),
    exit: (code = 0) => void exit(code),
  }),
)

/** Closes all windows, then asks the app, then exits; any step may be prevented, as in Electron. */
let closeWindows: () => Promise<boolean> = () => Promise.resolve(true)
export function onQuit(close: () => Promise<boolean>): void {
  closeWindows = close
}
async function quit(): Promise<void> {
  if (!isQuitting && emitPreventable(emitter, 'before-quit')) return
  isQuitting = true
  if (!(await closeWindows())) {
    isQuitting = false
    return
  }
  if (emitPreventable(emitter, 'will-quit')) return
  emitter.emit('quit', {}, 0)
  await exit(0)
}

/** A file with our process id is the lock; a second start leaves its message in a file beside it. */
function requestSingleInstanceLock(data: unknown): boolean {
  mkdirSync(userData, { recursive: true })
  const lock = path.join(userData, 'instance.lock')
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
  if (holder !== 0 && isAlive(holder)) {
    writeFileSync(path.join(userData, `second-${process.pid}.json`), JSON.stringify(data ?? null))
    return false
  }
  writeFileSync(lock, String(process.pid))
  setInterval(() => {
    for (const name of readdirSync(userData).filter((file) => file.startsWith('second-'))) {
      const file = path.join(userData, name)
      const sent: unknown = JSON.parse(readFileSync(file, 'utf8') || 'null')
      rmSync(file)
      emitter.emit('second-instance', {}, process.argv, process.cwd(), sent)
    }
  }, POLL_MS).unref()
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
