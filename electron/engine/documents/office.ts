import type { ZipArchive } from '../parsing/index.ts'
import { toTimestamp } from './dates.ts'
import type { Draft } from './draft.ts'
import { readXmlEvents } from './markup.ts'

/** Author, subject, dates of an Office document, as far as it says them. */
export async function readCoreProperties(
  archive: ZipArchive,
): Promise<Pick<Draft, 'title' | 'metadata' | 'createdAt' | 'updatedAt'>> {
  const xml = await archive.readText('docProps/core.xml')
  if (xml === undefined) return {}
  const { title, created, modified, creator, ...rest } = readSimpleElements(xml)
  const kept = Object.entries({
    author: creator,
    subject: rest['subject'],
    keywords: rest['keywords'],
    description: rest['description'],
    category: rest['category'],
    lastModifiedBy: rest['lastModifiedBy'],
    declaredLanguage: rest['language'],
  }).filter(([, value]) => value !== undefined)
  return {
    title: title ?? null,
    metadata: Object.fromEntries(kept),
    createdAt: toTimestamp(created),
    updatedAt: toTimestamp(modified),
  }
}

/** Texts of the elements that hold nothing but text, by local name; the first of each name. */
export function readSimpleElements(xml: string): Record<string, string> {
  const found: Record<string, string> = {}
  let parts: string[] = []
  readXmlEvents(xml, {
    open: () => {
      parts = []
    },
    text: (text) => parts.push(text),
    close: (name) => {
      const value = parts.join('').trim()
      if (value !== '' && !Object.hasOwn(found, name)) found[name] = value.slice(0, 4000)
      parts = []
    },
  })
  return found
}

/** Targets of a part's relationships by id, as names of parts; links to elsewhere are left out. */
export async function readRelationships(archive: ZipArchive, part: string): Promise<ReadonlyMap<string, Relationship>> {
  const slash = part.lastIndexOf('/') + 1
  const folder = part.slice(0, slash)
  const xml = await archive.readText(`${folder}_rels/${part.slice(slash)}.rels`)
  const targets = new Map<string, Relationship>()
  if (xml === undefined) return targets
  readXmlEvents(xml, {
    open: (name, { Id: id, Target: target, Type: type = '', TargetMode: mode }) => {
      if (name !== 'Relationship' || id === undefined || target === undefined || mode === 'External') return
      targets.set(id, { part: resolvePart(folder, target), type: type.slice(type.lastIndexOf('/') + 1) })
    },
    text: () => undefined,
    close: () => undefined,
  })
  return targets
}

export interface Relationship {
  readonly part: string
  /** Last word of its type: `slide`, `notesSlide`. */
  readonly type: string
}

/** The name of the part a reference means that stands in `folder` (with its slash at the end, or empty). */
export function resolvePart(folder: string, reference: string): string {
  const path = reference.startsWith('/') ? reference.slice(1) : folder + reference
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
