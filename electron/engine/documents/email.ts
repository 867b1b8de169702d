import type { Address, Email } from 'postal-mime'
import { readBytes } from '../parsing/index.ts'
import { toTimestamp } from './dates.ts'
import type { DocumentFile, Draft } from './draft.ts'
import { readHtml } from './html.ts'
import { findParagraphs } from './plain-text.ts'
import { TextBuilder } from './text-builder.ts'

/** With attachments, which are unpacked in memory. */
const MAX_EMAIL_BYTES = 96 * 1024 * 1024

/** Body of an e-mail; its headers and the names of what is attached are metadata. */
export async function parseEmail(file: DocumentFile): Promise<Draft> {
  const bytes = await readBytes(file, MAX_EMAIL_BYTES)
  const { default: PostalMime } = await import('postal-mime')
  const email = await PostalMime.parse(bytes, { maxNestingDepth: 64 })
  const facts: Omit<Draft, 'text' | 'blocks'> = {
    title: email.subject ?? null,
    createdAt: toTimestamp(email.date),
    metadata: readMetadata(email),
  }
  // Plain text says the same without the looks; some senders leave it empty.
  if (email.text !== undefined && email.text.trim() !== '') {
    return { text: email.text, blocks: findParagraphs(email.text), ...facts }
  }
  const builder = new TextBuilder(file.name)
  if (email.html !== undefined) readHtml(email.html, builder)
  return { ...builder.finish(), ...facts }
}

function readMetadata(email: Email): Record<string, unknown> {
  const attachments = email.attachments.map(({ filename, mimeType }) => filename ?? mimeType)
  const entries = Object.entries({
    from: email.from === undefined ? undefined : toAddresses([email.from])?.[0],
    to: toAddresses(email.to),
    cc: toAddresses(email.cc),
    messageId: email.messageId,
    inReplyTo: email.inReplyTo,
    attachments: attachments.length === 0 ? undefined : attachments.slice(0, 1000),
  })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function toAddresses(addresses: readonly Address[] | undefined): string[] | undefined {
  return addresses?.slice(0, 1000).map(({ name, address }) => {
    if (address === undefined || address === '') return name
    return name === '' ? address : `${name} <${address}>`
  })
}
