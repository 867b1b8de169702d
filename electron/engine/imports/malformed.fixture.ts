import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { createRandom, type Random } from '#shared/random.fixture.ts'
import { docx, epub, ole, pdf, pptx, wordParagraph, zip } from '../parsing/files.fixture.ts'

/*
 * Files made to break what reads them, and places that are no files at all. Whether one of them ends in rows or in a reason
 * is for the reader to decide; it may not end anything else.
 */

export interface Malformed {
  /** Below the folder. */
  readonly names: readonly string[]
  /** Ends what was made beside files. */
  close(): Promise<void>
}

type Bytes = string | Uint8Array

const WHOLE: Readonly<Record<string, () => Buffer>> = {
  pdf: () => pdf([[[11, 'some words of a page']], [[11, 'and of another']]]),
  docx: () => docx(wordParagraph('some words of a document')),
  pptx: () => pptx(['some words of a slide']),
  epub: () => epub(['<p>some words of a book</p>']),
}

const zeros = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1024 * 1024)
/** Two hundred megabytes of spaces in a part every reader opens. */
const bomb = (): Buffer => Buffer.alloc(200 * 1024 * 1024, ' ')

/** One of each, by name. */
const SINGLE: Readonly<Record<string, () => Bytes>> = {
  'empty.txt': () => '',
  'empty.pdf': () => '',
  'empty.docx': () => '',
  'blank.txt': () => ' \n\n\t ',
  'blank.html': () => '<html></html>',
  'mark.txt': () => '\u{feff}',
  'zeros.txt': () => zeros(1),
  'zeros.pdf': () => zeros(1),
  'zeros.docx': () => zeros(1),
  'zeros.md': () => zeros(1),
  'nul-inside.txt': () => `some\u0000words${'\u0000'.repeat(10)} after`,
  'late-nul.txt': () => `${'some words '.repeat(10_000)}\u0000 and after`,
  'controls.md': () => Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 32)),
  'escape.txt': () => '\u001b[31mred\u001b[0m words '.repeat(500),
  'overlong.txt': () =>
    Buffer.concat([Buffer.from('words '), Buffer.from([0xc0, 0x80, 0xf8, 0x88]), Buffer.from(' on')]),
  'half-utf16.txt': () => Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x42]),
  'surrogates.txt': () => Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00, 0x00, 0xdc]),
  'wrong-mark.txt': () => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('plain words of one byte each')]),
  'shift-jis.txt': () => Buffer.from('82b182f182c982bf82cd90a28a45'.repeat(40), 'hex'),
  'lone.html': () => '<p>lone &#xD800; and &#x110000; and &#0; words',
  'pdf-as-text.txt': () => WHOLE['pdf']?.() ?? '',
  'text-as-pdf.pdf': () => 'only words, no page',
  'text-as-docx.docx': () => 'only words, no archive',
  'docx-as-pdf.pdf': () => WHOLE['docx']?.() ?? '',
  'zip-as-epub.epub': () => zip([{ name: 'a.txt', content: 'words' }]),
  'png-as-txt.txt': () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), zeros(1)]),
  'executable.md': () => Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(5000, 1)]),
  'locked.docx': () => ole('EncryptedPackage'),
  'old.doc': () => ole('WordDocument'),
  'ole-only.docx': () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  'bomb.docx': () => docx('', [{ name: 'word/styles.xml', content: bomb() }]),
  'bomb-body.docx': () =>
    zip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: bomb() },
    ]),
  'bomb.pptx': () => pptx([' '.repeat(200 * 1024 * 1024)]),
  'bomb.epub': () => epub([bomb().toString('latin1')]),
  'bomb.txt.gz': () => gzipSync(bomb(), { level: 1 }),
  'bomb.md.gz': () => gzipSync(gzipSync(bomb())),
  'bomb.csv.gz': () => gzipSync(bomb()),
  'cut.txt.gz': () => gzipSync('some words '.repeat(10_000)).subarray(0, 90),
  'broken.txt.gz': () => Buffer.concat([Buffer.from('1f8b0800000000000003', 'hex'), Buffer.alloc(400, 0x55)]),
  'cut.txt.zst': () => Buffer.from('28b52ffd04', 'hex'),
  'claims.docx': () =>
    zip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: 'x', claims: 0xfffffff0 },
    ]),
  'claims-less.docx': () =>
    zip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: `<w:document>${'x'.repeat(1_000_000)}`, claims: 10 },
    ]),
  'locked.epub': () =>
    zip([
      { name: 'META-INF/container.xml', content: '<container/>', isEncrypted: true },
      { name: 'a.opf', content: 'x', isEncrypted: true },
    ]),
  'many.docx': () => {
    const archive = WHOLE['docx']?.() ?? Buffer.alloc(0)
    archive.writeUInt16LE(60_000, archive.length - 12)
    return archive
  },
  'up.docx': () =>
    zip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: '../../etc/passwd', content: 'x' },
      { name: 'word/document.xml', content: '<w:document/>' },
    ]),
  'entities.docx': () =>
    docx('&a;', [
      { name: 'word/comments.xml', content: '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]><x>&a;</x>' },
    ]),
  'deep.docx': () => docx('<w:p>'.repeat(200_000)),
  'deep.html': () => `${'<div>'.repeat(300_000)}words`,
  'deep-tables.html': () => '<table><tr><td>'.repeat(50_000),
  'deep-lists.html': () => `${'<ul><li>'.repeat(100_000)}words`,
  'attributes.html': () => `<p ${Array.from({ length: 200_000 }, (_, at) => `a${at}="${at}"`).join(' ')}>words`,
  'unclosed.html': () => `<p title="${'x'.repeat(5_000_000)}`,
  'comment.html': () => `<!--${'-'.repeat(5_000_000)}`,
  'script.html': () => `words<script>${'<!--<script>'.repeat(300_000)}`,
  'entities.html': () => `<p>${'&amp'.repeat(1_000_000)}`,
  'deep.md': () => `${'> '.repeat(200_000)}words`,
  'stars.md': () => '*'.repeat(2_000_000),
  'brackets.md': () => '['.repeat(2_000_000),
  'fence.md': () => '```\n'.repeat(200_000),
  'front.md': () => `---\n${'a: b\n'.repeat(200_000)}`,
  'table.md': () => `${'|a'.repeat(200_000)}\n${'|-'.repeat(200_000)}`,
  'deep.json': () => '['.repeat(1_000_000),
  'deep-objects.json': () => '{"a":'.repeat(500_000),
  'deep.ipynb': () => '{"cells":['.repeat(100_000),
  'line.txt': () => Buffer.alloc(60_000_000, 'lorem ipsum dolor sit amet, '),
  'no-space.txt': () => Buffer.alloc(30_000_000, 'abcdefghij'),
  'one-letter.md': () => Buffer.alloc(20_000_000, 'a'),
  'emoji.txt': () => '👩‍👩‍👧‍👦'.repeat(200_000),
  'marks.txt': () => `a${'\u0301'.repeat(1_000_000)}`,
  'breaks.txt': () => '\n'.repeat(5_000_000),
  'returns.txt': () => 'a\r'.repeat(2_000_000),
  'headings.md': () => '# a\n'.repeat(100_000),
  'headers.eml': () => `${'X-A: b\r\n'.repeat(300_000)}\r\nwords`,
  'long-header.eml': () => `From: a@b.c\r\nSubject: ${'=?utf-8?q?a?= '.repeat(200_000)}\r\n\r\nwords`,
  'nested.eml': () =>
    `${Array.from({ length: 5000 }, (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`).join('')}words`,
  'no-body.eml': () => 'From: a@b.c\r\nSubject: nothing\r\n\r\n',
  'to.eml': () => `From: a@b.c\r\nTo: ${'x@y.z, '.repeat(100_000)}\r\n\r\nwords`,
  'no-root.pdf': () => '%PDF-1.7\ntrailer << >>\n%%EOF',
  'loop.pdf': () =>
    '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF',
  'claims.pdf': () => (WHOLE['pdf']?.() ?? Buffer.alloc(0)).toString('latin1').replace('/Count 2', '/Count 2000000000'),
  'length.pdf': () =>
    (WHOLE['pdf']?.() ?? Buffer.alloc(0)).toString('latin1').replaceAll(/\/Length \d+/g, '/Length 2147483647'),
  'flate.pdf': () => {
    const packed = deflateRawSync(bomb()).toString('latin1')
    const text = (WHOLE['pdf']?.() ?? Buffer.alloc(0)).toString('latin1')
    return Buffer.from(
      text.replace(
        /<< \/Length \d+ >>\nstream\n[^]*?\nendstream/,
        () => `<< /Filter /FlateDecode /Length ${packed.length + 2} >>\nstream\nx\u009c${packed}\nendstream`,
      ),
      'latin1',
    )
  },
  'parens.pdf': () => `%PDF-1.4\n1 0 obj\n${'('.repeat(1_000_000)}`,
  'arrays.pdf': () => `%PDF-1.4\n1 0 obj\n${'['.repeat(1_000_000)}\ntrailer << /Root 1 0 R >>`,
  'xref.pdf': () =>
    `%PDF-1.4\nxref\n0 4000000000\n${'0'.repeat(1000)}\ntrailer << /Root 1 0 R /Size 4000000000 >>\nstartxref\n9\n%%EOF`,
  'PAR1.txt': () => 'PAR1',
  'head.parquet': () => Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100, 7), Buffer.from('PAR1')]),
  'head.arrow': () => Buffer.concat([Buffer.from('ARROW1\u0000\u0000'), Buffer.alloc(100, 0xff)]),
  'quote.csv': () => `a,b\n"${'x'.repeat(5_000_000)}`,
  'wide.csv': () => `${'a,'.repeat(200_000)}\n`,
  'line\nbreak.txt': () => '',
  '🎺🎺🎺.docx': () => 'no archive',
  [`${'long'.repeat(62)}.pdf`]: () => 'no pdf',
  'quote\'"`$(x);--.epub': () => 'no book',
  'con.docx': () => Buffer.from('PK\u0003\u0004'),
  'end.docx': () => Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]),
}

