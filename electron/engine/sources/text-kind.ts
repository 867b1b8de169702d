import type { SourceKind } from '#shared/model/import/source.ts'

/** Kinds whose content any text may be: there the name decides. */
const BY_NAME: ReadonlySet<SourceKind> = new Set(['text', 'markdown', 'code', 'email'])

/**
 * Kind of a text by its beginning and what its name says. A name is believed unless the content is clearly something else:
 * a page in a `.csv`, lines of JSON in a `.json`.
 */
export function kindOfText(head: string, named: SourceKind | undefined): SourceKind {
  const content = contentKind(head)
  if (named === undefined) return content ?? 'text'
  if (BY_NAME.has(named)) return named
  if (named === 'json' || named === 'jsonl') {
    if (content === 'json' || content === 'jsonl') return content
    return content === 'html' ? 'html' : named
  }
  if (named === 'csv') return content === 'html' || content === 'json' || content === 'jsonl' ? content : 'csv'
  if (named === 'html') return content === 'email' ? 'email' : 'html'
  if (named === 'image' && /<svg[\s>]/i.test(head)) return 'image'
  // A text that is called something binary.
  return content ?? 'text'
}

/** What a text is by itself; undefined when it could be anything. */
function contentKind(head: string): SourceKind | undefined {
  const start = head.replace(/^\ufeff/, '').trimStart()
  if (/^(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype html|html|head|body)[\s>]/i.test(start)) return 'html'
  if (/^<\?xml[^>]*>\s*(?:<!DOCTYPE html|<html[\s>])/i.test(start)) return 'html'
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(start))
    return 'image'
  if (start.startsWith('<?xml')) return 'code'
  const json = jsonKind(start)
  if (json !== undefined) return json
  if (start.startsWith('#!')) return 'code'
  if (isEmail(start)) return 'email'
  return isDelimited(start) ? 'csv' : undefined
}

/** JSON lines have a whole record on each line; any other JSON is one document. */
function jsonKind(start: string): SourceKind | undefined {
  if (!/^[{[]/.test(start)) return undefined
  const [first = '', second = ''] = start.split(/\r?\n/, 2)
  if (first.startsWith('{') && isJson(first))
    return second.trim().startsWith('{') || second === '' ? jsonByLines(start, second) : 'json'
  if (/^\{\s*(?:"|\}|$)/.test(start)) return 'json'
  return /^\[\s*(?:[{["\]\d-]|true|false|null|$)/.test(start) ? 'json' : undefined
}

/** One record on one line can be either; JSON reads it as it is. */
function jsonByLines(start: string, second: string): SourceKind {
  return second.trim() === '' && !/\n\s*\{/.test(start) ? 'json' : 'jsonl'
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

function isEmail(start: string): boolean {
  const end = start.search(/\r?\n\r?\n/)
  const headers = start.slice(0, end < 0 ? 8192 : end)
  if (!/^[A-Za-z][A-Za-z0-9-]*: ?\S/.test(headers)) return false
  const names = new Set([...headers.matchAll(/^([A-Za-z][A-Za-z0-9-]*):/gm)].map(([, name]) => name?.toLowerCase()))
  return (
    names.has('from') &&
    (names.has('subject') || names.has('date')) &&
    (names.has('to') || names.has('received') || names.has('message-id'))
  )
}

/** At least three lines with the same number of the same delimiter, as tables have and texts have not. */
function isDelimited(start: string): boolean {
  const lines = start
    .split(/\r?\n/, 21)
    .slice(0, 20)
    .filter((line) => line.trim() !== '')
  if (lines.length > 3) lines.pop()
  if (lines.length < 3) return false
  return ['\t', ';', ',', '|'].some((delimiter) => {
    const counts = lines.map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(delimiter).length - 1)
    const [first = 0] = counts
    return first > 0 && counts.every((count) => count === first) && (first > 1 || delimiter !== ',')
  })
}
