/*
 * Entry of the engine process and of job processes, the same file under either host. A first message `job` makes it do that
 * job and end. Otherwise its first message says where to keep things; after that it serves the contract on whatever the host hands over: message ports (desktop), sockets (browser host), or the
 * process channel itself (the host's own calls and the command line).
 */
import { Socket } from 'node:net'
import { contract } from '#shared/contract/index.ts'
import type { Channel, Message } from '#shared/rpc/message.ts'
import { portChannel } from '#shared/rpc/port-channel.ts'
import { serve } from '#shared/rpc/server.ts'
import { createDatasetRegistry } from './datasets/index.ts'
import type { EngineContext } from './context.ts'
import { createContext, createHandlers } from './handlers.ts'
import { createJobStarter, serveTask } from './jobs/index.ts'
import { startIdleRuns } from './maintenance/index.ts'
import { openSocketDoor } from './sockets.ts'
import { closeStreams, countStreams } from './streams/index.ts'
import { exitReason } from './supervisor/exit-reason.ts'
import type { FromEngine, ToEngine } from './supervisor/messages.ts'
import { TASKS } from './tasks.ts'

/** What Electron adds to `process` in a utility process; typed here because the engine knows no Electron. */
interface ParentPort {
  postMessage(message: FromEngine): void
  on(
    type: 'message',
    listener: (event: {
      readonly data: ToEngine
      readonly ports: readonly Parameters<typeof portChannel>[0][]
    }) => void,
  ): void
}

type Serve = (channel: Channel) => void

const parentPort = (process as NodeJS.Process & { readonly parentPort?: ParentPort }).parentPort
/** What an ending engine has for commits of open streams; its host gives it a little longer. */
const COMMIT_MS = 25_000

const log = (line: string): void => void process.stderr.write(`[engine ${process.pid}] ${line}\n`)
const tell = (message: FromEngine): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process port, not a window
  if (parentPort !== undefined) parentPort.postMessage(message)
  // A host that is gone by now needs no answer; `disconnect` ends this process.
  else if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
}

/** Says the last thing this process has to say, then ends it. */
const tellLast = (message: FromEngine): void => {
  if (parentPort === undefined && process.connected) {
    process.send?.(message, undefined, undefined, () => process.exit(0))
    return
  }
  tell(message)
  // A port does not tell when a message is out.
  setTimeout(() => process.exit(0), 100)
}

const jobs = createJobStarter({
  start: (id, request) => tell({ t: 'job-start', id, request }),
  kill: (id) => tell({ t: 'job-kill', id }),
})

let serving: EngineContext | undefined
let serveOn: Serve | undefined
let onHostMessage: ((message: Message) => void) | undefined
const door = openSocketDoor(
  (channel) => serveOn?.(channel),
  (count) => tell({ t: 'connections', count }),
)

/** The host's own connection on the process channel. It lives as long as the process. */
const hostChannel: Channel = {
  send: (message) => tell({ t: 'rpc', message }),
  onMessage: (handler) => {
    onHostMessage = handler
  },
  onClose: () => undefined,
  close: () => undefined,
}

function start(message: Extract<ToEngine, { t: 'start' }>): void {
  const context = createContext({
    facts: message.facts,
    paths: message.paths,
    log,
    startJob: message.startsJobs === true ? jobs.startJob : undefined,
  })
  serving = context
  const handlers = createHandlers(context)
  const idleRuns = startIdleRuns(context)
  serveOn = (channel) => serve(contract, handlers, channel, { onError: logError, onCall: idleRuns.touch })
  serveOn(hostChannel)
  tell({ t: 'ready' })
}

async function work({ request, facts, paths }: Extract<ToEngine, { t: 'job' }>): Promise<void> {
  const context = { facts, paths, log, datasets: createDatasetRegistry({ paths }) }
  const last = await serveTask(TASKS[request.operation], request.input, context, {
    tell: (event) => tell({ t: 'job-event', event }),
    onError: (error) => logError(request.operation, error),
  })
  tellLast({ t: 'job-event', event: last })
}

function logError(operation: string, error: unknown): void {
  const cause = error instanceof Error && error.cause instanceof Error ? ` <- ${error.cause.message}` : ''
  const known = error instanceof Error && error.name === 'AppError'
  log(`${operation}: ${known || !(error instanceof Error) ? String(error) : (error.stack ?? error.message)}${cause}`)
}

let isStopping = false

/** Ends this process once every stream has committed what it has buffered; the host is told when that may take a while. */
async function stop(exitCode = 0): Promise<void> {
  if (isStopping) return
  isStopping = true
  if (serving === undefined) process.exit(exitCode)
  if (countStreams(serving) > 0) {
    tell({ t: 'committing' })
    // A disk that hangs must not keep a process alive that nobody serves any more.
    setTimeout(() => process.exit(1), COMMIT_MS).unref()
    await closeStreams(serving)
  }
  door.close()
  setTimeout(() => process.exit(exitCode), 50)
}

function receive(message: ToEngine, attachment: unknown): void {
  switch (message.t) {
    case 'start':
      return start(message)
    case 'job':
      return void work(message)
    case 'job-event':
      return jobs.onEvent(message.id, message.event)
    case 'job-exit':
      return jobs.onExit(message.id, exitReason(message.exit, "The job's process"))
    case 'port':
      return serveOn?.(portChannel(attachment as Parameters<typeof portChannel>[0]))
    case 'socket':
      // The peer may be gone by the time its socket arrives.
      if (attachment instanceof Socket) door.hold(message.id, message.request, attachment)
      tell({ t: 'taken', id: message.id })
      return
    case 'go':
      return door.accept(message.id)
    case 'rpc':
      return onHostMessage?.(message.message)
    case 'stop':
      return void stop()
  }
}

if (parentPort !== undefined) {
  parentPort.on('message', ({ data, ports }) => receive(data, ports[0]))
} else {
  process.on('message', (message, attachment) => receive(message as ToEngine, attachment))
  // Nobody to serve any more, however the host ended.
  process.on('disconnect', () => void stop())
  // Ctrl-C in a terminal, and its closing, reach the whole group; the host decides when its engine ends.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  // A service manager ends every process of a service.
  process.on('SIGTERM', () => void stop(143))
}

// Lance reports some failures from its own threads long after the call that caused them has been answered.
process.on('unhandledRejection', (error) => logError('unhandled', error))
