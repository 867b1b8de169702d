export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Where in a filter the problem lies, from the evidence of `lance/errors.ts`: a column or token it names, a line and
 * column, or the end of the text. Undefined when the evidence does not single out one place.
 */
export function locateProblem(filter: string, detail: unknown): Span | undefined {
  if (typeof detail !== 'object' || detail === null) return undefined
  const { column, token, literal, syntax, line } = detail as Record<string, unknown>
  if (typeof line === 'number' && typeof column === 'number') return toEnd(filter, offsetOf(filter, line, column))
  if (typeof column === 'string') return findToken(filter, column, false)
  if (typeof token === 'string') return findToken(filter, token, false)
  if (typeof literal === 'string') return findToken(filter, literal, true)
  if (typeof syntax !== 'string') return undefined
  const found = /found: ([\s\S]+?)(?: at Line: (\d+), Column: (\d+))?$/.exec(syntax)
  if (found === null) return undefined
  if (found[1] === 'EOF') return { start: filter.trimEnd().length, end: filter.length }
  return findOnly(filter, found[1] ?? '')
}

/** 1-based line and column, counted in characters, as a 0-based UTF-16 offset. */
function offsetOf(filter: string, line: number, column: number): number {
  const lines = filter.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
  const inLine = [...(lines[line - 1] ?? '')].slice(0, column - 1).join('')
  return before + inLine.length
}

function toEnd(filter: string, start: number): Span {
  return { start: Math.min(start, filter.length), end: filter.length }
}

export interface Token extends Span {
  /** The text without its quotes. */
  readonly text: string
  readonly isLiteral: boolean
  readonly isQuoted: boolean
}

/** Words, quoted names, string literals, and other signs, in order. */
export function tokensOf(filter: string): Token[] {
  const pattern = /--[^\n]*|'(?:[^']|'')*'|`(?:[^`]|``)*`|"(?:[^"]|"")*"|[\p{L}\p{N}_$.]+|[<>=!]+|\S/gu
  return [...filter.matchAll(pattern)].map((match) => {
    const [raw] = match
    const quote = raw.length > 1 && /^['"`]/.test(raw) ? raw.slice(0, 1) : ''
    const text = quote === '' ? raw : raw.slice(1, -1).replaceAll(quote + quote, quote)
    return { text, isLiteral: quote === "'", isQuoted: quote !== '', start: match.index, end: match.index + raw.length }
  })
}

/** The first token with this text, whatever its case; dotted names match by their first or any later part too. */
function findToken(filter: string, text: string, mayBeLiteral: boolean): Span | undefined {
  const wanted = text.toLowerCase()
  const tokens = tokensOf(filter).filter((token) => mayBeLiteral || !token.isLiteral)
  const exact = tokens.find((token) => token.text.toLowerCase() === wanted)
  const found = exact ?? tokens.find((token) => token.text.toLowerCase().split('.').includes(wanted))
  return found === undefined ? undefined : { start: found.start, end: found.end }
}

/** The token the parser stumbled over, if the filter has it once, or right after an equal one. */
function findOnly(filter: string, text: string): Span | undefined {
  const tokens = tokensOf(filter)
  const places = tokens.filter((token) => token.text === text || filter.slice(token.start, token.end) === text)
  const doubled = places.find((token) => tokens[tokens.indexOf(token) - 1]?.text === text)
  const found = doubled ?? (places.length === 1 ? places[0] : undefined)
  return found === undefined ? undefined : { start: found.start, end: found.end }
}
