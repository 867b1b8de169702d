import { type ExactValue, formatBytes, formatCell } from '#shared/model/arrow/index.ts'
import { formatCount } from '#shared/model/format.ts'
import type { Cell } from '#renderer/grid/types.ts'
import { shortType, sniffMediaType } from './sniff.ts'

/** Characters after which a text's length is told beside it. */
const LONG_TEXT = 200

/** A value as the grid shows it. `fullLength` is set when the value was cut for the page: characters, bytes or items. */
export function toCell(value: ExactValue, fullLength: number | null): Cell {
  if (value.kind === 'null') return { kind: 'null' }
  const { text, tone, note } = formatCell(value)
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
    case 'binary': {
      const type = sniffMediaType(value.bytes)
      const size = formatBytes(fullLength ?? value.bytes.length)
      return type === undefined ? size : `${shortType(type)} · ${size}`
    }
    case 'vector':
      return `${formatCount(fullLength ?? value.values.length)} × ${value.element}`
    case 'list':
    case 'map':
      return fullLength === null ? undefined : `${formatCount(fullLength)} items`
    default:
      return undefined
  }
}