/** Writes one of each, and files cut off or changed up to `count`. `isLarge` adds those of a gigabyte. */
export async function writeMalformed(folder: string, count: number, isLarge: boolean, seed = 1): Promise<Malformed> {
  mkdirSync(folder, { recursive: true })
  const single = Object.entries(SINGLE)
  const names = single.slice(0, count).map(([name, make]) => {
    writeFileSync(join(folder, name), make())
    return name
  })
  const roll = createRandom(seed)
  for (let number = 0; names.length < count; number++) names.push(writeDamaged(folder, number, roll))
  if (isLarge) names.push(...writeLarge(folder))
  const { places, server } = await makePlaces(folder)
  return { names: [...names, ...places], close: () => new Promise((resolve) => server.close(() => resolve())) }
}

function writeDamaged(folder: string, number: number, roll: Random): string {
  const kinds = Object.entries(WHOLE)
  const [kind, make] = kinds[number % kinds.length] as [string, () => Buffer]
  const whole = make()
  const isCut = roll(3) === 0
  const bytes = Buffer.from(whole.subarray(0, isCut ? roll(whole.length) : whole.length))
  if (!isCut) for (let at = 0; at <= roll(12); at++) bytes[roll(bytes.length)] = roll(256)
  const name = `damaged ${number}.${kind}`
  writeFileSync(join(folder, name), bytes)
  return name
}

