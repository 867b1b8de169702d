import { openZip, readRange, type SourceFile } from '../parsing/index.ts'
import { AppError } from '#shared/errors.ts'
import { kindOfArchive } from './by-content.ts'
import type { NamedKind } from './by-name.ts'
import type { Findings } from './inspect.ts'
import { extensionNote, problem, UNREAD_DOCUMENT } from './wording.ts'

/** What a ZIP archive holds, by its directory. */
export async function inspectArchive(file: SourceFile, named: NamedKind): Promise<Findings> {
  try {
    const archive = await openZip(file, 'a ZIP archive')
    archive.close()
    const kind = kindOfArchive((part) => archive.has(part), archive.names)
    if (kind !== undefined) return { kind, problems: extensionNote(kind, named) }
    const isOther =
      (archive.has('content.xml') && archive.has('META-INF/manifest.xml')) ||
      /^(?:pages|numbers|key)$/.test(named.extension)
    if (isOther) return { kind: 'binary', problems: [UNREAD_DOCUMENT] }
    if (named.kind === undefined) return { kind: 'binary', problems: [] }
    const message = `It is called .${named.extension}, but it is another kind of ZIP archive.`
    return { kind: named.kind, problems: [problem('error', message, 'Unpack it and drop what is in it.')] }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { kind: named.kind ?? 'binary', problems: [problem('error', error.message, error.hint)] }
  }
}

/** How much of an OLE file is searched for the names of its streams. */
const OLE_BYTES = 1024 * 1024

/** The container of Office before 2007, and of today's documents with a password. */
export async function inspectOle(file: SourceFile, named: NamedKind): Promise<Findings> {
  const bytes = await readRange(file.path, 0, OLE_BYTES)
  const holds = (stream: string): boolean => bytes.includes(Buffer.from(stream, 'utf16le'))
  if (holds('EncryptedPackage')) {
    return {
      kind: named.kind ?? 'binary',
      problems: [
        problem('error', 'The document is protected by a password.', 'Save a copy without the password and drop that.'),
      ],
    }
  }
  if (holds('Workbook') || named.extension === 'xls') return { kind: 'xlsx', problems: [] }
  return {
    kind: 'binary',
    problems: [
      problem(
        'warning',
        'Documents of Office before 2007 are not read; it is kept as the bytes it is.',
        'Save it as DOCX, PPTX or PDF and drop that.',
      ),
    ],
  }
}
