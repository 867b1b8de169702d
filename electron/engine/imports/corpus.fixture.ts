import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createRandom, type Random } from '#shared/random.fixture.ts'
import { docx, epub, pdf, pptx, wordParagraph, zip, type PdfLine } from '../parsing/files.fixture.ts'

/*
 * A folder of files as people have them: documents of every kind, with tables and images among them. The same for the same
 * seed; every document holds a word nobody else has.
 */

export interface CorpusFile {
  /** Below the folder. */
  readonly name: string
  readonly path: string
  readonly family: 'documents' | 'tables' | 'media'
  /** In its text, and in no other's. */
  readonly word: string
}

interface Maker {
  readonly extension: string
  readonly family: CorpusFile['family']
  make(word: string, roll: Random): string | Uint8Array
}

const WORDS =
  'river stone morning letter window garden silver quiet engine harbour winter paper market orchard copper lantern'.split(
    ' ',
  )

const sentence = (roll: Random): string =>
  `The ${Array.from({ length: 6 + roll(10) }, () => WORDS[roll(WORDS.length)]).join(' ')}.`
const paragraph = (roll: Random): string => Array.from({ length: 2 + roll(8) }, () => sentence(roll)).join(' ')
const paragraphs = (word: string, roll: Random): readonly string[] => [
  `This one is about ${word}.`,
  ...Array.from({ length: 2 + roll(12) }, () => paragraph(roll)),
]

const html = (word: string, roll: Random): string =>
  `<h1>On ${word}</h1>${paragraphs(word, roll)
    .map((text, index) => `${index % 4 === 3 ? `<h2>Part ${index}</h2>` : ''}<p>${text}</p>`)
    .join('\n')}`

function pages(word: string, roll: Random): readonly (readonly PdfLine[])[] {
  return Array.from({ length: 1 + roll(8) }, (_, page) => [
    [20, page === 0 ? `On ${word}` : `Page ${page + 1}`] as const,
    ...Array.from({ length: 5 + roll(25) }, () => [11, sentence(roll).slice(0, 90)] as const),
  ])
}

const code = (word: string, roll: Random): string =>
  Array.from(
    { length: 3 + roll(20) },
    (_, part) => `def ${word}_${part}(value):\n    """${sentence(roll)}"""\n    return value + ${roll(1000)}\n`,
  ).join('\n')

const email = (word: string, roll: Random): string =>
  [
    'From: Ada <ada@example.org>',
    'To: Bea <bea@example.org>',
    `Subject: About ${word}`,
    'Date: Tue, 02 Jan 2024 03:04:05 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="edge"',
    '',
    '--edge',
    'Content-Type: text/plain; charset=utf-8',
    '',
    paragraphs(word, roll).join('\r\n\r\n'),
    '--edge',
    'Content-Type: application/octet-stream; name="notes.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(word).toString('base64'),
    '--edge--',
    '',
  ].join('\r\n')

const rowsOf = (word: string, roll: Random): readonly { readonly id: number; readonly name: string }[] =>
  Array.from({ length: 2 + roll(20) }, (_, id) => ({ id, name: `${word} ${id}` }))

/** A workbook of one sheet, its texts in the cells. */
function xlsx(word: string, roll: Random): Buffer {
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const cells = [['id', 'name'], ...rowsOf(word, roll).map(({ id, name }) => [String(id), name])]
    .map((row) => `<row>${row.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`)
    .join('')
  return zip([
    {
      name: '[Content_Types].xml',
      content: `<?xml version="1.0"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<?xml version="1.0"?>\n<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relationships}"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<?xml version="1.0"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<?xml version="1.0"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${cells}</sheetData></worksheet>`,
    },
  ])
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const documents = (extension: string, make: Maker['make']): Maker => ({ extension, family: 'documents', make })
const tables = (extension: string, make: Maker['make']): Maker => ({ extension, family: 'tables', make })

/** By turns; nine in ten are documents. */
const MAKERS: readonly Maker[] = [
  documents('pdf', (word, roll) => pdf(pages(word, roll))),
  documents('md', (word, roll) => `# On ${word}\n\n${paragraphs(word, roll).join('\n\n## And\n\n')}\n`),
  documents('docx', (word, roll) =>
    docx(
      wordParagraph(`On ${word}`, 'Heading1') +
        paragraphs(word, roll)
          .map((text) => wordParagraph(text))
          .join(''),
    ),
  ),
  documents('html', (word, roll) => `<html><title>${word}</title><body>${html(word, roll)}</body></html>`),
  documents('txt', (word, roll) => paragraphs(word, roll).join('\n\n')),
  documents('pptx', (word, roll) => pptx([word, ...Array.from({ length: 1 + roll(6) }, () => sentence(roll))])),
  documents('epub', (word, roll) => epub([html(word, roll), ...Array.from({ length: roll(5) }, () => html('', roll))])),
  documents('py', code),
  documents('eml', email),
  documents('txt.gz', (word, roll) => gzipSync(paragraphs(word, roll).join('\n\n'))),
  documents('latin1.txt', (word, roll) =>
    Buffer.from(`Über ${word}: ${paragraph(roll)} Größe, Maß, français`, 'latin1'),
  ),
  documents('utf16.txt', (word, roll) => Buffer.from(`\u{feff}${paragraphs(word, roll).join('\n\n')}`, 'utf16le')),
  documents('pdf', (word, roll) => pdf(pages(word, roll), `/Title (${word})`)),
  documents('md', (word, roll) => `---\ntitle: ${word}\n---\n${paragraphs(word, roll).join('\n\n')}\n`),
  documents('docx', (word, roll) =>
    docx(
      paragraphs(word, roll)
        .map((text) => wordParagraph(text))
        .join(''),
    ),
  ),
  documents('html', html),
  tables(
    'csv',
    (word, roll) =>
      `id,name\n${rowsOf(word, roll)
        .map(({ id, name }) => `${id},${name}\n`)
        .join('')}`,
  ),
  tables('json', (word, roll) => JSON.stringify(rowsOf(word, roll))),
  tables('xlsx', xlsx),
  { extension: 'png', family: 'media', make: () => PNG },
]

/** A word of letters alone, so that no tokenizer takes it apart. */
export function wordOf(number: number): string {
  const letters = String(number).replace(/\d/g, (digit) => 'bcdfghjklm'[Number(digit)] ?? '')
  return `quux${letters}zed`
}

/** Writes so many files, a hundred to a folder, with names as they come. */
export function writeCorpus(folder: string, count: number, seed = 1): readonly CorpusFile[] {
  return Array.from({ length: count }, (_, number) => writeFileOf(folder, number, seed))
}

/** Writes one file of a corpus; another seed makes another text with the same word. */
export function writeFileOf(folder: string, number: number, seed = 1): CorpusFile {
  const { extension, family, make } = MAKERS[number % MAKERS.length] as Maker
  const word = wordOf(number)
  const below = `part ${Math.floor(number / 100)}`
  const name = `${below}/${String(number).padStart(4, '0')} – naïve.${extension}`
  const path = join(folder, name)
  mkdirSync(join(folder, below), { recursive: true })
  writeFileSync(path, make(word, createRandom(seed * 100_003 + number)))
  return { name, path, family, word }
}
