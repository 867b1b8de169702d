import type { Session, WebContents, WebFrameMain } from 'electron'

export const SCHEME = 'app'
const HOST = 'bundle'
export const PAGE_ADDRESS = `${SCHEME}://${HOST}/`

/** The only permission a page ever gets: writing to the clipboard on a click. */
const GRANTED = 'clipboard-sanitized-write'

/** Whether an address is the app's own page. */
export function isOwnAddress(address: string): boolean {
  try {
    const { protocol, host } = new URL(address)
    return protocol === `${SCHEME}:` && host === HOST
  } catch {
    return false
  }
}

/** Whether a message comes from the top frame of our own page. A frame that is gone by now has no business asking. */
export function isTrustedFrame(frame: Pick<WebFrameMain, 'url' | 'parent'> | null): boolean {
  return frame !== null && frame.parent === null && isOwnAddress(frame.url)
}

/** Whether an address may be handed to the system's browser. */
export function isSafeExternal(address: string): boolean {
  try {
    return new URL(address).protocol === 'https:'
  } catch {
    return false
  }
}

/** Refuses every permission and device but {@link GRANTED}. */
export function lockSession(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(permission === GRANTED))
  session.setPermissionCheckHandler((_contents, permission) => permission === GRANTED)
  session.setDevicePermissionHandler(() => false)
}

/** Keeps a page where it is: no navigation, no web views, no windows; https links go to the system's browser. */
export function lockContents(contents: WebContents, openExternal: (address: string) => void): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isSafeExternal(url)) setImmediate(() => openExternal(url))
    return { action: 'deny' }
  })
}
