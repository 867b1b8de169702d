import type { IndexSettings } from '../../format/index-details.ts'
import { splitNative, tokenizeByIndex, type NativeTable, type NativeToken } from '../../lance/index.ts'
import type { KnownIndex } from '../known-indices.ts'
import { placeWords, splitWords, type Word } from './words.ts'

/** A word with the tokens the index made of it: none when it was dropped. */
export interface TokenizedWord extends Word {
  readonly tokens: readonly string[]
}

/** Longest wait for the tokens of a text. */
const TOKENIZE_TIMEOUT_MS = 30_000
/** UTF-16 units of words looked up at once. */
const LOOKUP_UNITS = 200_000

/** Without an index Lance compares words as they stand: no case is folded, nothing is stemmed or left out. */
const PLAIN: IndexSettings = {
  baseTokenizer: 'simple',
  lowercase: false,
  stem: false,
  removeStopWords: false,
  asciiFolding: false,
}

/**
 * The tokenizer of one full-text index, or of no index. Lance tells tokens without their places, so texts are cut into
 * words here and Lance is asked what becomes of each word; filters look at one word at a time.
 */
export class Tokenizer {
  readonly index: string | undefined
  readonly settings: IndexSettings
  readonly #table: NativeTable
  readonly #tokensOf = new Map<string, readonly string[]>()

  constructor(table: NativeTable, index: KnownIndex | undefined) {
    this.#table = table
    this.index = index?.name
    this.settings = index === undefined ? PLAIN : { baseTokenizer: 'simple', ...index.details.tokenizer }
  }

  /** The tokens Lance makes of a text. */
  async tokens(text: string): Promise<readonly NativeToken[]> {
    if (text.trim() === '') return []
    if (this.index !== undefined) return tokenizeByIndex(this.#table, text, this.index, TOKENIZE_TIMEOUT_MS)
    return (splitWords(text, this.settings) ?? []).map((word, position) => ({ text: word.text, position }))
  }

  /**
   * The words of texts in order, each with its place and what becomes of it; undefined where that cannot be told. Words
   * are asked of Lance once, many at a time with a word between them that stays as it is: filters look at one by one.
   */
  async words(texts: readonly string[]): Promise<readonly (readonly TokenizedWord[] | undefined)[]> {
    const split: (readonly Word[] | undefined)[] = []
    for (const text of texts) split.push(await this.#split(text))
    if (this.#isWhole) {
      const paired = split.map(async (words, i) => words && (await this.#pair(texts[i] ?? '', words)))
      return Promise.all(paired)
    }
    const unknown = new Set(split.flatMap((words) => (words ?? []).map(({ text }) => text)))
    for (const known of this.#tokensOf.keys()) unknown.delete(known)
    if (this.index === undefined) for (const word of unknown) this.#tokensOf.set(word, [word])
    else for (const part of partsOf(unknown)) await this.#lookUpTogether(part)
    return split.map((words) => words?.map((word) => ({ ...word, tokens: this.#tokensOf.get(word.text) ?? [] })))
  }

  /** Grams and whole texts cannot be looked up by themselves: a gram has grams of its own. */
  get #isWhole(): boolean {
    return ['ngram', 'raw'].includes(String(this.settings['baseTokenizer']))
  }

  async #split(text: string): Promise<readonly Word[] | undefined> {
    const own = splitWords(text, this.settings)
    if (own !== undefined) return own
    const { baseTokenizer, language } = this.settings
    const words = await splitNative(text, {
      baseTokenizer: String(baseTokenizer),
      ...(typeof language === 'string' ? { language } : {}),
    })
    return words === undefined ? undefined : placeWords(text, words)
  }

  /** Words with the tokens of the text, where none was dropped or all were. */
  async #pair(text: string, words: readonly Word[]): Promise<readonly TokenizedWord[] | undefined> {
    const tokens = await this.tokens(text)
    if (tokens.length !== 0 && tokens.length !== words.length) return undefined
    return words.map((word, i) => ({ ...word, tokens: tokens[i] === undefined ? [] : [tokens[i].text] }))
  }

  async #lookUpTogether(words: readonly string[]): Promise<void> {
    const between = separatorFor(words)
    const [separator, ...more] = await this.tokens(between)
    if (separator === undefined || more.length > 0) return this.#lookUpOneByOne(words)
    const tokens = await this.tokens(words.join(` ${between} `))
    const groups: string[][] = [[]]
    for (const { text } of tokens) {
      if (text === separator.text) groups.push([])
      else groups.at(-1)?.push(text)
    }
    if (groups.length !== words.length) return this.#lookUpOneByOne(words)
    for (const [i, word] of words.entries()) this.#tokensOf.set(word, groups[i] ?? [])
  }

  async #lookUpOneByOne(words: readonly string[]): Promise<void> {
    for (const word of words) {
      const tokens = await this.tokens(word)
      this.#tokensOf.set(
        word,
        tokens.map(({ text }) => text),
      )
    }
  }
}

/** Letters no word has: consonants that no stemmer shortens. */
function separatorFor(words: readonly string[]): string {
  let separator = 'qzxjvk'
  while (words.some((word) => word.toLowerCase().includes(separator))) separator += 'qx'
  return separator
}

function* partsOf(words: Iterable<string>): Generator<readonly string[]> {
  let part: string[] = []
  let units = 0
  for (const word of words) {
    if (units > 0 && units + word.length > LOOKUP_UNITS) {
      yield part
      part = []
      units = 0
    }
    part.push(word)
    units += word.length + 10
  }
  if (part.length > 0) yield part
}
