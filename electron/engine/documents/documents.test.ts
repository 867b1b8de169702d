import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import type { DocumentKind } from '#shared/model/import/source.ts'
import type { ParsedDocument } from '#shared/model/import/documents.ts'
import { docx, epub, Files, pdf, pptx, wordParagraph, zip } from '../parsing/files.fixture.ts'
import { parseDocument } from './parse.ts'

const files = new Files()
afterAll(() => files[Symbol.dispose]())

async function parse(kind: DocumentKind, name: string, content: string | Uint8Array): Promise<ParsedDocument> {
  return parseDocument({ ...files.write(name, content), kind })
}

function outline({ text, blocks }: ParsedDocument): string[] {
  return blocks.map(({ kind, level, start, end }) => `${kind}${level ?? ''}: ${text.slice(start, end)}`)
}

const LONG = 'The quick brown fox jumps over the lazy dog, and nobody in the whole village wonders about it any more.'

describe('pdf', () => {
  test('headings by size, paragraphs by distance, words cut at the end of a line', async () => {
    const found = await parse(
      'pdf',
      'a.pdf',
      pdf(
        [
          [
            [24, 'Foxes'],
            [11, ''],
            [11, 'The quick brown fox jumps over the la-'],
            [11, 'zy dog.'],
            [11, ''],
            [11, 'A second paragraph.'],
          ],
          [
            [16, 'Dogs'],
            [11, ''],
            [11, LONG],
          ],
        ],
        "/Author (Ada) /CreationDate (D:20240102030405+01'00')",
      ),
    )
    expect(outline(found)).toEqual([
      'heading1: Foxes',
      'paragraph: The quick brown fox jumps over the lazy dog.',
      'paragraph: A second paragraph.',
      'heading2: Dogs',
      `paragraph: ${LONG}`,
    ])
    expect(found).toMatchObject({
      title: 'Foxes',
      pages: 2,
      language: 'en',
      metadata: { author: 'Ada' },
      createdAt: '2024-01-02T02:04:05.000Z',
    })
    expect(found.blocks.map(({ page }) => page)).toEqual([1, 1, 1, 2, 2])
  })

  test('one without text is said to be scanned', async () => {
    await expect(parse('pdf', 'scan.pdf', pdf([[]]))).rejects.toMatchObject({
      code: 'unreadable-source',
      message: '"scan.pdf" has no text: it seems to be scanned.',
    })
  })

  test('one with a password is said to be protected', async () => {
    const lock = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'00'.repeat(32)}> /U <${'11'.repeat(32)}> >> /ID [<00> <00>] /Info`
    const locked = pdf([[[11, 'x']]])
      .toString('latin1')
      .replace('/Info', lock)
    await expect(parse('pdf', 'locked.pdf', Buffer.from(locked, 'latin1'))).rejects.toMatchObject({
      code: 'unreadable-source',
      message: /is protected: it wants a password/,
    })
  })

  test('a damaged one is an error that names it', async () => {
    await expect(parse('pdf', 'x.pdf', '%PDF-1.7 nothing else')).rejects.toMatchObject({ code: 'unreadable-source' })
  })
})

describe('docx', () => {
  test('headings, lists and tables by their styles; properties', async () => {
    const table = `<w:tbl>${['a b', 'c d']
      .map(
        (row) =>
          `<w:tr>${row
            .split(' ')
            .map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`)
            .join('')}</w:tr>`,
      )
      .join('')}</w:tbl>`
    const found = await parse('docx', 'a.docx', docx(wordParagraph('Top', 'Heading1') + wordParagraph(LONG) + table))
    expect(outline(found)).toEqual(['heading1: Top', `paragraph: ${LONG}`, 'table: a | b\nc | d'])
    expect(found).toMatchObject({
      title: 'The title',
      metadata: { author: 'Ada' },
      createdAt: '2024-01-02T03:04:05.000Z',
    })
  })

  test('an archive that unpacks beyond measure is refused, whatever it claims', async () => {
    const zeros = Buffer.alloc(130 * 1024 * 1024)
    await expect(
      parse('docx', 'bomb.docx', docx(wordParagraph('x'), [{ name: 'word/styles.xml', content: zeros }])),
    ).rejects.toMatchObject({ code: 'too-large' })
    await expect(
      parse('docx', 'liar.docx', docx(wordParagraph('x'), [{ name: 'word/styles.xml', content: zeros, claims: 10 }])),
    ).rejects.toMatchObject({ code: 'unreadable-source' })
  })

  test('encrypted and truncated ones say so', async () => {
    const locked = zip([{ name: '[Content_Types].xml', content: 'x', isEncrypted: true }])
    await expect(parse('docx', 'locked.docx', locked)).rejects.toMatchObject({ message: /is protected/ })
    const whole = docx(wordParagraph('x'))
    await expect(parse('docx', 'half.docx', whole.subarray(0, whole.length / 2))).rejects.toMatchObject({
      code: 'unreadable-source',
    })
  })
})

