/** A piece of a SQL filter. Offsets are 0-based, `end` exclusive. */
export interface Token {
  readonly kind:
    'word' | 'quoted-name' | 'string' | 'number' | 'operator' | 'open' | 'close' | 'comma' | 'dot' | 'comment' | 'other'
  readonly text: string
  readonly start: number
  readonly end: number
  /** False for a quote or comment that never ends. */
  readonly closed: boolean
}

const RULES: readonly (readonly [Token['kind'], RegExp])[] = [
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /[xX]?'(?:[^']|'')*(?:'|$)/y],
  ['quoted-name', /`(?:[^`]|``)*(?:`|$)|"(?:[^"]|"")*(?:"|$)/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['operator', /<=|>=|<>|!=|\|\||[=<>+\-*/%]/y],
  ['open', /[([]/y],
  ['close', /[)\]]/y],
  ['comma', /,/y],
  ['dot', /\./y],
  ['other', /\S/uy],
]
const SPACE = /\s+/y

/** Splits a filter into tokens; never fails, whatever the text. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    SPACE.lastIndex = at
    const space = SPACE.exec(text)
    if (space !== null) {
      at += space[0].length
      continue
    }
    const token = tokenAt(text, at)
    tokens.push(token)
    at = token.end
  }
  return tokens
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of RULES) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) {
      return { kind, text: match[0], start: at, end: at + match[0].length, closed: isClosed(kind, match[0]) }
    }
  }
  return { kind: 'other', text: text.charAt(at), start: at, end: at + 1, closed: true }
}

function isClosed(kind: Token['kind'], text: string): boolean {
  if (kind === 'comment') return !text.startsWith('/*') || text.endsWith('*/')
  if (kind === 'string') return /^[xX]?'(?:[^']|'')*'$/.test(text)
  if (kind === 'quoted-name') return /^`(?:[^`]|``)*`$|^"(?:[^"]|"")*"$/.test(text)
  return true
}

/** The bare name of a word or quoted name. */
export function nameOf(token: Token): string {
  if (token.kind !== 'quoted-name') return token.text
  const quote = token.text.charAt(0)
  const inner = token.closed ? token.text.slice(1, -1) : token.text.slice(1)
  return inner.replaceAll(quote + quote, quote)
}

/** True for a word token equal to one of the given lower-case keywords. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toLowerCase())
}
