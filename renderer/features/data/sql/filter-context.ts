import { isWord, nameOf, tokenize, type Token } from './tokens.ts'

/** What can be written at a place of a filter. `from` is where the replaced text begins. */
export type FilterContext =
  /** A column, a function, or NOT. */
  | {
      readonly kind: 'operand'
      readonly from: number
      readonly prefix: string
      readonly comparedWith: readonly string[] | null
    }
  /** A field of a struct column. */
  | { readonly kind: 'member'; readonly from: number; readonly prefix: string; readonly path: readonly string[] }
  /** A comparison, AND or OR. */
  | { readonly kind: 'operator'; readonly from: number; readonly prefix: string; readonly afterComparison: boolean }
  /** The inside of a string compared with a column. */
  | {
      readonly kind: 'string'
      readonly from: number
      readonly prefix: string
      readonly comparedWith: readonly string[]
    }
  | { readonly kind: 'none' }

const COMPARISONS = ['=', '!=', '<>', '<', '<=', '>', '>=']
const AFTER_OPERATOR = ['and', 'or', 'not', 'in', 'like', 'ilike', 'between', 'is', 'as', 'cast']

/** Decides what the text before the cursor asks for. */
export function filterContext(text: string, position: number): FilterContext {
  const before = tokenize(text.slice(0, position))
  const last = before.at(-1)
  if (last === undefined) return { kind: 'operand', from: position, prefix: '', comparedWith: null }
  const touches = last.end === position
  if (last.kind === 'comment' && (touches || !last.closed)) return { kind: 'none' }
  if (last.kind === 'string' && !last.closed) return stringContext(before, last)
  if (last.kind === 'string' || last.kind === 'number') {
    return touches ? { kind: 'none' } : { kind: 'operator', from: position, prefix: '', afterComparison: true }
  }
  const isOpenName = last.kind === 'quoted-name' && !last.closed
  if (touches && (last.kind === 'word' || isOpenName)) return wordContext(before.slice(0, -1), last)
  if (last.kind === 'dot') {
    const path = pathEndingAt(before, before.length - 2)
    return path === null ? { kind: 'none' } : { kind: 'member', from: position, prefix: '', path }
  }
  return placeContext(before, position, '')
}

/** A word is being typed: what it may become depends on what stands before it. */
function wordContext(before: readonly Token[], word: Token): FilterContext {
  if (before.at(-1)?.kind === 'dot') {
    const path = pathEndingAt(before, before.length - 2)
    return path === null ? { kind: 'none' } : { kind: 'member', from: word.start, prefix: nameOf(word), path }
  }
  return placeContext(before, word.start, nameOf(word))
}

function placeContext(before: readonly Token[], from: number, prefix: string): FilterContext {
  const last = before.at(-1)
  if (last === undefined || wantsOperand(last)) {
    return { kind: 'operand', from, prefix, comparedWith: comparedColumn(before) }
  }
  return { kind: 'operator', from, prefix, afterComparison: endsComparison(before) }
}

function wantsOperand(token: Token): boolean {
  if (token.kind === 'open' || token.kind === 'comma' || token.kind === 'operator') return true
  return isWord(token, ...AFTER_OPERATOR)
}

function stringContext(before: readonly Token[], string: Token): FilterContext {
  const comparedWith = comparedColumn(before.slice(0, -1))
  const prefix = string.text.slice(string.text.indexOf("'") + 1).replaceAll("''", "'")
  return comparedWith === null ? { kind: 'none' } : { kind: 'string', from: string.start, prefix, comparedWith }
}

/** The column at the left of `col = …`, `col IN (a, …`, `col LIKE …` when the tokens end right there; else null. */
function comparedColumn(tokens: readonly Token[]): readonly string[] | null {
  let index = tokens.length - 1
  const at = (position: number): Token | undefined => tokens[position]
  if (at(index)?.kind === 'comma' || at(index)?.kind === 'open') {
    while (index >= 0 && at(index)?.kind !== 'open') index -= 1
    index -= 1
    if (!isWord(at(index), 'in')) return null
    index -= isWord(at(index - 1), 'not') ? 2 : 1
    return pathEndingAt(tokens, index)
  }
  const operator = at(index)
  const compares = operator?.kind === 'operator' && COMPARISONS.includes(operator.text)
  if (!compares && !isWord(operator, 'like', 'ilike')) return null
  index -= isWord(at(index - 1), 'not') ? 2 : 1
  return pathEndingAt(tokens, index)
}

/** Names of a dotted path whose last part is the token at `index`. */
function pathEndingAt(tokens: readonly Token[], index: number): readonly string[] | null {
  const path: string[] = []
  for (let at = index; ; at -= 2) {
    const token = tokens[at]
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted-name')) return null
    path.unshift(nameOf(token))
    if (tokens[at - 1]?.kind !== 'dot') return path
  }
}

/** True when the last operand already is the right side of a comparison, so that AND or OR comes next. */
function endsComparison(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1)
  if (isWord(last, 'null', 'true', 'false')) return true
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index]
    if (isWord(token, 'and', 'or')) return false
    if (token?.kind === 'operator' && COMPARISONS.includes(token.text)) return true
    if (isWord(token, 'in', 'like', 'ilike', 'between')) return true
  }
  return false
}
