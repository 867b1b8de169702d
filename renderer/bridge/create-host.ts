import { AppError } from '#shared/errors.ts'
import { DESKTOP_DOOR, type DesktopDoor } from '#shared/model/desktop-door.ts'
import { browserTransport } from './browser-transport.ts'
import { desktopTransport, onDesktopEvent } from './desktop-transport.ts'
import type { EngineState, Host } from './host.ts'
import { openSession } from './session.ts'

/** Listeners, with what came before the first of them. */
function createMailbox<T>(): {
  readonly post: (value: T) => void
  readonly listen: (listener: (value: T) => void) => () => void
} {
  const listeners = new Set<(value: T) => void>()
  let early: readonly T[] = []
  return {
    post(value) {
      if (listeners.size === 0) early = [...early, value]
      for (const listener of listeners) listener(value)
    },
    listen(listener) {
      listeners.add(listener)
      const missed = early
      early = []
      for (const value of missed) listener(value)
      return () => void listeners.delete(listener)
    },
  }
}

/** The window's door to the host it runs under; connecting starts at once. To be called once per page. */
export function createHost(): Host {
  const door = (window as unknown as Readonly<Record<string, DesktopDoor | undefined>>)[DESKTOP_DOOR]
  return door === undefined ? createBrowserHost() : createDesktopHost(door)
}

/** {@link createHost}, once it has reached its engine; rejects with what to do when that cannot be. */
export async function connectHost(): Promise<Host> {
  const host = createHost()
  return new Promise((resolve, reject) => {
    const settle = (state: EngineState): void => {
      if (state.kind === 'ready') resolve(host)
      else if (state.kind === 'gone') {
        reject(new AppError({ code: 'disconnected', message: state.reason, hint: state.hint }))
      } else return
      stop()
    }
    const stop = host.onEngine(settle)
    settle(host.engine())
  })
}

const blobUrl = (id: string): string => `/blob/${encodeURIComponent(id)}`

function createBrowserHost(): Host {
  const requests = createMailbox<readonly string[]>()
  // A new link pasted into the same tab changes the fragment only; the page has to start over to use its token.
  window.addEventListener('hashchange', () => {
    if (location.hash.startsWith('#token=')) location.reload()
  })
  return {
    kind: 'browser',
    ...openSession(browserTransport(requests.post)),
    pickDirectory: null,
    pathsOf: null,
    blobUrl,
    onOpenRequest: requests.listen,
    // A browser has no menu of ours.
    onMenuCommand: () => () => undefined,
  }
}

function createDesktopHost(door: DesktopDoor): Host {
  const requests = createMailbox<readonly string[]>()
  const commands = createMailbox<string>()
  onDesktopEvent((event) => {
    if (event.tiltyard === 'open') requests.post(event.locations)
    else if (event.tiltyard === 'menu') commands.post(event.commandId)
  })
  const session = openSession(desktopTransport(door))
  void door.pageReady()
  return {
    kind: 'desktop',
    ...session,
    pickDirectory: () => door.pickDirectory(),
    pathsOf: (files) => files.map((file) => door.pathOf(file)).filter((path) => path !== ''),
    blobUrl,
    onOpenRequest: requests.listen,
    onMenuCommand: commands.listen,
  }
}
