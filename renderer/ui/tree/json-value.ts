import type { ExactValue } from '#shared/model/arrow/index.ts'

/** Deepest nesting read; deeper text counts as unreadable rather than overflowing the stack. */
const DEPTH_MAX = 500

/**
 * Reads JSON text as values for the tree. Numbers keep every digit as written, which `JSON.parse` would round.
 * Undefined when the text is not JSON.
 */
export function parseJsonValue(text: string): ExactValue | undefined {
  try {
    // The engine's own parser decides validity; the reader below may then assume well-formed text.
    JSON.parse(text)
  } catch {
    return undefined
  }
  const reader = { text, at: 0 }
  return readValue(reader, 0)
}

interface Reader {
  readonly text: string
  at: number
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const STRING = /"(?:[^"\\]|\\.)*"/y
const SPACE = /\s*/y

function readValue(reader: Reader, depth: number): ExactValue | undefined {
  if (depth > DEPTH_MAX) return undefined
  skipSpace(reader)
  const first = reader.text.charAt(reader.at)
  if (first === '{') return readObject(reader, depth)
  if (first === '[') return readArray(reader, depth)
  if (first === '"') return { kind: 'string', value: readString(reader) }
  if (first === 't' || first === 'f') {
    reader.at += first === 't' ? 4 : 5
    return { kind: 'boolean', value: first === 't' }
  }
  if (first === 'n') {
    reader.at += 4
    return { kind: 'null' }
  }
  return { kind: 'decimal', text: take(reader, NUMBER) }
}

function readObject(reader: Reader, depth: number): ExactValue | undefined {
  const names: string[] = []
  const values: ExactValue[] = []
  const complete = readItems(reader, '}', () => {
    names.push(readString(reader))
    skipSpace(reader)
    reader.at += 1
    const value = readValue(reader, depth + 1)
    if (value !== undefined) values.push(value)
    return value !== undefined
  })
  return complete ? { kind: 'struct', names, field: (index) => values[index] ?? { kind: 'null' } } : undefined
}

function readArray(reader: Reader, depth: number): ExactValue | undefined {
  const items: ExactValue[] = []
  const complete = readItems(reader, ']', () => {
    const value = readValue(reader, depth + 1)
    if (value !== undefined) items.push(value)
    return value !== undefined
  })
  return complete
    ? { kind: 'list', length: items.length, item: (index) => items[index] ?? { kind: 'null' } }
    : undefined
}

/** Reads comma-separated items up to the closing bracket; false when one of them could not be read. */
function readItems(reader: Reader, close: string, readItem: () => boolean): boolean {
  reader.at += 1
  for (;;) {
    skipSpace(reader)
    if (reader.text.charAt(reader.at) === close) {
      reader.at += 1
      return true
    }
    if (reader.text.charAt(reader.at) === ',') {
      reader.at += 1
      skipSpace(reader)
    }
    if (!readItem()) return false
  }
}

function readString(reader: Reader): string {
  return JSON.parse(take(reader, STRING)) as string
}

function skipSpace(reader: Reader): void {
  take(reader, SPACE)
}

function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at
  const text = pattern.exec(reader.text)?.[0] ?? ''
  reader.at += text.length
  return text
}
