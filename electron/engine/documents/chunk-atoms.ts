import type { Chunking, DocumentBlock, ParsedDocument } from '#shared/model/import/documents.ts'
import { lineRangesOf, sentencesOf, spansOf, trimRange, type Range } from './boundaries.ts'
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
    for (const piece of this.#pieces(range, kind)) {
      for (const atom of this.#fitting(piece)) {
        yield { ...atom, ...section, begins }
        this.#end = atom.end
        begins = 'nothing'
      }
    }
  }

  /** Parts of a block that are kept whole where they fit. */
  *#pieces(range: Range, kind: DocumentBlock['kind']): Generator<Range> {
    const { by, overlap } = this.#chunking
    if (by === 'fixed') return yield* spansOf(this.#text, range, this.#spanLength())
    // What may be repeated in the next chunk has to be smaller than blocks are.
    if (overlap === 0 && this.#measure(range) !== undefined) return yield range
    if (kind === 'paragraph' || kind === 'quote' || kind === 'heading') yield* sentencesOf(this.#text, range)
    else yield* lineRangesOf(this.#text, range)
  }

  *#fitting(piece: Range): Generator<Range & { readonly tokens: number }> {
    const tokens = this.#measure(piece)
    if (tokens !== undefined) {
      yield { ...piece, tokens }
      return
    }
    for (let length = this.#spanLength(), at = piece.start; at < piece.end;) {
      const span: Range | undefined =
        spansOf(this.#text, { start: at, end: piece.end }, length).next().value ?? undefined
      if (span === undefined) return
      const size = this.#measure(span)
      if (size === undefined && length > 1) {
        length = length >> 1
        continue
      }
      yield { ...span, tokens: size ?? this.#count(span) }
      this.#end = span.end
      at = span.end
      length = this.#spanLength()
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
