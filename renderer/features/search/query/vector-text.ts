/** Numbers a person pasted: one vector, or several, one a line or as nested lists. */
export type ParsedVectors =
  | { readonly ok: true; readonly vectors: readonly (readonly number[])[] }
  | { readonly ok: false; readonly message: string }

/**
 * Reads vectors from JSON (`[1, 2]`, `[[1, 2], [3, 4]]`), from NumPy's print form (`[1. 2.]`), and from numbers separated
 * by commas, semicolons, tabs or spaces, a vector a line. A list that spans lines is one vector.
 */
export function parseVectorText(text: string): ParsedVectors {
  const trimmed = text.trim()
  if (trimmed === '') return fail('Paste the numbers of a vector.')
  const lists = trimmed.startsWith('[')
    ? splitLists(trimmed)
    : trimmed.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lists === undefined) return fail('A bracket is not closed.')
  const vectors: number[][] = []
  for (const [index, list] of lists.entries()) {
    const parts = list.split(/[\s,;]+/).filter((part) => part !== '')
    const values = parts.map(toNumber)
    const odd = values.findIndex((value) => value === undefined)
    const where = lists.length === 1 ? '' : ` of vector ${index + 1}`
    if (odd >= 0) return fail(`“${parts[odd]?.slice(0, 24)}” (number ${odd + 1}${where}) is not a number.`)
    if (values.length === 0) return fail(`Vector ${index + 1} is empty.`)
    vectors.push(values.flatMap((value) => value ?? []))
  }
  const dimension = vectors[0]?.length
  const uneven = vectors.findIndex(({ length }) => length !== dimension)
  if (uneven > 0)
    return fail(`Vector ${uneven + 1} has ${vectors[uneven]?.length} numbers, and the first has ${dimension}.`)
  return { ok: true, vectors }
}

/** The innermost lists of bracketed text; undefined when brackets do not match. */
function splitLists(text: string): readonly string[] | undefined {
  const lists: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') {
      depth++
      start = at + 1
    } else if (text[at] === ']') {
      if (--depth < 0) return undefined
      if (start <= at) lists.push(text.slice(start, at))
      start = text.length + 1
    }
  }
  return depth === 0 && lists.length > 0 ? lists : undefined
}

function toNumber(part: string): number | undefined {
  const value = Number(part)
  return /^[-+]?(\d|\.\d)/.test(part) && !Number.isNaN(value) ? value : undefined
}

function fail(message: string): ParsedVectors {
  return { ok: false, message }
}
