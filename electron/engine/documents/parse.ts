import type { ParsedDocument } from '#shared/model/import/documents.ts'
import type { DocumentKind } from '#shared/model/import/source.ts'
import { toReadError, unreadable } from '../parsing/index.ts'
import type { DocumentFile, Draft } from './draft.ts'
import { headingWords } from './markdown.ts'
import { detectLanguage } from './language.ts'

type ParseFormat = (file: DocumentFile) => Promise<Draft>

/** By kind, how errors call it and what parses it; each is loaded when its first file comes. */
const FORMATS: Readonly<Record<DocumentKind, readonly [title: string, load: () => Promise<ParseFormat>]>> = {
  pdf: ['PDF', async () => (await import('./pdf.ts')).parsePdf],
  docx: ['a Word document', async () => (await import('./docx.ts')).parseDocx],
  pptx: ['a PowerPoint presentation', async () => (await import('./pptx.ts')).parsePptx],
  epub: ['an EPUB book', async () => (await import('./epub.ts')).parseEpub],
  html: ['HTML', async () => (await import('./text-documents.ts')).parseHtml],
  markdown: ['Markdown', async () => (await import('./text-documents.ts')).parseMarkdown],
  text: ['text', async () => (await import('./text-documents.ts')).parsePlainText],
  code: ['code', async () => (await import('./text-documents.ts')).parseCode],
  email: ['an e-mail', async () => (await import('./email.ts')).parseEmail],
}

/**
 * Text, structure and facts of a document. Throws `unreadable-source` for files that are damaged, protected or without
 * text, `too-large` beyond the bounds of its kind, `not-found`, `permission-denied`.
 */
export async function parseDocument(file: DocumentFile & { readonly kind: DocumentKind }): Promise<ParsedDocument> {
  const [title, load] = FORMATS[file.kind]
  try {
    const parse = await load()
    const draft = await parse(file)
    if (draft.blocks.length === 0) throw withoutText(file.name, draft)
    return await complete(draft)
  } catch (error) {
    throw toReadError(error, file.name, title)
  }
}

async function complete(draft: Draft): Promise<ParsedDocument> {
  const heading = draft.blocks.find(({ kind }) => kind === 'heading')
  const words = heading === undefined ? '' : headingWords(draft.text.slice(heading.start, heading.end))
  const title = draft.title?.trim() ?? ''
  return {
    title: title !== '' ? title.slice(0, 1000) : words !== '' ? words.slice(0, 1000) : null,
    text: draft.text,
    blocks: draft.blocks,
    pages: draft.pages ?? null,
    language: draft.language === undefined ? await detectLanguage(draft.text) : draft.language,
    metadata: draft.metadata ?? {},
    createdAt: draft.createdAt ?? null,
    updatedAt: draft.updatedAt ?? null,
    problems: draft.problems ?? [],
  }
}

function withoutText(name: string, { whyEmpty }: Draft): Error {
  return unreadable(
    name,
    whyEmpty === undefined ? 'has no text' : `has no text: ${whyEmpty}`,
    whyEmpty === undefined
      ? 'Leave it out, or import it as media to keep its bytes.'
      : 'Run it through text recognition (OCR) and drop the result.',
  )
}
