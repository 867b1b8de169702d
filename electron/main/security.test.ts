import { describe, expect, it } from 'vitest'
import { isOwnAddress, isSafeExternal, isTrustedFrame, lockSession } from './security.ts'

it.each([
  ['app://bundle/', true],
  ['app://bundle/blob/x', true],
  ['app://bundle.evil/', false],
  ['app://evil/', false],
  ['https://bundle/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['', false],
])('%s is our own page: %s', (address, expected) => {
  expect(isOwnAddress(address)).toBe(expected)
})

it('trusts the top frame of our page only', () => {
  const frame = (url: string, parent: unknown = null) => ({ url, parent }) as Parameters<typeof isTrustedFrame>[0]
  expect(isTrustedFrame(frame('app://bundle/'))).toBe(true)
  expect(isTrustedFrame(frame('app://bundle/', {}))).toBe(false)
  expect(isTrustedFrame(frame('https://evil.example/'))).toBe(false)
  expect(isTrustedFrame(null)).toBe(false)
})

it('hands only https to the system browser', () => {
  expect(isSafeExternal('https://lance.example/')).toBe(true)
  for (const address of ['http://lance.example/', 'file:///x', 'javascript:1', 'ms-word:x', 'nonsense']) {
    expect(isSafeExternal(address)).toBe(false)
  }
})

describe('lockSession', () => {
  it('grants nothing but writing to the clipboard', () => {
    type Session = Parameters<typeof lockSession>[0]
    let request: Parameters<Session['setPermissionRequestHandler']>[0] = null
    let check: Parameters<Session['setPermissionCheckHandler']>[0] = null
    let device: Parameters<Session['setDevicePermissionHandler']>[0] = null
    lockSession({
      setPermissionRequestHandler: (handler) => void (request = handler),
      setPermissionCheckHandler: (handler) => void (check = handler),
      setDevicePermissionHandler: (handler) => void (device = handler),
    })
    const decisions: Record<string, boolean> = {}
    for (const permission of ['media', 'clipboard-read', 'clipboard-sanitized-write'] as const) {
      request!({} as never, permission, (granted) => (decisions[permission] = granted), {} as never)
    }
    expect(decisions).toEqual({ media: false, 'clipboard-read': false, 'clipboard-sanitized-write': true })
    expect(check!({} as never, 'media', '', {} as never)).toBe(false)
    expect(device!({} as never)).toBe(false)
  })
})
