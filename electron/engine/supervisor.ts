import type { EngineStatus } from '#shared/model/engine-status.ts'
import type { Channel, Message } from '#shared/rpc/message.ts'
import type { EngineFacts, EnginePaths } from './context.ts'
import { exitReason, type ProcessExit } from './supervisor/exit-reason.ts'
import { relayJobs, type JobRelay } from './supervisor/job-relay.ts'
import type { FromEngine, ToEngine } from './supervisor/messages.ts'

/** One engine process as its host sees it; the only part that differs between the hosts. */
export interface EngineProcess {
  readonly pid: number | undefined
  /** `attachment` is a port (desktop) or a socket (browser host). Sending to an ended process does nothing. */
  send(message: ToEngine, attachment?: unknown): void
  /** Ends the process at once; `onExit` follows. */
  kill(): void
  onMessage(listener: (message: FromEngine) => void): void
  /** Every listener is told once. */
  onExit(listener: (exit: ProcessExit) => void): void
}

/** What a host starts a process for. Both are of the same file. */
export type ProcessRole = 'engine' | 'job'

export interface SupervisorOptions {
  spawn(role: ProcessRole): EngineProcess
  readonly appVersion: string
  readonly paths: EnginePaths
  readonly log?: (line: string) => void
  /** Milliseconds since any fixed moment; for tests. */
  readonly now?: () => number
}

export interface Supervisor {
  /** The running process; undefined while there is none. */
  process(): EngineProcess | undefined
  status(): EngineStatus
  /** Told every change of status and every new process. */
  onStatus(listener: (status: EngineStatus) => void): () => void
  onMessage(listener: (message: FromEngine) => void): () => void
  /** Jobs that run now in processes of their own. */
  jobs(): number
  /** Ends whatever runs, hung or not, and starts afresh with a clean record. */
  restart(): void
  /** Ends the engine for good; resolves when its process is gone. */
  stop(): Promise<void>
}

/** Deaths within this window count against the engine. */
const WINDOW_MS = 60_000
/** This many deaths within the window and it is left alone until a person asks. */
const MAX_DEATHS = 5
/** Wait before the n-th start within the window; the first ones are immediate. */
const BACKOFF_MS = [0, 0, 250, 1000]
/** Time a stopping engine has to close its connections before it is killed. */
const STOP_GRACE_MS = 1500
/** The same where open streams have something to commit. */
const COMMIT_GRACE_MS = 30_000

const GONE_HINT = 'Close the dataset that was being read, then start the engine again.'

/** Starts an engine process and keeps one running: back at once after a crash, slower when crashes repeat, then not at all. */
export function superviseEngine(options: SupervisorOptions): Supervisor {
  const now = options.now ?? (() => performance.now())
  const statusListeners = new Set<(status: EngineStatus) => void>()
  const messageListeners = new Set<(message: FromEngine) => void>()
  let current: EngineProcess | undefined
  let jobs: JobRelay | undefined
  let status: EngineStatus = { kind: 'restarting', restarts: 0, reason: 'The engine is starting.' }
  let restarts = 0
  let lastExit: EngineFacts['lastExit']
  let deaths: readonly number[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopping: { readonly promise: Promise<void>; readonly done: () => void } | undefined

  const publish = (next: EngineStatus): void => {
    status = next
    for (const listener of statusListeners) listener(next)
  }

  function start(): void {
    timer = undefined
    const child = options.spawn('engine')
    current = child
    const facts = { appVersion: options.appVersion, restarts, lastExit }
    const relay = relayJobs(child, { spawn: () => options.spawn('job'), facts, paths: options.paths })
    jobs = relay
    child.onMessage((message) => {
      if (current !== child || relay.take(message)) return
      for (const listener of messageListeners) listener(message)
    })
    child.onExit((exit) => ended(child, exit))
    child.send({ t: 'start', facts, paths: options.paths, startsJobs: true })
    publish({
      kind: 'ready',
      restarts,
      ...(child.pid === undefined ? {} : { pid: child.pid }),
      ...(lastExit === undefined ? {} : { lastReason: lastExit.reason }),
    })
  }

  function ended(child: EngineProcess, exit: ProcessExit): void {
    if (current !== child) return
    current = undefined
    jobs?.end()
    if (stopping !== undefined) return stopping.done()
    again(exitReason(exit))
  }

  function again(reason: string): void {
    const time = now()
    deaths = [...deaths.filter((death) => time - death < WINDOW_MS), time]
    restarts++
    lastExit = { reason, at: new Date().toISOString() }
    options.log?.(reason)
    if (deaths.length >= MAX_DEATHS) {
      const often = `${reason} It ended ${deaths.length} times within a minute, so it is not started again by itself.`
      return publish({ kind: 'gone', restarts, reason: often, hint: GONE_HINT })
    }
    publish({ kind: 'restarting', restarts, reason })
    const delayMs = BACKOFF_MS[deaths.length - 1] ?? 0
    if (delayMs === 0) start()
    else timer = setTimeout(start, delayMs)
  }

  function stopProcess(): { readonly promise: Promise<void>; readonly done: () => void } {
    clearTimeout(timer)
    jobs?.end()
    const child = current
    if (child === undefined) return { promise: Promise.resolve(), done: () => undefined }
    let done = (): void => undefined
    const promise = new Promise<void>((resolve) => {
      let killer = setTimeout(() => child.kill(), STOP_GRACE_MS)
      child.onMessage((message) => {
        if (message.t !== 'committing') return
        clearTimeout(killer)
        killer = setTimeout(() => child.kill(), COMMIT_GRACE_MS)
      })
      done = () => {
        clearTimeout(killer)
        resolve()
      }
    })
    child.send({ t: 'stop' })
    return { promise, done }
  }

  start()
  return {
    process: () => current,
    status: () => status,
    jobs: () => jobs?.count() ?? 0,
    onStatus(listener) {
      statusListeners.add(listener)
      return () => void statusListeners.delete(listener)
    },
    onMessage(listener) {
      messageListeners.add(listener)
      return () => void messageListeners.delete(listener)
    },
    restart() {
      if (stopping !== undefined) return
      clearTimeout(timer)
      deaths = []
      const child = current
      current = undefined
      jobs?.end()
      child?.kill()
      restarts++
      const reason = 'The engine was started again on request.'
      lastExit = { reason, at: new Date().toISOString() }
      publish({ kind: 'restarting', restarts, reason })
      start()
    },
    stop() {
      stopping ??= stopProcess()
      return stopping.promise
    },
  }
}

/** The host's own connection to its engine over the process channel. It ends with the process; ask for a new one then. */
export function processChannel(child: EngineProcess): Channel {
  let closed = false
  const closeListeners: (() => void)[] = []
  const close = (): void => {
    if (closed) return
    closed = true
    for (const listener of closeListeners) listener()
  }
  child.onExit(close)
  return {
    send: (message: Message) => {
      if (!closed) child.send({ t: 'rpc', message })
    },
    onMessage: (handler) =>
      child.onMessage((message) => {
        if (!closed && message.t === 'rpc') handler(message.message)
      }),
    onClose: (handler) => void closeListeners.push(handler),
    close,
  }
}
