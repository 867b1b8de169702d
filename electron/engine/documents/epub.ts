import type { ImportProblem } from '#shared/model/import/source.ts'
import { isProtected, openZip, unreadable, type ZipArchive } from '../parsing/index.ts'
import { toTimestamp } from './dates.ts'
import type { DocumentFile, Draft } from './draft.ts'
import { readHtml } from './html.ts'
import { readXmlEvents } from './markup.ts'
import { readSimpleElements, resolvePart } from './office.ts'
import { TextBuilder } from './text-builder.ts'

const KIND = 'an EPUB book'

/** Text of a book chapter by chapter, in reading order. */
export async function parseEpub(file: DocumentFile): Promise<Draft> {
  const archive = await openZip(file, KIND)
  try {
    const packagePart = await findPackage(archive, file.name)
    const opf = (await archive.readText(packagePart)) ?? ''
    const chapters = readSpine(opf, packagePart.slice(0, packagePart.lastIndexOf('/') + 1))
    await refuseProtected(archive, chapters, file.name)
    const builder = new TextBuilder(file.name)
    const missing: string[] = []
    for (const chapter of chapters) {
      const html = await archive.readText(chapter)
      if (html === undefined) missing.push(chapter)
      else readHtml(html, builder)
    }
    const problems: ImportProblem[] =
      missing.length === 0
        ? []
        : [
            {
              severity: 'warning',
              message: `${missing.length} of ${chapters.length} chapters are missing in the file.`,
            },
          ]
    return { ...builder.finish(), ...readFacts(opf), problems }
  } finally {
    archive.close()
  }
}

async function findPackage(archive: ZipArchive, name: string): Promise<string> {
  const xml = await archive.readText('META-INF/container.xml')
  let found: string | undefined
  if (xml !== undefined) {
    readXmlEvents(xml, {
      open: (element, attributes) => {
        if (element === 'rootfile') found ??= attributes['full-path']
      },
      text: () => undefined,
      close: () => undefined,
    })
  }
  found ??= archive.names.find((part) => part.endsWith('.opf'))
  if (found === undefined || !archive.has(found))
    throw unreadable(name, 'has no package file, which every EPUB book has')
  return found
}

/** Parts of the chapters in reading order. */
function readSpine(opf: string, folder: string): readonly string[] {
  const hrefs = new Map<string, string>()
  const order: string[] = []
  readXmlEvents(opf, {
    open: (name, { id, href, idref }) => {
      if (name === 'item' && id !== undefined && href !== undefined) hrefs.set(id, href)
      if (name === 'itemref' && idref !== undefined) order.push(idref)
    },
    text: () => undefined,
    close: () => undefined,
  })
  return [...new Set(order)].flatMap((id) => {
    const href = hrefs.get(id)
    return href === undefined ? [] : [resolvePart(folder, decodeReference(href))]
  })
}

/** Fonts may be obscured in any book; chapters are only encrypted in protected ones. */
async function refuseProtected(archive: ZipArchive, chapters: readonly string[], name: string): Promise<void> {
  const xml = await archive.readText('META-INF/encryption.xml')
  if (xml === undefined) return
  const readable = new Set(chapters)
  let isEncrypted = false
  readXmlEvents(xml, {
    open: (element, attributes) => {
      const part = element === 'CipherReference' ? attributes['URI'] : undefined
      if (part !== undefined && readable.has(resolvePart('', decodeReference(part)))) isEncrypted = true
    },
    text: () => undefined,
    close: () => undefined,
  })
  if (isEncrypted) throw isProtected(name, 'its chapters are encrypted')
}

function readFacts(opf: string): Pick<Draft, 'title' | 'metadata' | 'createdAt' | 'updatedAt'> {
  const said = readSimpleElements(opf)
  const kept = Object.entries({
    author: said['creator'],
    publisher: said['publisher'],
    subject: said['subject'],
    description: said['description'],
    identifier: said['identifier'],
    rights: said['rights'],
    declaredLanguage: said['language'],
  }).filter(([, value]) => value !== undefined)
  return { title: said['title'] ?? null, metadata: Object.fromEntries(kept), createdAt: toTimestamp(said['date']) }
}

function decodeReference(reference: string): string {
  const path = reference.replace(/#.*$/, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
