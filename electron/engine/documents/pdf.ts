import type { TextItem, TextMarkedContent } from 'pdfjs-dist/types/src/display/api.js'
import { formatCount } from '#shared/model/format.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import { openPdf, tooLarge, type OpenPdf } from '../parsing/index.ts'
import { pdfTimestamp, toTimestamp } from './dates.ts'
import type { DocumentFile, Draft } from './draft.ts'
import { toBlocks, toLines, type PageLine, type TextRun } from './pdf-layout.ts'
import { MAX_TEXT_LENGTH, TextBuilder } from './text-builder.ts'

const MAX_PAGES = 20_000

/** Text of a PDF page by page. Pages that cannot be read become a problem; a PDF without any text an error. */
export async function parsePdf(file: DocumentFile): Promise<Draft> {
  const pdf = await openPdf(file)
  try {
    const pages = pdf.document.numPages
    if (pages > MAX_PAGES)
      throw tooLarge(file.name, `has ${formatCount(pages)} pages, more than ${formatCount(MAX_PAGES)}`)
    const { lines, problems } = await readPages(pdf, file.name)
    const builder = new TextBuilder(file.name)
    for (const block of toBlocks(lines)) builder.add(block.kind, block.text, block)
    return { ...builder.finish(), ...(await readFacts(pdf)), pages, problems, whyEmpty: 'it seems to be scanned' }
  } finally {
    await pdf.close()
  }
}

async function readPages(
  { document }: OpenPdf,
  name: string,
): Promise<{ lines: PageLine[]; problems: ImportProblem[] }> {
  const lines: PageLine[] = []
  const broken: number[] = []
  const empty: number[] = []
  let length = 0
  for (let number = 1; number <= document.numPages; number++) {
    try {
      const page = await document.getPage(number)
      const { items, styles } = await page.getTextContent()
      const runs = items.filter(isText).map((item) => toRun(item, styles[item.fontName]?.fontFamily === 'monospace'))
      const found = toLines(runs, number)
      if (found.length === 0) empty.push(number)
      for (const line of found) {
        lines.push(line)
        length += line.text.length
      }
      page.cleanup()
    } catch {
      broken.push(number)
    }
    if (length > MAX_TEXT_LENGTH) {
      throw tooLarge(name, `holds more than ${formatCount(MAX_TEXT_LENGTH)} characters of text`)
    }
  }
  const problems: ImportProblem[] = []
  if (broken.length > 0) {
    problems.push({ severity: 'warning', message: `${ofPages(broken)} cannot be read; the file may be damaged.` })
  }
  if (empty.length > 0)
    problems.push({ severity: 'note', message: `${ofPages(empty)} without text, perhaps pictures.` })
  return { lines, problems }
}

function isText(item: TextItem | TextMarkedContent): item is TextItem {
  return 'str' in item
}

function toRun({ str, transform, width, height, hasEOL }: TextItem, isMono: boolean): TextRun {
  const [, , c = 0, d = 0, x = 0, y = 0] = transform as number[]
  const size = Math.hypot(c, d)
  return { text: str, x, y, width, size: size > 0 ? size : height, isMono, endsLine: hasEOL }
}

function ofPages(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 5).join(', ')
  const rest = numbers.length > 5 ? ` and ${numbers.length - 5} more` : ''
  return numbers.length === 1 ? `Page ${shown}` : `Pages ${shown}${rest}`
}

async function readFacts({
  document,
}: OpenPdf): Promise<Pick<Draft, 'title' | 'metadata' | 'createdAt' | 'updatedAt'>> {
  const { info, metadata } = await document.getMetadata().catch(() => ({ info: {}, metadata: null }))
  const said = info as Readonly<Record<string, unknown>>
  const xmp = (name: string): unknown => (metadata as { get(name: string): unknown } | null)?.get(name)
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  const kept = Object.entries({
    author: text(said['Author']),
    subject: text(said['Subject']),
    keywords: text(said['Keywords']),
    creator: text(said['Creator']),
    producer: text(said['Producer']),
    pdfVersion: text(said['PDFFormatVersion']),
  }).filter(([, value]) => value !== undefined)
  return {
    title: text(said['Title']) ?? text(xmp('dc:title')) ?? null,
    metadata: Object.fromEntries(kept),
    createdAt: pdfTimestamp(said['CreationDate']) ?? toTimestamp(text(xmp('xmp:createdate'))),
    updatedAt: pdfTimestamp(said['ModDate']) ?? toTimestamp(text(xmp('xmp:modifydate'))),
  }
}