test('pptx: slides in the order they are shown, with titles, points and notes', async () => {
  const found = await parse('pptx', 'a.pptx', pptx(['Alpha', 'Beta']))
  expect(outline(found)).toEqual([
    'heading1: Alpha',
    'list: - First point\n- Second point',
    'quote: Say this of Alpha',
    'heading1: Beta',
    'list: - First point\n- Second point',
    'quote: Say this of Beta',
  ])
  expect(found).toMatchObject({ pages: 2, title: 'The title' })
  expect(found.blocks.at(-1)?.page).toBe(2)
})

describe('epub', () => {
  test('chapters in reading order', async () => {
    const found = await parse('epub', 'a.epub', epub(['<h1>One</h1><p>a</p>', '<h1>Two</h1><p>b</p>']))
    expect(outline(found)).toEqual(['heading1: One', 'paragraph: a', 'heading1: Two', 'paragraph: b'])
    expect(found).toMatchObject({
      title: 'The book',
      metadata: { author: 'Bea' },
      createdAt: '1999-05-06T00:00:00.000Z',
    })
  })

  test('one with encrypted chapters is protected, one with obscured fonts is not', async () => {
    const encryption = (part: string) => ({
      name: 'META-INF/encryption.xml',
      content: `<encryption><CipherReference URI="${part}"/></encryption>`,
    })
    const locked = epub(['<p>a</p>'], [encryption('OEBPS/text/chapter%200.xhtml')])
    await expect(parse('epub', 'locked.epub', locked)).rejects.toMatchObject({ message: /is protected/ })
    expect((await parse('epub', 'font.epub', epub(['<p>a</p>'], [encryption('OEBPS/font.otf')]))).text).toBe('a')
  })
})

describe('html', () => {
  test('blocks in the order of the source, without what nobody reads', async () => {
    const html = `<!doctype html><html lang="en"><head><title> A  page </title><meta name="author" content="Ada">
      <style>p { color: red }</style></head><body><script>no()</script>
      <h1>Top <em>one</em></h1><p>Some
      text<br>broken &amp; going on.</p><pre>let x = 1
  if (x) y()</pre><blockquote><p>Said</p></blockquote>
      <ul><li>a<ul><li>a1</li></ul></li><li>b</li></ul><ol><li>one<li>two</ol>
      <table><tr><th>k<th>v<tr><td>x<td>1</table>after</body></html>`
    const found = await parse('html', 'a.html', html)
    expect(outline(found)).toEqual([
      'heading1: Top one',
      'paragraph: Some text\nbroken & going on.',
      'code: let x = 1\n  if (x) y()',
      'quote: Said',
      'list: - a\n  - a1\n- b',
      'list: 1. one\n2. two',
      'table: k | v\nx | 1',
      'paragraph: after',
    ])
    expect(found).toMatchObject({ title: 'A page', metadata: { author: 'Ada', declaredLanguage: 'en' } })
  })

  test('a table that arranges the page is read as what is in it', async () => {
    const html = '<table><tr><td>menu</td><td><h2>News</h2><p>Something happened.</p></td></tr></table>'
    expect(outline(await parse('html', 'b.html', html))).toEqual([
      'paragraph: menu',
      'heading2: News',
      'paragraph: Something happened.',
    ])
  })
})

test('markdown: the text as it is, front matter as metadata', async () => {
  const source = `---\r\ntitle: "From the front"\r\ndate: 2024-02-03\r\n---\r\n# *Top*\r\n\r\nwords\r\nmore words\r\n\r\nUnder\r\n-----\r\n- a\r\n\r\n  b\r\n- c\r\n\r\n\`\`\`js\r\n# no heading\r\n\r\n\`\`\`\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n> said\r\n`
  const found = await parse('markdown', 'a.md', source)
  expect(found.text).toBe(source)
  expect(found.blocks.map(({ kind, level }) => `${kind}${level ?? ''}`)).toEqual([
    'code',
    'heading1',
    'paragraph',
    'heading2',
    'list',
    'code',
    'table',
    'quote',
  ])
  expect(found).toMatchObject({ title: 'From the front', createdAt: '2024-02-03T00:00:00.000Z' })
})

