import type { ImportProblem, SourceKind } from '#shared/model/import/source.ts'
import type { NamedKind } from './by-name.ts'

/** How a kind is called in a sentence. */
export const KIND_TITLES: Readonly<Record<SourceKind, string>> = {
  pdf: 'a PDF',
  docx: 'a Word document',
  pptx: 'a PowerPoint presentation',
  epub: 'an EPUB book',
  html: 'HTML',
  markdown: 'Markdown',
  text: 'plain text',
  code: 'source code',
  email: 'an e-mail',
  csv: 'a table of delimited text',
  json: 'JSON',
  jsonl: 'JSON lines',
  parquet: 'Parquet',
  arrow: 'Arrow',
  xlsx: 'an Excel workbook',
  lance: 'a Lance dataset',
  image: 'an image',
  audio: 'sound',
  video: 'a film',
  binary: 'binary data',
}

export function problem(severity: ImportProblem['severity'], message: string, hint?: string): ImportProblem {
  return { severity, message, ...(hint === undefined ? {} : { hint }) }
}

/** A note when the name says one thing and the content another; the content is believed. */
export function extensionNote(kind: SourceKind, { kind: named, extension }: NamedKind): readonly ImportProblem[] {
  if (named === undefined || named === kind) return []
  return [problem('note', `It is called .${extension}, but it is ${KIND_TITLES[kind]}, and read as that.`)]
}

/** Of documents nothing here can read. */
export const UNREAD_DOCUMENT = problem(
  'warning',
  'Documents of this kind are not read; it is kept as the bytes it is.',
  'Save it as DOCX, PPTX, XLSX or PDF and drop that.',
)
