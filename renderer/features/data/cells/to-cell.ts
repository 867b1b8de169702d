import { type ExactValue, formatBytes, formatCell } from '#shared/model/arrow/index.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { PlainCell } from '#renderer/grid/types.ts'
import { shortType, sniffMediaType } from './sniff.ts'

/** Characters after which a text's length is told beside it. */
const LONG_TEXT = 200

/** A value as the grid shows it. `fullLength` is set when the value was cut for the page: characters, bytes or items. */
export function toCell(value: ExactValue, fullLength: number | null): PlainCell {
  if (value.kind === 'null') return { kind: 'null' }
  const { tone, note, ...formatted } = formatCell(value)
  const type = value.kind === 'binary' ? sniffMediaType(value.bytes) : undefined
  // What bytes are says more than their first ones.
  const text = type === undefined ? formatted.text : shortType(type)
  const told = noteOf(value, fullLength) ?? note
  const withNote = told === undefined ? {} : { note: told }
  if (value.kind === 'vector') return { kind: 'vector', values: value.values, text, ...withNote }
  return { kind: 'text', text, tone, ...withNote }
}

function noteOf(value: ExactValue, fullLength: number | null): string | undefined {
  switch (value.kind) {
    case 'string':
    case 'json': {
      const length = fullLength ?? (value.kind === 'string' ? value.value : value.text).length
      return length > LONG_TEXT ? `${formatCount(length)} chars` : undefined
    }
    case 'binary':
      return formatBytes(fullLength ?? value.bytes.length)
    case 'vector':
      return `${formatCount(fullLength ?? value.values.length)} × ${value.element}`
    case 'map':
      return fullLength === null ? undefined : formatNoun(fullLength, 'entry', 'entries')
    case 'list':
      return fullLength === null ? undefined : formatNoun(fullLength, 'item')
    default:
      return undefined
  }
}
