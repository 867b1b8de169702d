import { EventEmitter } from 'node:events'

/** Electron's MessagePortMain: queues until started, takes only ports along. */
export class MessagePortMain extends EventEmitter {
  peer: MessagePortMain | undefined
  private isStarted = false
  private isClosed = false
  private queue: unknown[] = []
  /** Set once the port lives in another process: where what is sent to it goes. */
  private remote: { send(data: unknown): void; close(): void } | undefined

  postMessage(data: unknown, transfer: readonly unknown[] = []): void {
    if (!transfer.every((item) => item instanceof MessagePortMain)) {
      throw new TypeError('transferables must be an array of MessagePorts')
    }
    if (!this.isClosed) this.peer?.accept(data)
  }

  start(): void {
    this.isStarted = true
    for (const data of this.queue.splice(0)) this.emit('message', { data, ports: [] })
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.remote?.close()
    this.emit('close')
    this.peer?.close()
  }

  /** Hands the port to another process. */
  moveTo(remote: { send(data: unknown): void; close(): void }): void {
    this.remote = remote
    for (const data of this.queue.splice(0)) remote.send(data)
    if (this.isClosed) remote.close()
  }

  /** Takes what the other end posted. */
  accept(data: unknown): void {
    if (this.remote !== undefined) this.remote.send(data)
    else if (this.isStarted) this.emit('message', { data, ports: [] })
    else this.queue.push(data)
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain()
  readonly port2 = new MessagePortMain()
  constructor() {
    this.port1.peer = this.port2
    this.port2.peer = this.port1
  }
}

let nextPortId = 1

/** Ports that left this process for another one, by number. */
export class MovedPorts {
  private readonly ports = new Map<number, MessagePortMain>()

  move(
    port: MessagePortMain,
    send: (message: { readonly port: number; readonly data?: unknown; readonly closed?: true }) => void,
  ): number {
    const id = nextPortId++
    this.ports.set(id, port)
    port.moveTo({ send: (data) => send({ port: id, data }), close: () => send({ port: id, closed: true }) })
    return id
  }

  /** The other process posted on, or closed, a port it was given. */
  receive(message: { readonly port: number; readonly data?: unknown; readonly closed?: true }): void {
    const port = this.ports.get(message.port)
    if (message.closed === true) port?.close()
    else port?.postMessage(message.data)
  }

  closeAll(): void {
    for (const port of this.ports.values()) port.close()
    this.ports.clear()
  }
}