describe('text', () => {
  test('paragraphs by empty lines, offsets into the text as it stands', async () => {
    const found = await parse('text', 'a.txt', 'one\ntwo\n \n\n  three\r\n\r\nfour')
    expect(outline(found)).toEqual(['paragraph: one\ntwo', 'paragraph:   three', 'paragraph: four'])
  })

  test.each([
    ['utf-8 with a mark', Buffer.from('\ufeffGrün')],
    ['utf-16le with a mark', Buffer.from('\ufeffGrün', 'utf16le')],
    ['utf-16le without', Buffer.from('Grün', 'utf16le')],
    ['utf-16be with a mark', Buffer.from('\ufeffGrün', 'utf16le').swap16()],
  ])('%s', async (_, bytes) => {
    expect((await parse('text', 'e.txt', bytes)).text).toBe('Grün')
  })

  test('other encodings are guessed, and that is said', async () => {
    const words = 'Größe und Maß für Äpfel, Öl und Übermut. '.repeat(5)
    const found = await parse('text', 'l.txt', Buffer.from(words, 'latin1'))
    expect(found.text).toBe(words)
    expect(found.problems).toMatchObject([{ severity: 'note', message: /windows-1252/ }])
  })

  test('UTF-8 with a few broken bytes stays UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('äöü'.repeat(2000)), Buffer.from([0xff]), Buffer.from('end')])
    const found = await parse('text', 'b.txt', bytes)
    expect(found.text.endsWith('ü\ufffdend')).toBe(true)
    expect(found.problems).toMatchObject([{ severity: 'warning' }])
  })

  test('compressed ones are unpacked; damaged ones and bombs are refused', async () => {
    const packed = gzipSync('inside')
    const file = { ...files.write('a.txt.gz', packed), kind: 'text', compression: 'gzip' } as const
    expect((await parseDocument(file)).text).toBe('inside')
    const half = { ...file, ...files.write('h.txt.gz', packed.subarray(0, 20)) }
    await expect(parseDocument(half)).rejects.toMatchObject({ code: 'unreadable-source' })
    const bomb = { ...file, ...files.write('b.txt.gz', gzipSync(Buffer.alloc(130 * 1024 * 1024, 'a '), { level: 1 })) }
    await expect(parseDocument(bomb)).rejects.toMatchObject({ code: 'too-large' })
  })

  test('Zstandard too', async () => {
    // One frame of eight bytes as they are.
    const packed = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 8, 65, 0, 0, ...Buffer.from('one two.')])
    const read = (name: string, bytes: Uint8Array) =>
      parseDocument({ ...files.write(name, bytes), kind: 'text', compression: 'zstd' })
    expect((await read('a.txt.zst', packed)).text).toBe('one two.')
    expect((await read('twice.txt.zst', Buffer.concat([packed, packed]))).text).toBe('one two.one two.')
    for (const broken of [packed.subarray(0, 12), Buffer.concat([packed.subarray(0, 6), Buffer.alloc(4000, 255)])]) {
      await expect(read('b.txt.zst', broken)).rejects.toMatchObject({ code: 'unreadable-source' })
    }
  })

  test.each([
    ['empty', ''],
    ['only space', ' \n\t\n'],
  ])('%s is an error, not an empty document', async (name, content) => {
    await expect(parse('text', `${name}.txt`, content)).rejects.toMatchObject({ code: 'unreadable-source' })
  })

  test('a file that is gone is not found', async () => {
    await expect(parseDocument({ path: '/nowhere/a.txt', name: 'a.txt', kind: 'text' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

test('code is one block with its language', async () => {
  const found = await parse('code', 'a.py', '\n\n  def f():\n\n    pass\n')
  expect(outline(found)).toEqual(['code:   def f():\n\n    pass'])
  expect(found).toMatchObject({ language: null, metadata: { programmingLanguage: 'python' } })
})

test('e-mail: body, headers, names of what is attached', async () => {
  const source = [
    'From: Ada <ada@example.org>',
    'To: bea@example.org',
    'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
    'Date: Mon, 1 Jan 2024 10:00:00 +0100',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<h1>Hello</h1><p>there</p>',
    '--x',
    'Content-Type: application/pdf; name=a.pdf',
    'Content-Disposition: attachment; filename=a.pdf',
    '',
    'x',
    '--x--',
  ].join('\r\n')
  const found = await parse('email', 'a.eml', source)
  expect(outline(found)).toEqual(['heading1: Hello', 'paragraph: there'])
  expect(found).toMatchObject({
    title: 'Grüße',
    createdAt: '2024-01-01T09:00:00.000Z',
    metadata: { from: 'Ada <ada@example.org>', to: ['bea@example.org'], attachments: ['a.pdf'] },
  })
})
