/** Longest run without a break that is handed to the tokenizer: its time grows with the square of a run. */
const MAX_RUN = 256

export type CountTokens = (text: string) => number

let counter: Promise<CountTokens> | undefined

/** Counts tokens of cl100k_base. Linear in any text; runs of hundreds of letters come out a few tokens too high. */
export function loadTokenCounter(): Promise<CountTokens> {
  return (counter ??= load())
}

async function load(): Promise<CountTokens> {
  const { countTokens } = await import('gpt-tokenizer/encoding/cl100k_base')
  // Names of special tokens in a text are text.
  const options = { disallowedSpecial: new Set<string>() }
  return (text) => {
    let tokens = 0
    for (const part of withoutLongRuns(text)) tokens += countTokens(part, options)
    return tokens
  }
}

/** The text in parts none of which has a longer run of white space, or of anything else, than the bound. */
function* withoutLongRuns(text: string): Generator<string> {
  let partStart = 0
  let runStart = 0
  let wasSpace = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const isSpace = code === 32 || (code >= 9 && code <= 13)
    if (isSpace !== wasSpace) {
      wasSpace = isSpace
      runStart = at
    } else if (at - runStart >= MAX_RUN && (code & 0xfc00) !== 0xdc00) {
      yield text.slice(partStart, at)
      partStart = at
      runStart = at
    }
  }
  yield partStart === 0 ? text : text.slice(partStart)
}
