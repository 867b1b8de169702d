import type { Api, Host } from '#renderer/bridge/host.ts'
import { AppError } from '#shared/errors.ts'

let current: Host | undefined

/** Called once at start, before anything is rendered. */
export function setHost(host: Host): void {
  current = host
}

/** The window's host, also outside React. Throws `internal` before {@link setHost}. */
export function getHost(): Host {
  if (current === undefined) throw new AppError({ code: 'internal', message: 'The window is not connected yet.' })
  return current
}

/** The engine's contract, ready to call. */
export function getApi(): Api {
  return getHost().api
}

/** {@link getHost} for components; the host never changes while the window lives. */
export const useHost = getHost

/** {@link getApi} for components. */
export const useApi = getApi
