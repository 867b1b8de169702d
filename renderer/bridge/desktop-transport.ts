import type { DesktopDoor, DesktopEvent } from '#shared/model/desktop-door.ts'
import type { EngineStatus } from '#shared/model/engine-status.ts'
import { AppError } from '#shared/errors.ts'
import { portChannel } from '#shared/rpc/port-channel.ts'
import type { Transport } from './transport.ts'

/** Time a port may take from the main process to the page. */
const PORT_TIMEOUT_MS = 5000

/** Calls `listener` for every event of the desktop host, with the port that came along, if any. */
export function onDesktopEvent(listener: (event: DesktopEvent, port: MessagePort | undefined) => void): void {
  window.addEventListener('message', (message) => {
    const data: unknown = message.data
    // Only the preload can post to this window from this window with this shape; frames and openers do not exist here.
    if (message.source !== window || typeof data !== 'object' || data === null || !('tiltyard' in data)) return
    listener(data as DesktopEvent, message.ports[0])
  })
}

/** The way to the engine in the desktop: a message port of our own, straight to its process. */
export function desktopTransport(door: DesktopDoor): Transport {
  const statusListeners = new Set<(status: EngineStatus) => void>()
  let status: EngineStatus | undefined
  let takePort: ((port: MessagePort) => void) | undefined

  onDesktopEvent((event, port) => {
    if (event.tiltyard === 'engine') {
      status = event.status
      for (const listener of statusListeners) listener(event.status)
    } else if (event.tiltyard === 'port' && port !== undefined) {
      if (takePort === undefined) port.close()
      else takePort(port)
    }
  })

  return {
    // Pushed on every change; before the first push the engine is on its way.
    status: () => Promise.resolve(status ?? { kind: 'ready', restarts: 0 }),
    async open() {
      const port = new Promise<MessagePort>((resolve, reject) => {
        const message = 'The engine did not connect in time.'
        const timer = setTimeout(() => reject(new AppError({ code: 'disconnected', message })), PORT_TIMEOUT_MS)
        takePort = (given) => {
          clearTimeout(timer)
          takePort = undefined
          resolve(given)
        }
      })
      port.catch(() => undefined)
      const answer = await door.connect()
      status = answer
      if (answer.kind !== 'ready') throw new AppError({ code: 'disconnected', message: answer.reason })
      return { channel: portChannel(await port), restarts: answer.restarts }
    },
    async restart() {
      status = await door.restartEngine()
    },
    onStatus: (listener) => void statusListeners.add(listener),
  }
}
