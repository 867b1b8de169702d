import type { SampleAssets, SampleDocument } from './assets.ts'
import type { CsvRow } from './csv.ts'
import { embed, hashText } from './embed.ts'

/** One row of the sample before it becomes Arrow; null is null there too. */
export interface SampleRow {
  readonly id: bigint
  readonly document: string
  readonly title: string
  readonly kind: string
  readonly topic: string
  readonly text: string
  readonly vector: Float32Array | null
  /** Days since 1970. */
  readonly published: number | null
  /** Microseconds since 1970, UTC. */
  readonly ingestedAt: bigint
  /** Hundredths. */
  readonly price: bigint | null
  /** May be NaN. */
  readonly score: number | null
  readonly reviewed: boolean | null
  readonly note: string | null
  readonly tags: readonly string[] | null
  /** Beyond 2^53, so that a viewer that rounds is caught. */
  readonly fingerprint: bigint
  readonly source: { readonly author: CsvRow | undefined; readonly position: number; readonly sentences: number } | null
  /** JSON text. */
  readonly attributes: string | null
  readonly picture: Uint8Array | null
}

const INGESTED_AT = 1_735_689_600_000_000n
const SECOND = 1_000_000n

/**
 * Rows of documents [from, to): first each as a whole, with its picture, then all cut into windows of one sentence, two
 * sentences, and so on.
 */
export function documentRows(assets: SampleAssets, from: number, to: number): readonly SampleRow[] {
  const authors = new Map(assets.authors.map((author) => [author['author'] ?? '', author]))
  const rows = assets.documents.slice(from, to).flatMap((document, index) => {
    const author = authors.get(document.facts['author'] ?? '')
    return windowsOf(document).map((window, order) =>
      chunkRow(assets, document, author, window, (from + index) * 100 + order),
    )
  })
  const isWhole = (row: SampleRow): boolean => row.kind === 'document'
  return [...rows.filter(isWhole), ...rows.filter((row) => !isWhole(row))].map((row, index) => ({
    ...row,
    id: BigInt(from * 100 + index),
  }))
}

/** One row per term of the glossary. */
export function glossaryRows(assets: SampleAssets): readonly SampleRow[] {
  return assets.glossary.map((term, index) => {
    const text = `${term['term']}: ${term['definition']}`
    return {
      id: BigInt(100_000 + index),
      document: 'glossary',
      title: term['term'] ?? '',
      kind: 'term',
      topic: term['topic'] ?? '',
      text,
      vector: embed(text),
      published: null,
      ingestedAt: INGESTED_AT + BigInt(100_000 + index) * SECOND,
      price: null,
      score: null,
      reviewed: false,
      note: null,
      tags: [],
      fingerprint: fingerprint(text),
      source: null,
      attributes: null,
      picture: null,
    }
  })
}

interface Window {
  readonly text: string
  readonly position: number
  readonly sentences: number
}

function windowsOf({ sentences }: SampleDocument): readonly Window[] {
  const sizes = sentences.map((_, index) => index + 1)
  return sizes.flatMap((size) =>
    sentences.slice(0, sentences.length - size + 1).map((_, position) => ({
      text: sentences.slice(position, position + size).join(' '),
      position,
      sentences: size,
    })),
  )
}

function chunkRow(
  assets: SampleAssets,
  document: SampleDocument,
  author: CsvRow | undefined,
  window: Window,
  number: number,
): SampleRow {
  const { facts } = document
  const topic = facts['topic'] ?? ''
  const pictures = assets.images.get(topic) ?? []
  const hash = hashText(window.text)
  const isWhole = window.sentences === document.sentences.length
  return {
    id: BigInt(number),
    document: document.name,
    title: document.title,
    kind: isWhole ? 'document' : 'chunk',
    topic,
    text: window.text,
    // A few rows without a vector: the state a failed embedding leaves behind.
    vector: number % 97 === 13 ? null : embed(window.text),
    published: toDays(facts['published'] ?? null),
    ingestedAt: INGESTED_AT + BigInt(number) * SECOND + BigInt(hash % 1_000_000),
    price: toHundredths(facts['price'] ?? null),
    score: hash % 29 === 0 ? Number.NaN : hash % 11 === 0 ? null : (hash % 1000) / 1000,
    reviewed: toBoolean(facts['reviewed'] ?? null),
    note: facts['note'] ?? null,
    tags: facts['tags']?.split(' ') ?? null,
    fingerprint: fingerprint(window.text),
    source: { author, position: window.position, sentences: window.sentences },
    attributes: JSON.stringify({ words: window.text.split(' ').length, window: [window.position, window.sentences] }),
    picture: isWhole ? (pictures[number % pictures.length] ?? null) : null,
  }
}

function toDays(date: string | null): number | null {
  return date === null ? null : Date.parse(date) / 86_400_000
}

function toHundredths(amount: string | null): bigint | null {
  return amount === null ? null : BigInt(amount.replace('.', ''))
}

function toBoolean(word: string | null): boolean | null {
  return word === null ? null : word === 'true'
}

function fingerprint(text: string): bigint {
  const high = BigInt(hashText(text) & 0x7fffffff)
  return (high << 32n) | BigInt(hashText(`${text}.`))
}
