import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'

/** A folder of files that goes when the test does. */
export class Files {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'tiltyard-sources-'))

  write(name: string, content: string | Uint8Array): { readonly path: string; readonly name: string } {
    const file = path.join(this.folder, name)
    writeFileSync(file, content)
    return { path: file, name }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

interface Part {
  readonly name: string
  readonly content: string | Uint8Array
  /** What the directory claims, where it lies. */
  readonly claims?: number
  readonly isEncrypted?: boolean
}

/** A compressed archive, as Office writes them. */
export function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, claims, isEncrypted = false } of parts) {
    const bytes = Buffer.from(content as Uint8Array)
    const packed = deflateRawSync(bytes)
    const label = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(isEncrypted ? 1 : 0, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claims ?? bytes.length, 18)
    common.writeUInt16LE(label.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    bodies.push(Buffer.from('PK\u0003\u0004'), common, label, packed)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common, rest, label)
    offset += 30 + label.length + packed.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listing, end])
}

const CORE = `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>The title</dc:title>
  <dc:creator>Ada</dc:creator><dcterms:created>2024-01-02T03:04:05Z</dcterms:created></cp:coreProperties>`

const relationships = (entries: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries
    .map(
      ([id, type, target]) =>
        `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`

/** A Word document with the body given, in the elements of Word. */
export function docx(body: string, more: readonly Part[] = []): Buffer {
  return zip([
    {
      name: '[Content_Types].xml',
      content: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    { name: '_rels/.rels', content: relationships([['r1', 'officeDocument', 'word/document.xml']]) },
    {
      name: 'word/document.xml',
      content: `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    },
    { name: 'docProps/core.xml', content: CORE },
    ...more,
  ])
}

export const wordParagraph = (text: string, style?: string): string =>
  `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`

/** A presentation of one slide for each title, with two points and a note. */
export function pptx(titles: readonly string[]): Buffer {
  const shape = (type: string, lines: readonly string[]): string =>
    `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody>${lines
      .map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`)
      .join('')}</p:txBody></p:sp>`
  return zip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: 'ppt/presentation.xml',
      content: `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${titles.map((_, i) => `<p:sldId id="${256 + i}" r:id="s${i}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      // Slides are stored in another order than they are shown.
      content: relationships(titles.map((_, i) => [`s${i}`, 'slide', `slides/slide${titles.length - i}.xml`] as const)),
    },
    ...titles.flatMap((title, i) => [
      {
        name: `ppt/slides/slide${titles.length - i}.xml`,
        content: `<p:sld xmlns:p="p" xmlns:a="a">${shape('title', [title])}${shape('body', ['First point', 'Second point'])}${shape('sldNum', ['7'])}</p:sld>`,
      },
      {
        name: `ppt/slides/_rels/slide${titles.length - i}.xml.rels`,
        content: relationships([['n', 'notesSlide', `../notesSlides/notes${i}.xml`]]),
      },
      {
        name: `ppt/notesSlides/notes${i}.xml`,
        content: `<p:notes xmlns:p="p" xmlns:a="a">${shape('body', [`Say this of ${title}`])}</p:notes>`,
      },
    ]),
    { name: 'docProps/core.xml', content: CORE },
  ])
}

export function epub(chapters: readonly string[], more: readonly Part[] = []): Buffer {
  return zip([
    { name: 'mimetype', content: 'application/epub+zip' },
    {
      name: 'META-INF/container.xml',
      content: '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
    },
    {
      name: 'OEBPS/content.opf',
      content: `<package xmlns:dc="d"><metadata><dc:title>The book</dc:title><dc:creator>Bea</dc:creator><dc:date>1999-05-06</dc:date></metadata>
        <manifest>${chapters.map((_, i) => `<item id="c${i}" href="text/chapter%20${i}.xhtml"/>`).join('')}</manifest>
        <spine>${chapters.map((_, i) => `<itemref idref="c${i}"/>`).join('')}</spine></package>`,
    },
    ...chapters.map((html, i) => ({ name: `OEBPS/text/chapter ${i}.xhtml`, content: html })),
    ...more,
  ])
}

/** Lines of a page: their size in points and their text. */
export type PdfLine = readonly [size: number, text: string]

/** A PDF of pages of lines, written by hand. */
export function pdf(pages: readonly (readonly PdfLine[])[], info = ''): Buffer {
  const objects: string[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_, i) => `${4 + i * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  pages.forEach((lines, i) => {
    let y = 780
    const content = lines
      .map(([size, text]) => {
        y -= text === '' ? size * 2 : size * 1.2
        return `BT /F1 ${size} Tf 1 0 0 1 72 ${y} Tm (${text.replaceAll(/[()\\]/g, '\\$&')}) Tj ET`
      })
      .join('\n')
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + i * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    )
  })
  objects.push(`<< ${info} >>`)
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = file.length
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${start}\n%%EOF`
  return Buffer.from(file, 'latin1')
}

/** The beginning of an OLE file with a stream of the name given. */
export function ole(stream: string): Buffer {
  return Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(504),
    Buffer.from(stream, 'utf16le'),
    Buffer.alloc(512),
  ])
}
