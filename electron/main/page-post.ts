import type { BrowserWindow, MessagePortMain } from 'electron'
import { DESKTOP_CHANNELS, type DesktopEvent } from '#shared/model/desktop-door.ts'

/** What main tells the page; locations to open wait until the page listens. */
export interface PagePost {
  attach(window: BrowserWindow): void
  /** The page listens now. */
  ready(window: BrowserWindow): void
  send(event: DesktopEvent): void
  sendPort(window: BrowserWindow, port: MessagePortMain): void
  open(locations: readonly string[]): void
}

export function createPagePost(initial: readonly string[]): PagePost {
  let target: BrowserWindow | undefined
  let isListening = false
  let waiting = initial

  const deliver = (event: DesktopEvent, ports: MessagePortMain[] = []): void => {
    if (target !== undefined && !target.isDestroyed())
      target.webContents.postMessage(DESKTOP_CHANNELS.event, event, ports)
  }
  const flush = (): void => {
    if (!isListening || waiting.length === 0) return
    deliver({ tiltyard: 'open', locations: waiting })
    waiting = []
  }
  return {
    attach(window) {
      target = window
      isListening = false
      // A page that reloads has to say again that it listens; one that was kept from leaving goes on listening.
      window.webContents.on('did-navigate', () => {
        isListening = false
      })
      window.once('closed', () => {
        if (target === window) target = undefined
      })
    },
    ready(window) {
      if (window !== target) return
      isListening = true
      flush()
    },
    send: (event) => deliver(event),
    sendPort(window, port) {
      if (window === target) deliver({ tiltyard: 'port' }, [port])
      else port.close()
    },
    open(locations) {
      waiting = [...waiting, ...locations]
      flush()
    },
  }
}
