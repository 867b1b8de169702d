import { describe, expect, it } from 'vitest'
import { cookieValue, isLoopbackHost, isSameOrigin, isSameSecret } from './guard.ts'
import { createSessions } from './sessions.ts'

describe('isLoopbackHost', () => {
  it.each(['127.0.0.1', '127.0.0.1:8080', 'localhost:1', '[::1]:9000'])('takes %s', (host) => {
    expect(isLoopbackHost(host)).toBe(true)
  })
  it.each([
    undefined,
    '',
    'evil.example',
    '127.0.0.1.evil.example:80',
    'localhost.evil.example',
    '127.0.0.1:80@evil.example',
    '127.0.0.2',
    '0.0.0.0',
    '127.0.0.1:123456',
    '127.0.0.1:',
    ' 127.0.0.1',
  ])('refuses %s', (host) => {
    expect(isLoopbackHost(host)).toBe(false)
  })
})

it('takes only the page of the same address as same origin', () => {
  const host = '127.0.0.1:9000'
  expect(isSameOrigin({ host, origin: 'http://127.0.0.1:9000' })).toBe(true)
  for (const origin of [
    undefined,
    'null',
    'http://127.0.0.1:9001',
    'https://127.0.0.1:9000',
    'http://localhost:9000',
  ]) {
    expect(isSameOrigin({ host, origin })).toBe(false)
  }
  expect(isSameOrigin({ host: undefined, origin: 'http://undefined' })).toBe(false)
})

it('finds a cookie by its exact name', () => {
  const header = 'xtiltyard_1=a; tiltyard_1=b=c ; tiltyard_12=d'
  expect(cookieValue(header, 'tiltyard_1')).toBe('b=c')
  expect(cookieValue(header, 'tiltyard_2')).toBeUndefined()
  expect(cookieValue(undefined, 'tiltyard_1')).toBeUndefined()
})

it('compares secrets of any length', () => {
  expect(isSameSecret('a', 'a')).toBe(true)
  expect(isSameSecret('a', 'ab')).toBe(false)
})

describe('sessions', () => {
  it('spends a token once and keeps older unused ones good', () => {
    const sessions = createSessions()
    const [first, second] = [sessions.newToken(), sessions.newToken()]
    expect(sessions.redeem('wrong')).toBeUndefined()
    const session = sessions.redeem(first)
    expect(session).toMatch(/^[\w-]{43}$/)
    expect(sessions.redeem(first)).toBeUndefined()
    expect(sessions.redeem(second)).not.toBe(session)
    expect(sessions.isKnown(`c=${session}`, 'c')).toBe(true)
    expect(sessions.isKnown(`c=${second}`, 'c')).toBe(false)
    expect(sessions.isKnown(`d=${session}`, 'c')).toBe(false)
  })

  it('forgets the oldest of too many unused links', () => {
    const sessions = createSessions()
    const oldest = sessions.newToken()
    for (let link = 0; link < 8; link++) sessions.newToken()
    expect(sessions.redeem(oldest)).toBeUndefined()
  })
})
