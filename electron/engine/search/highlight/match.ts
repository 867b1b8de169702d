import type { TokenizedWord } from '../tokenize/tokenizer.ts'
import { isWithinEdits } from './distance.ts'

/** What to look for in the cells of one column. */
export type Wanted =
  | {
      readonly kind: 'tokens'
      readonly tokens: readonly string[]
      /** Every token has to be in the cell. */
      readonly isAll: boolean
      readonly edits: number
      readonly prefixLength: number
    }
  | {
      readonly kind: 'phrase'
      /** Positions count from the first. */
      readonly tokens: readonly { readonly text: string; readonly position: number }[]
      readonly slop: number
    }

export type Range = readonly [start: number, end: number]

/** Where a cell has what is wanted: in order, overlapping ranges joined. */
export function findRanges(words: readonly TokenizedWord[], wanted: readonly Wanted[]): readonly Range[] {
  return joinRanges(wanted.flatMap((it) => (it.kind === 'phrase' ? findPhrase(words, it) : findTokens(words, it))))
}

function findTokens(words: readonly TokenizedWord[], wanted: Extract<Wanted, { kind: 'tokens' }>): readonly Range[] {
  const { tokens, isAll, edits, prefixLength } = wanted
  const exact = new Set(tokens)
  const found = new Set<string>()
  const verdicts = new Map<string, boolean>()
  const isWanted = (token: string): boolean => {
    if (edits === 0) {
      if (exact.has(token)) found.add(token)
      return exact.has(token)
    }
    const known = verdicts.get(token)
    if (known !== undefined) return known
    const near = tokens.filter((it) => startsAlike(it, token, prefixLength) && isWithinEdits(it, token, edits))
    for (const it of near) found.add(it)
    verdicts.set(token, near.length > 0)
    return near.length > 0
  }
  // Every token is looked at, so that all of those found are known.
  const ranges = words
    .filter((word) => word.tokens.map(isWanted).includes(true))
    .map(({ start, end }): Range => [start, end])
  return isAll && found.size < exact.size ? [] : ranges
}

function startsAlike(a: string, b: string, length: number): boolean {
  return [...a].slice(0, length).join('') === [...b].slice(0, length).join('')
}

/**
 * Occurrences of a phrase as Lance finds them: its words in order, each at most `slop` places further from the one before
 * it than in the phrase. The nearest place of each word is taken.
 */
function findPhrase(words: readonly TokenizedWord[], { tokens, slop }: Extract<Wanted, { kind: 'phrase' }>): Range[] {
  const [first] = tokens
  if (first === undefined) return []
  const ranges: Range[] = []
  for (const [at, word] of words.entries()) {
    if (!word.tokens.includes(first.text)) continue
    const end = endOfPhrase(words, tokens, 1, at - first.position, slop)
    if (end !== undefined) ranges.push([word.start, (words[end] ?? word).end])
  }
  return ranges
}

/** Index of the word that ends a phrase whose word before `next` lies at `shift` from its place in the phrase. */
function endOfPhrase(
  words: readonly TokenizedWord[],
  tokens: Extract<Wanted, { kind: 'phrase' }>['tokens'],
  next: number,
  shift: number,
  slop: number,
): number | undefined {
  const wanted = tokens[next]
  if (wanted === undefined) return shift + (tokens.at(-1)?.position ?? 0)
  for (let more = 0; more <= slop; more++) {
    const at = shift + wanted.position + more
    if (at >= words.length) return undefined
    if (words[at]?.tokens.includes(wanted.text) !== true) continue
    const end = endOfPhrase(words, tokens, next + 1, shift + more, slop)
    if (end !== undefined) return end
  }
  return undefined
}

function joinRanges(ranges: readonly Range[]): readonly Range[] {
  const joined: [number, number][] = []
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1)
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}
