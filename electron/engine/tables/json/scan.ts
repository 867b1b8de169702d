import { isSpace } from '../bytes/numbers.ts'

/** Deeper nesting is made to break parsers. */
export const MAX_DEPTH = 200

const containers = new Uint8Array(MAX_DEPTH)
const OBJECT = 125
const LIST = 93

/** What was wrong, and whether the text only stopped too early. Set by every function here that returns -1. */
export const fault = { reason: '', isEnd: false }
/** What {@link skipString} saw. */
export const seen = { hasEscapes: false }

export function fail(reason: string, at: number, end: number): -1 {
  fault.isEnd = at >= end
  fault.reason = fault.isEnd ? 'ends in the middle' : reason
  return -1
}

export function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && isSpace(bytes[at] as number)) at++
  return at
}

/** Checks the JSON value that begins at `start` and returns where it ends, or -1. Takes NaN and Infinity, as Python writes them. */
export function skipValue(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  let depth = 0
  for (;;) {
    at = skipSpace(bytes, at, end)
    if (at >= end) return fail('', at, end)
    const byte = bytes[at] as number
    let isOpen = false
    if (byte === 34) at = skipString(bytes, at, end)
    else if (byte === 123 || byte === 91) {
      if (depth === MAX_DEPTH) return fail(`is nested deeper than ${MAX_DEPTH} levels`, at, end)
      containers[depth++] = byte + 2
      at = skipSpace(bytes, at + 1, end)
      if (bytes[at] === byte + 2 && at < end) {
        depth--
        at++
      } else {
        isOpen = true
        if (byte === 123) at = skipKey(bytes, at, end)
      }
    } else at = skipScalar(bytes, at, end)
    if (at < 0) return -1
    if (isOpen) continue
    for (;;) {
      if (depth === 0) return at
      at = skipSpace(bytes, at, end)
      const closer = containers[depth - 1] as number
      if (bytes[at] === closer && at < end) {
        depth--
        at++
        continue
      }
      if (bytes[at] !== 44 || at >= end) {
        return fail(
          `has no comma and no end of the ${closer === OBJECT ? 'object' : 'list'} where one has to be`,
          at,
          end,
        )
      }
      at++
      if (closer === LIST) break
      at = skipKey(bytes, skipSpace(bytes, at, end), end)
      if (at < 0) return -1
      break
    }
  }
}

/** Moves over `"key" :`. */
function skipKey(bytes: Uint8Array, start: number, end: number): number {
  const keyEnd = skipString(bytes, start, end)
  if (keyEnd < 0) return -1
  const at = skipSpace(bytes, keyEnd, end)
  return bytes[at] === 58 && at < end ? at + 1 : fail('has a key without a colon', at, end)
}

/** Bytes that stand for themselves in a string. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 32 && byte !== 34 && byte !== 92 ? 1 : 0))

/** Moves over a string with its quotes. */
export function skipString(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== 34 || start >= end) return fail('has something else where a string has to be', start, end)
  seen.hasEscapes = false
  let at = start + 1
  for (; at < end; at++) {
    const byte = bytes[at] as number
    if (IS_PLAIN[byte] === 1) continue
    if (byte === 34) return at + 1
    if (byte < 32) return fail('has a control character in a string', at, end)
    seen.hasEscapes = true
    at++
    const letter = bytes[at] as number
    if (at < end && letter === 117) {
      for (let digit = 1; digit <= 4; digit++) {
        if (at + digit >= end) return fail('', end, end)
        if (hexOf(bytes[at + digit] as number) < 0) return fail('has an escape that is none', at, end)
      }
      at += 4
    } else if (at < end && escaped(letter) === 0) return fail('has an escape that is none', at, end)
  }
  return fail('', end, end)
}

/** The character a backslash and a letter stand for; 0 for none. */
export function escaped(letter: number): number {
  switch (letter) {
    case 34:
    case 47:
    case 92:
      return letter
    case 98:
      return 8
    case 102:
      return 12
    case 110:
      return 10
    case 114:
      return 13
    case 116:
      return 9
    default:
      return 0
  }
}

export function hexOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const lower = byte | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

/** Words by their first byte, which is another for each. */
const WORD_OF = new Map(
  ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'].map((word) => [word.charCodeAt(0), Buffer.from(word)]),
)
const WORDS = Array.from({ length: 256 }, (_, byte) => WORD_OF.get(byte))

/** Moves over a value that is no string, object or list. */
export function skipScalar(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return fail('', start, end)
  const byte = bytes[start] as number
  if (byte === 45 || (byte >= 48 && byte <= 57)) {
    const at = skipNumber(bytes, start, end)
    if (at >= 0 || bytes[start + 1] !== 73) return at
  }
  const word = WORDS[byte]
  if (word === undefined) return fail('has something that is no JSON value', start, end)
  let index = 1
  while (index < word.length && start + index < end && word[index] === bytes[start + index]) index++
  if (index === word.length) return start + index
  return fail('has something that is no JSON value', start + index >= end ? end : start, end)
}

const IS_DIGIT = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 48 && byte <= 57 ? 1 : 0))

function skipNumber(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] === 45 ? start + 1 : start
  let at = first
  while (at < end && IS_DIGIT[bytes[at] as number] === 1) at++
  if (at === first) return fail('has a number without digits', at, end)
  if (bytes[first] === 48 && at > first + 1) return fail('has a number that begins with 0', first, end)
  if (at >= end) return at
  let byte = bytes[at] as number
  if (byte === 46) {
    const from = ++at
    while (at < end && IS_DIGIT[bytes[at] as number] === 1) at++
    if (at === from) return fail('has a number that ends with its point', at, end)
    if (at >= end) return at
    byte = bytes[at] as number
  }
  if ((byte | 32) === 101) {
    let from = at + 1
    if (from < end && (bytes[from] === 43 || bytes[from] === 45)) from++
    at = from
    while (at < end && IS_DIGIT[bytes[at] as number] === 1) at++
    if (at === from) return fail('has a number with an empty exponent', at, end)
  }
  return at
}
