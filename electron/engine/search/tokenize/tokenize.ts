import type { Input, Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { TextToken } from '#shared/model/search.ts'
import type { EngineContext } from '../../context.ts'
import { closeMatches, type NativeToken } from '../../lance/index.ts'
import { openView, requireColumn, type View } from '../../rows/index.ts'
import { knownIndices, type KnownIndex } from '../known-indices.ts'
import { Tokenizer, type TokenizedWord } from './tokenizer.ts'

/** The tokens of a text as an index of the version sees them: the index named, or that of the column, or none. */
export async function tokenizeText(
  context: EngineContext,
  input: Input<'search.tokenize'>,
): Promise<Output<'search.tokenize'>> {
  const view = await openView(context, input)
  const tokenizer = new Tokenizer(view.table, chooseIndex(view, input))
  const { index, settings } = tokenizer
  const [tokens, [words]] = await Promise.all([tokenizer.tokens(input.text), tokenizer.words([input.text])])
  const placed = words === undefined ? undefined : placeTokens(tokens, words, settings['baseTokenizer'] === 'ngram')
  return {
    tokens: placed?.tokens ?? tokens,
    dropped: placed?.dropped ?? [],
    tokenizer: settings,
    ...(index === undefined ? {} : { index }),
  }
}

/** The full-text index of a column; undefined when it has none. */
export function textIndexOf(view: View, column: string): KnownIndex | undefined {
  return knownIndices(view.manifest).find((index) => index.details.kind === 'text' && index.column === column)
}

function chooseIndex(view: View, { index: name, column }: Input<'search.tokenize'>): KnownIndex | undefined {
  if (column !== undefined) requireColumn(view.manifest, column)
  if (name === undefined) return column === undefined ? undefined : textIndexOf(view, column)
  const all = knownIndices(view.manifest)
  const index = all.find((candidate) => candidate.name === name)
  if (index?.details.kind === 'text' && (column === undefined || index.column === column)) return index
  const texts = all.filter(({ details }) => details.kind === 'text').map((text) => text.name)
  const similar = closeMatches(name, texts)
  throw new AppError({
    code: 'index-not-found',
    message:
      index === undefined
        ? `There is no index "${name}" in this version.`
        : index.details.kind === 'text'
          ? `The index "${name}" is not of the column "${column ?? ''}".`
          : `The index "${name}" is not a full-text index.`,
    hint:
      texts.length === 0
        ? 'This version has no full-text index.'
        : `Full-text indices: ${(similar.length > 0 ? similar : texts).map((it) => `"${it}"`).join(', ')}.`,
    detail: { index: name },
  })
}

/**
 * Joins what Lance made of the whole text with the places of its words. Undefined when the words do not yield the same
 * tokens: then no place can be vouched for.
 */
function placeTokens(
  tokens: readonly NativeToken[],
  words: readonly TokenizedWord[],
  isGrams: boolean,
): Pick<Output<'search.tokenize'>, 'tokens' | 'dropped'> | undefined {
  // Lance gives all grams the same position.
  const placed = words.flatMap(({ tokens: made, start, end }, place) =>
    made.map((text): TextToken => ({ text, position: isGrams ? 0 : place, start, end })),
  )
  const isSame = placed.length === tokens.length && placed.every(({ text }, i) => text === tokens[i]?.text)
  if (!isSame) return undefined
  const dropped = words.filter((word) => word.tokens.length === 0)
  return { tokens: placed, dropped: dropped.map(({ text, start, end }) => ({ text, start, end })) }
}
