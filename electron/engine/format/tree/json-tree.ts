import type { MetadataTree } from '#shared/model/metadata.ts'
import { cutText, leftOut } from './scalars.ts'

const MAX_ENTRIES = 1000
const MAX_DEPTH = 32
const DIGITS_EXACT = 15

/** Text that is a JSON object or list as a tree; any other text as it is. */
export function describeJson(text: string): MetadataTree {
  if (!/^\s*[[{]/.test(text)) return cutText(text)
  try {
    return toTree(parseExactly(text), 0)
  } catch {
    return cutText(text)
  }
}

/** Numbers with more digits than a JS number holds stay texts. Throws SyntaxError on what is no JSON. */
export function parseExactly(text: string): unknown {
  JSON.parse(text)
  const quoted = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d+(?![\d.eE])/g, (token) =>
    token.startsWith('"') || token.replace('-', '').length <= DIGITS_EXACT ? token : `"${token}"`,
  )
  return JSON.parse(quoted)
}

/** A parsed JSON document, cut where it is long or deep. */
export function toTree(value: unknown, depth: number): MetadataTree {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'string') return cutText(value)
  if (typeof value !== 'object') return null
  if (depth >= MAX_DEPTH) return '…'
  if (Array.isArray(value)) {
    const shown = value.slice(0, MAX_ENTRIES).map((item) => toTree(item, depth + 1))
    return value.length > MAX_ENTRIES ? [...shown, leftOut(value.length - MAX_ENTRIES)] : shown
  }
  const entries = Object.entries(value)
  const shown = entries.slice(0, MAX_ENTRIES).map(([key, item]) => [key, toTree(item, depth + 1)] as const)
  return Object.fromEntries(
    entries.length > MAX_ENTRIES ? [...shown, ['…', leftOut(entries.length - MAX_ENTRIES)]] : shown,
  )
}
