import type { Block } from '../bytes/block.ts'
import type { Cells } from '../bytes/cells.ts'
import { isAt, writtenAs, type Key, type Keys } from './keys.ts'
import { plainTextEnd } from './plain.ts'
import { fail, fault, seen, skipScalar, skipSpace, skipString, skipValue } from './scan.ts'
import { unescape, unescaped } from './unescape.ts'

/** Keys of the object scanned last that nobody knows. */
const strangers: string[] = []
const MAX_STRANGERS = 20

/** Says which keys of the object scanned last nobody knows, once; undefined when there were none. */
export function takeStrangers(): string | undefined {
  if (strangers.length === 0) return undefined
  const names = strangers.splice(0).map((name) => JSON.stringify(name.slice(0, 60)))
  return `has ${names.length === 1 ? 'the key' : 'the keys'} ${names.join(', ')}, for which there is no column`
}
const NULL = 110

/**
 * Puts the values of the object at `start` into the row of cells that was begun at `at`; returns where the object ends,
 * or -1 with `fault`. Of a key that comes twice the last value counts.
 */
export function scanObject(cells: Cells, at: number, keys: Keys, start: number, end: number): number {
  const { block } = cells
  const { sequence } = keys
  sequence.length = 0
  if (block.bytes[start] !== 123 || start >= end) return fail('is not an object', start, end)
  let pos = start + 1
  let expected = 0
  let isEmpty = true
  let isKnown = true
  for (;;) {
    let key = keys.list[expected]
    if (key !== undefined && isAt(block.view, pos, end, key.written)) {
      expected++
      pos = pastSpace(block.bytes, pos + key.written.length, end)
    } else {
      pos = readKey(block, keys, pos, end, isEmpty)
      if (pos < 0 || found.isEnd) return pos
      key = keys.list[found.index]
      if (key !== undefined) expected = found.index + 1
    }
    isEmpty = false
    if (key === undefined) isKnown = false
    else sequence.push(key)
    pos = key === undefined ? skipValue(block.bytes, pos, end) : takeValue(cells, at, key, pos, end)
    if (pos < 0) return -1
    pos = pastSpace(block.bytes, pos, end)
    const next = pos < end ? block.bytes[pos] : 0
    if (next === 125) {
      if (!isKnown) sequence.length = 0
      return pos + 1
    }
    if (next !== 44) return fail('has no comma and no end of the object where one has to be', pos, end)
    pos++
  }
}

/** As {@link skipSpace}, of which there mostly is none. */
function pastSpace(bytes: Uint8Array, start: number, end: number): number {
  return (bytes[start] as number) > 32 ? start : skipSpace(bytes, start, end)
}

/** The index of the key {@link readKey} read, -1 when nobody knows it, or that there was the end of the object instead. */
const found = { index: -1, isEnd: false }

/**
 * Reads what comes behind a comma or the brace: a key, whose form is kept for {@link isAt}, or the end of an empty object.
 * Returns where its value begins or the object ends, or -1 with `fault`.
 */
function readKey({ bytes }: Block, keys: Keys, start: number, end: number, isEmpty: boolean): number {
  const keyStart = skipSpace(bytes, start, end)
  found.isEnd = isEmpty && keyStart < end && bytes[keyStart] === 125
  if (found.isEnd) return keyStart + 1
  const keyEnd = skipString(bytes, keyStart, end)
  if (keyEnd < 0) return -1
  found.index = findKey(bytes, keys, keyStart + 1, keyEnd - 1)
  const colon = skipSpace(bytes, keyEnd, end)
  if (bytes[colon] !== 58 || colon >= end) return fail('has a key without a colon', colon, end)
  const valueStart = skipSpace(bytes, colon + 1, end)
  const key = keys.list[found.index]
  if (key !== undefined) key.written = writtenAs(bytes.subarray(start, valueStart))
  return valueStart
}

/** Index of a key just passed by {@link skipString}. */
function findKey(bytes: Buffer, keys: Keys, start: number, end: number): number {
  const text = bytes.toString('utf8', start, end)
  const name = seen.hasEscapes ? (JSON.parse(`"${text}"`) as string) : text
  const index = keys.indexOf(name)
  if (index < 0 && !keys.isPartial && strangers.length < MAX_STRANGERS) strangers.push(name)
  return index
}

/** Moves over a string with its quotes as {@link skipString} does, four bytes at a time when it has no escapes. */
function skipText({ bytes, view }: Block, start: number, end: number): number {
  const textEnd = plainTextEnd(bytes, view, start + 1, end)
  if (textEnd < 0) return skipString(bytes, start, end)
  seen.hasEscapes = false
  return textEnd + 1
}

function takeValue(cells: Cells, at: number, key: Key, start: number, end: number): number {
  const { block } = cells
  const first = start < end ? (block.bytes[start] as number) : 0
  if (key.children !== undefined && first === 123) {
    const objectEnd = scanObject(cells, at, key.children, start, end)
    if (objectEnd >= 0 && key.column !== undefined) put(cells, at + key.column, start, objectEnd)
    return objectEnd
  }
  const valueEnd =
    first === 34
      ? skipText(block, start, end)
      : first === 123 || first === 91
        ? skipValue(block.bytes, start, end)
        : skipScalar(block.bytes, start, end)
  if (valueEnd < 0 || key.column === undefined) return valueEnd
  const cell = at + key.column
  if (first === NULL) cells.starts[cell] = -1
  else if (first !== 34 || key.isRaw) put(cells, cell, start, valueEnd)
  else if (!seen.hasEscapes) put(cells, cell, start + 1, valueEnd - 1)
  else if (unescape(block, start + 1, valueEnd - 1)) put(cells, cell, unescaped.start, unescaped.end)
  else return fail('has half of a surrogate pair in a string', start, end)
  return valueEnd
}

function put(cells: Cells, cell: number, start: number, end: number): void {
  cells.starts[cell] = start
  cells.ends[cell] = end
}

/** The reason a scan stopped, with its place counted from 1. */
export function whyNot(): string {
  return `is not valid: it ${fault.reason}`
}

const NOTHING = writtenAs(new Uint8Array(0))

/** Puts the items of the list at `start` into rows of one cell each, as {@link scanObject} does; -1 with `fault`. */
export function scanList(cells: Cells, isRaw: boolean, start: number, end: number, line: number): number {
  const { block } = cells
  const item: Key = { name: '', written: NOTHING, column: 0, isRaw }
  let pos = skipSpace(block.bytes, start, end)
  if (block.bytes[pos] !== 91 || pos >= end) return fail('is not a list', pos, end)
  pos = skipSpace(block.bytes, pos + 1, end)
  if (block.bytes[pos] === 93 && pos < end) return pos + 1
  for (;;) {
    pos = takeValue(cells, cells.begin(), item, skipSpace(block.bytes, pos, end), end)
    if (pos < 0) return -1
    cells.finish(line, start, end)
    pos = skipSpace(block.bytes, pos, end)
    const next = pos < end ? block.bytes[pos] : 0
    if (next === 93) return pos + 1
    if (next !== 44) return fail('has no comma and no end of the list where one has to be', pos, end)
    pos++
  }
}
