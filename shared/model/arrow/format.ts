import { formatCount, formatNoun } from '../format.ts'
import { toHex } from './bytes.ts'
import { formatFloat } from './float.ts'
import { formatDuration } from './temporal.ts'
import type { ExactValue, ListValue, MapValue, StructValue, TimestampValue, VectorValue } from './value.ts'

/** How a cell's text is coloured; the same words as the grid's tones. */
export type TextTone = 'plain' | 'string' | 'number' | 'boolean' | 'temporal' | 'nested' | 'binary' | 'special'

/** One line for a grid cell. */
export interface CellText {
  readonly text: string
  readonly tone: TextTone
  /** Short fact beside the text: number of items, bytes, time zone. */
  readonly note?: string
}

/** Longest text made when the caller names no limit: more than any cell shows. */
const DEFAULT_MAX_LENGTH = 200
/** Digits after the point in previews of vectors. */
const VECTOR_DIGITS = 3

/**
 * One line of text for a value, cut early: at most about `maxLength` characters are ever made, whatever the value's
 * size. Line breaks and other control characters appear as visible symbols. Null is `NULL`, the empty string `""`.
 */
export function formatCellText(value: ExactValue, maxLength = DEFAULT_MAX_LENGTH): string {
  return formatCell(value, maxLength).text
}

/** Text, colour and note of a value for a grid cell. */
export function formatCell(value: ExactValue, maxLength = DEFAULT_MAX_LENGTH): CellText {
  switch (value.kind) {
    case 'null':
      return { text: 'NULL', tone: 'special' }
    case 'boolean':
      return { text: String(value.value), tone: 'boolean' }
    case 'integer':
      return { text: String(value.value), tone: 'number' }
    case 'float':
      return { text: formatFloat(value.value, value.precision), tone: Number.isNaN(value.value) ? 'special' : 'number' }
    case 'decimal':
      return { text: value.text, tone: 'number' }
    case 'string':
      return formatString(value.value, maxLength)
    case 'json':
      return { text: oneLine(value.text, maxLength), tone: 'nested' }
    case 'uuid':
      return { text: value.text, tone: 'string' }
    case 'binary':
      return formatBinary(value.bytes, maxLength)
    case 'date':
    case 'time':
      return { text: value.text, tone: 'temporal' }
    case 'timestamp':
      return formatTimestamp(value)
    case 'duration':
      return { text: formatDuration(value.count, value.unit), tone: 'temporal' }
    case 'interval':
      return { text: `${value.months} mo ${value.days} d ${value.nanoseconds} ns`, tone: 'temporal' }
    case 'vector':
      return {
        text: formatVector(value, maxLength),
        tone: 'nested',
        note: `${formatCount(value.values.length)} × ${value.element}`,
      }
    case 'list':
      return { text: formatList(value, maxLength), tone: 'nested', note: formatNoun(value.length, 'item') }
    case 'struct':
      return { text: formatStruct(value, maxLength), tone: 'nested' }
    case 'map':
      return { text: formatMap(value, maxLength), tone: 'nested', note: formatNoun(value.length, 'entry', 'entries') }
    case 'blob':
      return { text: value.uri ?? `${value.storage} blob`, tone: 'binary', note: formatBytes(value.size) }
  }
}

/** Bytes for people: `0 B`, `100 kB`, `2.1 GB`; decimal units. */
export function formatBytes(byteLength: number | bigint): string {
  const bytes = Number(byteLength)
  if (bytes < 1000) return `${bytes} B`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), BYTE_UNITS.length)
  const scaled = bytes / 1000 ** power
  return `${scaled < 10 ? Math.floor(scaled * 10) / 10 : Math.floor(scaled)} ${BYTE_UNITS[power - 1] ?? 'B'}`
}

const BYTE_UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'] as const

function formatString(text: string, maxLength: number): CellText {
  if (text === '') return { text: '""', tone: 'special', note: 'empty' }
  return { text: oneLine(text, maxLength), tone: 'string' }
}

/** Cuts first, then makes control characters visible, so that no pass ever sees more than the limit. */
function oneLine(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  return cut.replace(/\r\n|[\u0000-\u001f\u007f\u2028\u2029]/g, visibleControl)
}

function visibleControl(character: string): string {
  if (character === '\n' || character === '\r\n' || character === '\u2028' || character === '\u2029') return '↵'
  if (character === '\t') return '⇥'
  const code = character.charCodeAt(0)
  return code === 0x7f ? '␡' : String.fromCharCode(0x2400 + code)
}

function formatBinary(bytes: Uint8Array, maxLength: number): CellText {
  if (bytes.length === 0) return { text: 'empty', tone: 'special', note: '0 B' }
  const shown = Math.min(bytes.length, Math.max(1, Math.floor(maxLength / 2)), 32)
  const text = `0x${toHex(bytes.subarray(0, shown))}${shown < bytes.length ? '…' : ''}`
  return { text, tone: 'binary', note: formatBytes(bytes.length) }
}

function formatTimestamp(value: TimestampValue): CellText {
  const text = value.text.replace('T', ' ')
  return value.zone === null || value.zone === 'UTC'
    ? { text, tone: 'temporal' }
    : { text, tone: 'temporal', note: value.zone }
}

/** `[-0.735, 0.120, …]`: fixed digits keep the columns of numbers aligned from row to row. */
function formatVector(value: VectorValue, maxLength: number): string {
  const number = value.precision === null ? String : (item: number) => item.toFixed(VECTOR_DIGITS)
  return join('[', value.values.length, (index) => number(value.values[index] ?? NaN), ']', maxLength)
}

function formatList(value: ListValue, maxLength: number): string {
  return join('[', value.length, (index, room) => formatItem(value.item(index), room), ']', maxLength)
}

function formatStruct(value: StructValue, maxLength: number): string {
  const field = (index: number, room: number) => `${value.names[index] ?? ''}: ${formatItem(value.field(index), room)}`
  return join('{', value.names.length, field, '}', maxLength)
}

function formatMap(value: MapValue, maxLength: number): string {
  const entry = (index: number, room: number) =>
    `${formatItem(value.key(index), room)}: ${formatItem(value.value(index), room)}`
  return join('{', value.length, entry, '}', maxLength)
}

/** Inside lists and structs strings need quotes to be told from numbers and null. */
function formatItem(value: ExactValue, maxLength: number): string {
  if (value.kind === 'null') return 'null'
  const text = formatCellText(value, maxLength)
  return value.kind === 'string' && value.value !== '' ? `"${text}"` : text
}

function join(
  open: string,
  length: number,
  part: (index: number, room: number) => string,
  close: string,
  maxLength: number,
): string {
  let text = open
  for (let index = 0; index < length; index++) {
    if (index > 0) text += ', '
    if (text.length >= maxLength) return `${text}…`
    text += part(index, maxLength - text.length)
  }
  return text + close
}
