import { isWord, tokenize } from './tokens.ts'

/** Adds a condition to a filter with AND, keeping the meaning of what is there; a condition already present is not repeated. */
export function addCondition(filter: string, condition: string): string {
  const existing = filter.trim()
  if (existing === '') return condition
  const parts = splitConjunction(existing)
  if (parts.some((part) => normalize(part) === normalize(condition))) return existing
  const tokens = tokenize(existing)
  const needsParens = hasTopLevelOr(existing)
  // A line comment would swallow whatever is put behind it on the same line.
  const endsInComment = tokens.at(-1)?.kind === 'comment'
  const left = needsParens ? `(${existing}${endsInComment ? '\n' : ''})` : existing
  return `${left}${endsInComment && !needsParens ? '\n' : ' '}AND ${hasTopLevelOr(condition) ? `(${condition})` : condition}`
}

/** Top-level parts of `a AND b AND c`; the whole text when it is no plain conjunction. BETWEEN keeps its AND. */
export function splitConjunction(filter: string): readonly string[] {
  if (hasTopLevelOr(filter)) return [filter.trim()]
  const parts: string[] = []
  let depth = 0
  let start = 0
  let betweens = 0
  for (const token of tokenize(filter)) {
    if (token.kind === 'open') depth += 1
    if (token.kind === 'close') depth -= 1
    if (depth !== 0) continue
    if (isWord(token, 'between')) betweens += 1
    if (!isWord(token, 'and')) continue
    if (betweens > 0) {
      betweens -= 1
      continue
    }
    parts.push(filter.slice(start, token.start).trim())
    start = token.end
  }
  return [...parts, filter.slice(start).trim()]
}

function hasTopLevelOr(filter: string): boolean {
  let depth = 0
  for (const token of tokenize(filter)) {
    if (token.kind === 'open') depth += 1
    if (token.kind === 'close') depth -= 1
    if (depth === 0 && isWord(token, 'or')) return true
  }
  return false
}

function normalize(text: string): string {
  return tokenize(text)
    .map((token) => (token.kind === 'word' ? token.text.toLowerCase() : token.text))
    .join(' ')
}
