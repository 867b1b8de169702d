import type { Chunking, DocumentBlock, ParsedDocument } from '#shared/model/import/documents.ts'
import { lineRangesOf, sentencesOf, spansOf, trimRange, trimRangeEnd, type Range } from './boundaries.ts'
import type { CountTokens } from './count-tokens.ts'
import { headingWords } from './markdown.ts'

/** A piece of text that is not cut any more. */
export interface Atom extends Range {
  /** With the white space before it. */
  readonly tokens: number
  /** What it begins: a section with its heading, a block, or nothing. */
  readonly begins: 'section' | 'block' | 'nothing'
  readonly isHeading: boolean
  readonly headings: readonly string[]
  readonly page: number | null
}

type Section = Pick<Atom, 'headings' | 'page' | 'isHeading'>

/** Characters of a piece of text cut only by size. Short, so that chunks come close to their size. */
const MAX_SPAN = 64
/** A token is hardly longer: text beyond this many characters a token is too large without being counted. */
const MAX_TOKEN_LENGTH = 16
const MAX_HEADING_LENGTH = 300
/** Characters of a block that is not looked into: a sentence or two. */
const SHORT_BLOCK = 160

/** Cuts a document into atoms, in order; together they hold every character that is not white space. */
export function* atomsOf(
  document: Pick<ParsedDocument, 'text' | 'blocks'>,
  chunking: Chunking,
  countTokens: CountTokens,
): Generator<Atom> {
  const { text, blocks } = document
  const cutter = new Cutter(text, chunking, countTokens)
  const path: { readonly level: number; readonly words: string }[] = []
  let headings: readonly string[] = []
  let page: number | null = null
  let at = 0
  for (const block of blocks) {
    const start = Math.max(at, block.start)
    const end = Math.min(text.length, block.end)
    // Text outside of blocks there should be none; it must not get lost.
    const before = trimRange(text, at, start)
    if (before !== undefined) yield* cutter.cut(before, 'paragraph', { headings, page, isHeading: false })
    page = block.page ?? page
    const isHeading = block.kind === 'heading'
    if (isHeading) {
      const level = block.level ?? 1
      while ((path.at(-1)?.level ?? 0) >= level) path.pop()
      const words = headingWords(text.slice(start, Math.min(end, start + MAX_HEADING_LENGTH)))
      path.push({ level, words: words.replaceAll(/\s+/g, ' ') })
      headings = path.map((heading) => heading.words)
    }
    if (end > start) yield* cutter.cut({ start, end }, block.kind, { headings, page, isHeading })
    at = Math.max(at, end)
  }
  const rest = trimRange(text, at, text.length)
  if (rest !== undefined) yield* cutter.cut(rest, 'paragraph', { headings, page, isHeading: false })
}

class Cutter {
  readonly #text: string
  readonly #chunking: Chunking
  readonly #countTokens: CountTokens
  /** End of the atom before. */
  #end = 0

  constructor(text: string, chunking: Chunking, countTokens: CountTokens) {
    this.#text = text
    this.#chunking = chunking
    this.#countTokens = countTokens
  }

  *cut(range: Range, kind: DocumentBlock['kind'], section: Section): Generator<Atom> {
    let begins: Atom['begins'] = section.isHeading ? 'section' : 'block'
    for (const found of this.#pieces(range, kind)) {
      const piece = trimRangeEnd(this.#text, found)
      if (piece === undefined) continue
      for (const atom of this.#fitting(piece)) {
        yield { ...atom, ...section, begins }
        this.#end = atom.end
        begins = 'nothing'
      }
    }
  }

  /** Parts of a block that are kept whole where they fit. */
  *#pieces(range: Range, kind: DocumentBlock['kind']): Generator<Range> {
    const { by, overlap, size } = this.#chunking
    if (by === 'fixed') return yield* spansOf(this.#text, range, this.#spanLength(), true)
    // What may be repeated in the next chunk has to be smaller than most blocks are.
    const isShort = range.end - range.start <= Math.min(overlap === 0 ? size : SHORT_BLOCK, size)
    if (isShort || (overlap === 0 && this.#measure(range) !== undefined)) return yield range
    if (kind === 'paragraph' || kind === 'quote' || kind === 'heading') yield* sentencesOf(this.#text, range)
    else yield* lineRangesOf(this.#text, range)
  }

  *#fitting(piece: Range): Generator<Range & { readonly tokens: number }> {
    const tokens = this.#measure(piece)
    if (tokens !== undefined) {
      yield { ...piece, tokens }
      return
    }
    for (let at = piece.start; at < piece.end;) {
      const span = this.#firstSpan({ start: at, end: piece.end })
      if (span === undefined) return
      yield span
      this.#end = span.end
      at = span.end
    }
  }

  /** As much of a range as one span may have: less of it, and parts of a cluster in the end, where tokens are many. */
  #firstSpan(range: Range): (Range & { readonly tokens: number }) | undefined {
    for (let length = this.#spanLength(), keepsClusters = true; ;) {
      const span = spansOf(this.#text, range, length, keepsClusters).next().value ?? undefined
      if (span === undefined) return undefined
      const tokens = this.#measure(span)
      if (tokens !== undefined) return { ...span, tokens }
      if (!keepsClusters && length === 1) return { ...span, tokens: this.#count(span) }
      if (keepsClusters) keepsClusters = false
      else length >>= 1
    }
  }

  #spanLength(): number {
    const { size, unit } = this.#chunking
    return Math.max(1, Math.min(MAX_SPAN, unit === 'characters' ? size >> 3 : size >> 1))
  }

  /** Tokens of a range; undefined when it does not fit into a chunk. */
  #measure(range: Range): number | undefined {
    const { size, unit } = this.#chunking
    const length = range.end - range.start
    if (unit === 'characters') return length > size ? undefined : this.#count(range)
    if (length > size * MAX_TOKEN_LENGTH) return undefined
    const tokens = this.#count(range)
    return tokens > size ? undefined : tokens
  }

  #count({ start, end }: Range): number {
    return this.#countTokens(this.#text.slice(Math.min(this.#end, start), end))
  }
}
