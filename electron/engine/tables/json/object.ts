import type { Cells } from '../bytes/cells.ts'
import type { Key, Keys } from './keys.ts'
import { fail, fault, seen, skipSpace, skipString, skipValue } from './scan.ts'
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
  if (block.bytes[start] !== 123 || start >= end) return fail('is not an object', start, end)
  let pos = skipSpace(block.bytes, start + 1, end)
  if (block.bytes[pos] === 125 && pos < end) return pos + 1
  let expected = 0
  for (;;) {
    const keyEnd = skipString(block.bytes, pos, end)
    if (keyEnd < 0) return -1
    const index = findKey(cells, keys, expected, pos + 1, keyEnd - 1)
    const key = keys.list[index]
    if (key !== undefined) expected = index + 1
    pos = skipSpace(block.bytes, keyEnd, end)
    if (block.bytes[pos] !== 58 || pos >= end) return fail('has a key without a colon', pos, end)
    pos = skipSpace(block.bytes, pos + 1, end)
    pos = key === undefined ? skipValue(block.bytes, pos, end) : takeValue(cells, at, key, pos, end)
    if (pos < 0) return -1
    pos = skipSpace(block.bytes, pos, end)
    const next = pos < end ? block.bytes[pos] : 0
    if (next === 125) return pos + 1
    if (next !== 44) return fail('has no comma and no end of the object where one has to be', pos, end)
    pos = skipSpace(block.bytes, pos + 1, end)
  }
}

/** Index of a key; rows mostly have the same keys in the same order, so the expected one is looked at first. */
function findKey(cells: Cells, keys: Keys, expected: number, start: number, end: number): number {
  const { bytes } = cells.block
  const guess = keys.list[expected]?.bytes
  if (guess !== undefined && guess.length === end - start) {
    let index = 0
    while (index < guess.length && guess[index] === bytes[start + index]) index++
    if (index === guess.length) return expected
  }
  const text = bytes.toString('utf8', start, end)
  const name = seen.hasEscapes ? (JSON.parse(`"${text}"`) as string) : text
  const index = keys.indexOf(name)
  if (index < 0 && !keys.isPartial && strangers.length < MAX_STRANGERS) strangers.push(name)
  return index
}

function takeValue(cells: Cells, at: number, key: Key, start: number, end: number): number {
  const { block } = cells
  const first = start < end ? (block.bytes[start] as number) : 0
  if (key.children !== undefined && first === 123) {
    const objectEnd = scanObject(cells, at, key.children, start, end)
    if (objectEnd >= 0 && key.column !== undefined) put(cells, at + key.column, start, objectEnd)
    return objectEnd
  }
  const valueEnd = first === 34 ? skipString(block.bytes, start, end) : skipValue(block.bytes, start, end)
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

/** Puts the items of the list at `start` into rows of one cell each, as {@link scanObject} does; -1 with `fault`. */
export function scanList(cells: Cells, isRaw: boolean, start: number, end: number, line: number): number {
  const { block } = cells
  const item: Key = { name: '', bytes: new Uint8Array(0), column: 0, isRaw }
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
