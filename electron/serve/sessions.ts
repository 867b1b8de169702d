import { randomBytes } from 'node:crypto'
import { cookieValue, isSameSecret } from './guard.ts'

/** Links open once and then are dead; each gives one browser a session that lives as long as this process. */
export interface Sessions {
  /** A fresh one-time token. Earlier ones that were never used stay good, up to a handful. */
  newToken(): string
  /** Spends a token; the new session's secret, or undefined when the token is wrong or spent. */
  redeem(token: string): string | undefined
  /** Whether a Cookie header carries a session under the given cookie name. */
  isKnown(cookieHeader: string | undefined, cookieName: string): boolean
}

/** Unused links and sessions kept; the oldest go first. */
const MAX_TOKENS = 8
const MAX_SESSIONS = 64

export function createSessions(): Sessions {
  let tokens: readonly string[] = []
  let sessions: readonly string[] = []
  const secret = (): string => randomBytes(32).toString('base64url')
  return {
    newToken() {
      const token = secret()
      tokens = [...tokens, token].slice(-MAX_TOKENS)
      return token
    },
    redeem(token) {
      // Every token is compared, so the time taken says nothing about which one came close.
      const matching = tokens.filter((known) => isSameSecret(known, token))
      if (matching.length === 0) return undefined
      tokens = tokens.filter((known) => !matching.includes(known))
      const session = secret()
      sessions = [...sessions, session].slice(-MAX_SESSIONS)
      return session
    },
    isKnown(cookieHeader, cookieName) {
      const value = cookieValue(cookieHeader, cookieName)
      if (value === undefined) return false
      return sessions.filter((session) => isSameSecret(session, value)).length > 0
    },
  }
}
