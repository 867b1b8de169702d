import type { Chunk, Chunking, ParsedDocument } from '#shared/model/import/documents.ts'
import { atomsOf, type Atom } from './chunk-atoms.ts'
import type { CountTokens } from './count-tokens.ts'

/** Least share of a chunk's size that is worth ending it early, between blocks instead of inside one. */
const EARLY_END = 0.25

/**
 * Cuts a document into chunks of at most `size`, in order. By structure, a heading begins a chunk, and chunks end between
 * blocks, else sentences or lines, else words; fixed, between words wherever the size is reached. Every character that is not
 * white space is in a chunk. An overlap repeats the end of the chunk before, at most half of the size and never across a
 * heading. Tokens of a chunk are those of its pieces, so a few more than it has. Linear in the text.
 */
export function chunkDocument(
  document: Pick<ParsedDocument, 'text' | 'blocks'>,
  chunking: Chunking,
  countTokens: CountTokens,
): readonly Chunk[] {
  const packer = new Packer(chunking)
  for (const atom of atomsOf(document, chunking, countTokens)) packer.add(atom)
  return packer.finish()
}

class Packer {
  readonly #chunks: Chunk[] = []
  readonly #size: number
  readonly #overlap: number
  readonly #byStructure: boolean
  readonly #measure: (atoms: readonly Atom[], from: number, to: number) => number
  #atoms: Atom[] = []
  /** Leading atoms that are repeated from the chunk before. */
  #repeated = 0
  #tokens = 0

  constructor({ size, overlap, unit, by }: Chunking) {
    this.#size = size
    this.#overlap = Math.min(overlap, size >> 1)
    this.#byStructure = by === 'structure'
    this.#measure =
      unit === 'tokens'
        ? (atoms, from, to) => sumTokens(atoms, from, to)
        : (atoms, from, to) => (to > from ? (atoms[to - 1]?.end ?? 0) - (atoms[from]?.start ?? 0) : 0)
    this.#fits =
      unit === 'tokens'
        ? (atom) => this.#tokens + atom.tokens <= size
        : (atom) => atom.end - (this.#atoms[0]?.start ?? atom.start) <= size
  }

  readonly #fits: (atom: Atom) => boolean

  add(atom: Atom): void {
    // Headings that follow each other stay with the text they introduce.
    if (this.#byStructure && atom.begins === 'section' && this.#atoms.some(({ isHeading }) => !isHeading)) {
      this.#emit(this.#atoms.length)
      this.#keep(this.#atoms.length)
    }
    while (this.#atoms.length > 0 && !this.#fits(atom)) this.#endBefore(atom)
    this.#atoms.push(atom)
    this.#tokens += atom.tokens
  }

  finish(): readonly Chunk[] {
    if (this.#atoms.length > this.#repeated) this.#emit(this.#atoms.length)
    return this.#chunks
  }

  #endBefore(atom: Atom): void {
    const end = this.#endOf(atom)
    if (end <= this.#repeated) {
      // Only what is repeated is in the way.
      this.#keep(end)
      this.#repeated = 0
      return
    }
    this.#emit(end)
    let from = end
    const first = Math.max(this.#repeated, 0) + 1
    while (from > first && this.#measure(this.#atoms, from - 1, end) <= this.#overlap) from--
    const repeated = this.#atoms.slice(from, end)
    this.#keep(end)
    if (repeated.length === 0) return
    const tokens = sumTokens(repeated, 0, repeated.length)
    // What is left and the atom that comes go before a repetition.
    const together = [...repeated, ...this.#atoms, atom]
    if (this.#measure(together, 0, together.length) > this.#size) return
    this.#atoms = [...repeated, ...this.#atoms]
    this.#repeated = repeated.length
    this.#tokens += tokens
  }

  /** How many of the atoms make the chunk that ends before `atom`. */
  #endOf(atom: Atom): number {
    const all = this.#atoms.length
    if (!this.#byStructure || atom.begins !== 'nothing') return all
    for (let end = all - 1; end > this.#repeated; end--) {
      const next = this.#atoms[end]
      if (next === undefined || next.begins === 'nothing') continue
      // A heading is not left behind by its text.
      if (this.#atoms[end - 1]?.isHeading === true) continue
      return this.#measure(this.#atoms, 0, end) >= this.#size * EARLY_END ? end : all
    }
    return all
  }

  #emit(end: number): void {
    const first = this.#atoms[0]
    const last = this.#atoms[end - 1]
    if (first === undefined || last === undefined) return
    let told = last
    for (let at = this.#repeated; at < end; at++) {
      const atom = this.#atoms[at]
      if (atom === undefined || atom.isHeading) continue
      told = atom
      break
    }
    this.#chunks.push({
      start: first.start,
      end: last.end,
      tokens: sumTokens(this.#atoms, 0, end),
      headings: told.headings,
      page: first.page,
    })
  }

  /** Drops the first atoms. */
  #keep(from: number): void {
    this.#atoms = this.#atoms.slice(from)
    this.#tokens = sumTokens(this.#atoms, 0, this.#atoms.length)
    this.#repeated = 0
  }
}

function sumTokens(atoms: readonly Atom[], from: number, to: number): number {
  let tokens = 0
  for (let at = from; at < to; at++) tokens += atoms[at]?.tokens ?? 0
  return tokens
}
