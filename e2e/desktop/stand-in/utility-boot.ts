/* First module of a stand-in utility process: builds `process.parentPort`, then loads the app's file. */
import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'
import type { UtilityMessage } from './utility-process.ts'

/** What is sent while the app goes away is lost, as it is in Electron. */
function sendUp(message: UtilityMessage): void {
  process.send?.(message, undefined, undefined, () => undefined)
}

class UtilityPort extends EventEmitter {
  private queue: unknown[] = []
  private isStarted = false
  private readonly id: number
  constructor(id: number) {
    super()
    this.id = id
  }
  postMessage(data: unknown): void {
    sendUp({ port: this.id, data })
  }
  start(): void {
    this.isStarted = true
    for (const data of this.queue.splice(0)) this.emit('message', { data, ports: [] })
  }
  close(): void {
    sendUp({ port: this.id, closed: true })
    this.emit('close')
  }
  accept(message: { readonly data?: unknown; readonly closed?: true }): void {
    if (message.closed === true) this.emit('close')
    else if (this.isStarted) this.emit('message', { data: message.data, ports: [] })
    else this.queue.push(message.data)
  }
}

const ports = new Map<number, UtilityPort>()
const early: unknown[] = []
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => sendUp({ message, ports: [] }),
})
;(process as unknown as { parentPort: typeof parentPort }).parentPort = parentPort

parentPort.on('newListener', (name) => {
  if (name === 'message') setImmediate(() => early.splice(0).forEach((event) => parentPort.emit('message', event)))
})
process.on('message', (message: UtilityMessage) => {
  if ('port' in message) return ports.get(message.port)?.accept(message)
  const given = message.ports.map((id) => {
    const port = new UtilityPort(id)
    ports.set(id, port)
    return port
  })
  const event = { data: message.message, ports: given }
  if (parentPort.listenerCount('message') === 0 || early.length > 0) early.push(event)
  else parentPort.emit('message', event)
})
process.on('disconnect', () => process.exit(0))

await import(pathToFileURL(process.argv[2] ?? '').href)
