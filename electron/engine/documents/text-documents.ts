import { decodeText, looksBinary, programmingLanguage, readBytes, unreadable } from '../parsing/index.ts'
import { toTimestamp } from './dates.ts'
import type { Draft, DocumentFile } from './draft.ts'
import { readHtml } from './html.ts'
import { headingWords, outlineMarkdown } from './markdown.ts'
import { codeBlock, findParagraphs } from './plain-text.ts'

import { TextBuilder } from './text-builder.ts'

/** Bytes, unpacked, of a document that is text: its text is in memory at once, and its chunks beside it. */
const MAX_TEXT_BYTES = 128 * 1024 * 1024

export async function parsePlainText(file: DocumentFile): Promise<Draft> {
  const { text, encoding, problems } = await readText(file)
  return { text, blocks: findParagraphs(text), metadata: encodingOf(encoding), problems }
}

export async function parseCode(file: DocumentFile): Promise<Draft> {
  const { text, encoding, problems } = await readText(file)
  const language = programmingLanguage(file.name)
  return {
    text,
    blocks: codeBlock(text),
    // Its words are not those of a language people speak.
    language: null,
    metadata: { ...(language === undefined ? {} : { programmingLanguage: language }), ...encodingOf(encoding) },
    problems,
  }
}

export async function parseMarkdown(file: DocumentFile): Promise<Draft> {
  const { text, encoding, problems } = await readText(file)
  const { blocks, frontMatter } = outlineMarkdown(text)
  const first = blocks.find(({ kind }) => kind === 'heading')
  return {
    text,
    blocks,
    title: frontMatter['title'] ?? (first === undefined ? null : headingWords(text.slice(first.start, first.end))),
    createdAt: toTimestamp(frontMatter['date'] ?? frontMatter['created']),
    updatedAt: toTimestamp(frontMatter['updated'] ?? frontMatter['lastmod'] ?? frontMatter['modified']),
    metadata: { ...frontMatter, ...encodingOf(encoding) },
    problems,
  }
}

export async function parseHtml(file: DocumentFile): Promise<Draft> {
  const { text, encoding, problems } = await readText(file)
  const builder = new TextBuilder(file.name)
  const { title, declaredLanguage, meta } = readHtml(text, builder)
  return {
    ...builder.finish(),
    title,
    createdAt: toTimestamp(meta['article:published_time'] ?? meta['dcterms.created'] ?? meta['date']),
    updatedAt: toTimestamp(meta['article:modified_time'] ?? meta['dcterms.modified'] ?? meta['last-modified']),
    metadata: {
      ...meta,
      ...(declaredLanguage === null ? {} : { declaredLanguage }),
      ...encodingOf(encoding),
    },
    problems,
  }
}

async function readText(file: DocumentFile): ReturnType<typeof decodeText> {
  const bytes = await readBytes(file, MAX_TEXT_BYTES)
  if (looksBinary(bytes.subarray(0, 4096))) {
    throw unreadable(file.name, 'is not text: it holds bytes that no text has')
  }
  return decodeText(bytes)
}

function encodingOf(encoding: string): { encoding?: string } {
  return encoding === 'utf-8' ? {} : { encoding }
}