const GIGABYTE = 1e9

/** One line each; the sparse ones take no room. */
function writeLarge(folder: string): readonly string[] {
  const part = Buffer.alloc(10_000_000, 'lorem ipsum ')
  const write = (name: string, text: Buffer | undefined): string => {
    const file = openSync(join(folder, name), 'w')
    if (text === undefined) ftruncateSync(file, GIGABYTE)
    else for (let bytes = 0; bytes < GIGABYTE; bytes += text.length) writeSync(file, text)
    closeSync(file)
    return name
  }
  return [
    write('gigabyte.txt', part),
    write('sparse.txt', undefined),
    write('sparse.docx', undefined),
    write('sparse.pdf', undefined),
  ]
}

/** Pipes, sockets, devices and links that lead nowhere: nothing that may be opened. */
async function makePlaces(folder: string): Promise<{ readonly places: readonly string[]; readonly server: Server }> {
  const places = ['pipe.txt', 'pipe.pdf', 'socket', 'endless.txt', 'nowhere.txt', 'circle.txt', 'other.txt']
  execFileSync('mkfifo', [join(folder, 'pipe.txt'), join(folder, 'pipe.pdf')])
  symlinkSync('/dev/zero', join(folder, 'endless.txt'))
  symlinkSync('not there', join(folder, 'nowhere.txt'))
  symlinkSync('other.txt', join(folder, 'circle.txt'))
  symlinkSync('circle.txt', join(folder, 'other.txt'))
  mkdirSync(join(folder, 'below'))
  // A folder inside itself: its files are read once.
  symlinkSync('..', join(folder, 'below', 'up'))
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('bad\u00ff.txt', 'latin1')]), 'words')
  places.push('bad\u{fffd}.txt')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve))
  return { places, server }
}
