import type { Chunk, DocumentBlock } from '#shared/model/import/documents.ts'

/** One record as it is shown: its text in two parts, the first of which repeats the end of the record before. */
export interface ShownChunk {
  /** 0-based. */
  readonly index: number
  readonly page: number | null
  /** True where the page differs from the record before. */
  readonly isNewPage: boolean
  readonly headings: readonly string[]
  readonly isNewHeading: boolean
  readonly tokens: number
  readonly characters: number
  /** UTF-16 offsets into the text; the record begins with what is repeated, which ends where its own begins. */
  readonly start: number
  readonly ownStart: number
  readonly end: number
}

/** Chunks over their text, in order; at most `limit`. */
export function showChunks(chunks: readonly Chunk[], limit: number): readonly ShownChunk[] {
  return chunks.slice(0, limit).map((chunk, index) => {
    const before = chunks[index - 1]
    const cut = before === undefined ? chunk.start : Math.min(Math.max(before.end, chunk.start), chunk.end)
    return {
      index,
      page: chunk.page,
      isNewPage: chunk.page !== null && chunk.page !== before?.page,
      headings: chunk.headings,
      isNewHeading: chunk.headings.length > 0 && chunk.headings.join('\n') !== before?.headings.join('\n'),
      tokens: chunk.tokens,
      characters: chunk.end - chunk.start,
      start: chunk.start,
      ownStart: cut,
      end: chunk.end,
    }
  })
}

/** A stretch of text inside or outside a heading. */
export interface TextPiece {
  readonly text: string
  readonly isHeading: boolean
}

/** Cuts a stretch of the text (UTF-16 offsets) where headings begin and end. */
export function headingPieces(
  text: string,
  [start, end]: readonly [start: number, end: number],
  headings: readonly DocumentBlock[],
): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let at = start
  for (const heading of headings) {
    if (heading.end <= at) continue
    if (heading.start >= end) break
    const from = Math.max(heading.start, at)
    if (from > at) pieces.push({ text: text.slice(at, from), isHeading: false })
    const to = Math.min(heading.end, end)
    pieces.push({ text: text.slice(from, to), isHeading: true })
    at = to
  }
  if (at < end) pieces.push({ text: text.slice(at, end), isHeading: false })
  return pieces
}
