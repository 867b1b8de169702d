import type { TextQuery, Tokenized } from '#shared/model/search.ts'

/** A stretch of a text: a word with the tokens made of it, a word that was dropped, or what lies between. */
export type Segment =
  | { readonly kind: 'word'; readonly text: string; readonly start: number; readonly tokens: Tokenized['tokens'] }
  | { readonly kind: 'dropped'; readonly text: string; readonly start: number }
  | { readonly kind: 'between'; readonly text: string; readonly start: number }

/** Cuts a text at its tokens; null where places are not known or overlap, as grams do. */
export function segmentsOf(text: string, { tokens, dropped }: Tokenized): readonly Segment[] | null {
  const words = new Map<number, { readonly end: number; readonly tokens: Tokenized['tokens'][number][] | null }>()
  for (const token of tokens) {
    if (token.start === undefined || token.end === undefined) return null
    const known = words.get(token.start)
    if (known !== undefined && known.end !== token.end) return null
    if (known?.tokens === undefined || known.tokens === null)
      words.set(token.start, { end: token.end, tokens: [token] })
    else known.tokens.push(token)
  }
  for (const { start, end } of dropped) words.set(start, { end, tokens: null })
  const segments: Segment[] = []
  let from = 0
  for (const [start, word] of [...words].toSorted((a, b) => a[0] - b[0])) {
    if (start < from) return null
    if (start > from) segments.push({ kind: 'between', text: text.slice(from, start), start: from })
    const part = { text: text.slice(start, word.end), start }
    segments.push(word.tokens === null ? { kind: 'dropped', ...part } : { kind: 'word', ...part, tokens: word.tokens })
    from = word.end
  }
  if (from < text.length) segments.push({ kind: 'between', text: text.slice(from), start: from })
  return segments
}

/** All words of a query, those that must not match too. */
export function wordsOf(query: string | TextQuery): string {
  if (typeof query === 'string') return query
  switch (query.kind) {
    case 'match':
    case 'phrase':
    case 'multi-match':
      return query.terms
    case 'boost':
      return [query.positive, query.negative].map(wordsOf).join(' ')
    case 'boolean':
      return [...(query.must ?? []), ...(query.should ?? []), ...(query.mustNot ?? [])].map(wordsOf).join(' ')
  }
}
