/** Rewards for where a typed letter is found; a hit at a word's start beats one in its middle. */
const START = 8
const WORD_START = 6
const FOLLOWS = 4
const SKIP_PENALTY = 0.1

/** How well `text` answers `query`, higher is better; undefined when a letter of the query is missing. Spaces in the query are skipped. */
export function fuzzyScore(query: string, text: string): number | undefined {
  const wanted = query.toLowerCase().replaceAll(' ', '')
  const letters = text.toLowerCase()
  const whole = letters.indexOf(query.trim().toLowerCase())
  let score = whole < 0 || wanted === '' ? 0 : 20
  let previous = -2
  for (const letter of wanted) {
    const found = bestPosition(letters, letter, previous)
    if (found < 0) return undefined
    score += reward(text, found, previous) - (found - previous) * SKIP_PENALTY
    previous = found
  }
  return score - text.length * 0.01
}

/** Keeps what matches, best first; equal matches keep their order. An empty query keeps everything as it is. */
export function fuzzyFilter<Item>(
  items: readonly Item[],
  query: string,
  textOf: (item: Item) => string,
): readonly Item[] {
  if (query.trim() === '') return items
  return items
    .flatMap((item) => {
      const score = fuzzyScore(query, textOf(item))
      return score === undefined ? [] : [{ item, score }]
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item)
}

/** The next place of a letter: right after the previous hit, else at a word's start, else anywhere behind it. */
function bestPosition(letters: string, letter: string, previous: number): number {
  const first = letters.indexOf(letter, Math.max(0, previous + 1))
  if (first < 0 || first === previous + 1) return first
  for (let at = first; at >= 0; at = letters.indexOf(letter, at + 1)) {
    if (isWordStart(letters, at)) return at
  }
  return first
}

function reward(text: string, at: number, previous: number): number {
  if (at === 0) return START
  if (isWordStart(text, at)) return WORD_START
  return at === previous + 1 ? FOLLOWS : 1
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[\s/\\_.:-]/.test(text.charAt(at - 1))
}
