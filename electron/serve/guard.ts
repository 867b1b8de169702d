import { createHash, timingSafeEqual } from 'node:crypto'

/** The parts of a request the decisions below need. */
export interface RequestHeaders {
  readonly host?: string | undefined
  readonly origin?: string | undefined
  readonly cookie?: string | undefined
}

/**
 * Whether the Host header names this machine's loopback. Any port will do, because `ssh -L 9000:…` makes the browser say
 * 127.0.0.1:9000; the name is what a rebound DNS entry can never have.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/.test(host ?? '')
}

/** Whether the request comes from a page of this very address. A missing Origin is refused: browsers always send one here. */
export function isSameOrigin({ host, origin }: RequestHeaders): boolean {
  return host !== undefined && origin === `http://${host}`
}

/** Value of a cookie, exactly by name. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** Compares secrets in a time that tells nothing about where they differ, nor how long they are. */
export function isSameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
