import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_CHUNKING, type ParsedDocument } from '#shared/model/import/documents.ts'
import type { SourceItem } from '#shared/model/import/source.ts'
import { docx, epub, Files, pdf, pptx, wordParagraph } from './files.fixture.ts'
import { Parser, PARSER_FILE } from './parser.ts'

/*
 * Files made to break parsers, through the real thread. Each ends in a document or an error that names the file, and the
 * thread goes on with the next one.
 */
describe.skipIf(!existsSync(PARSER_FILE))('the parser thread', () => {
  let files: Files
  let parser: Parser
  beforeAll(() => {
    files = new Files()
    parser = new Parser({ timeoutMs: 25_000 })
  })
  afterEach(async () => {
    const file = files.write('after.txt', 'still here')
    expect((await parser.call('document.parse', { ...file, kind: 'text' }, file)).text).toBe('still here')
  })
  afterAll(async () => {
    await parser.close()
    files[Symbol.dispose]()
  })

  async function read(
    name: string,
    content: string | Uint8Array,
  ): Promise<ParsedDocument & { readonly item: SourceItem }> {
    const file = files.write(name, content)
    const item = await parser.call('source.inspect', file, file)
    if (item.family !== 'documents') throw new Error(`${name} is taken for ${item.kind}`)
    const { kind, compression } = item
    const document = await parser.call('document.parse', { ...file, kind: kind as 'text', compression }, file)
    return { ...document, item }
  }

  const chunk = async ({ text, blocks }: ParsedDocument) =>
    parser.call('document.chunk', { document: { text, blocks }, chunking: DEFAULT_CHUNKING }, { name: 'x' })

  test('every kind comes through the built thread', async () => {
    const kinds: readonly (readonly [string, string | Uint8Array])[] = [
      ['a.pdf', pdf([[[11, 'words']]])],
      ['a.docx', docx(wordParagraph('words'))],
      ['a.pptx', pptx(['words'])],
      ['a.epub', epub(['<p>words</p>'])],
      ['a.html', '<p>words'],
      ['a.md', '# words'],
      ['a.txt', 'words'],
      ['a.py', 'words = 1'],
      ['a.eml', 'From: a@b.c\nSubject: x\n\nwords'],
    ]
    for (const [name, content] of kinds) {
      const found = await read(name, content)
      expect(found.text).toContain('words')
      expect(found.item.problems).toEqual([])
    }
  })

  test('100 MB in a single line', async () => {
    const found = await read('line.txt', Buffer.alloc(100_000_000, 'lorem ipsum dolor sit amet, '))
    expect(found.text).toHaveLength(100_000_000)
  })

  test('long texts without a space are chunked', async () => {
    const found = await read('dense.txt', Buffer.alloc(10_000_000, 'abcdefghij'))
    expect((await chunk(found)).at(-1)?.end).toBe(10_000_000)
  })

  test.each([
    ['div', '<div>'],
    ['b', '<b>'],
    ['list', '<ul><li>x'],
    ['quote', '<blockquote>'],
    ['table', '<table><tr><td>x'],
  ])('HTML nested 100,000 deep: %s', async (name, open) => {
    const found = await read(`deep-${name}.html`, `${open.repeat(100_000)}the end${'</i>'.repeat(100_000)}`)
    expect(found.text).toContain('the end')
  })

  test('Markdown nested 100,000 deep', async () => {
    const found = await read(
      'deep.md',
      `${'> '.repeat(100_000)}the end\n${'- '.repeat(100_000)}\n${'#'.repeat(100_000)}`,
    )
    expect(found.text).toContain('the end')
  })

  test.each(['docx', 'pptx', 'epub'])('XML nested deep: %s', async (kind) => {
    const deep = '<x>'.repeat(100_000)
    const content = {
      docx: () => docx(deep),
      pptx: () => pptx([deep]),
      epub: () => epub([`${deep}the end`]),
    }[kind]!()
    const result = await read(`deep.${kind}`, content).catch((error: unknown) => error)
    expect(result).toMatchObject(kind === 'docx' ? { code: 'unreadable-source' } : { blocks: expect.anything() })
  })

  test('bombs are refused before they fill memory', async () => {
    const gzip = gzipSync(Buffer.alloc(140_000_000, 'bomb '), { level: 1 })
    await expect(read('bomb.txt.gz', gzip)).rejects.toMatchObject({ code: 'too-large' })
  })

  test.each([
    ['pdf', pdf([[[11, 'some words']]])],
    ['docx', docx(wordParagraph('some words'))],
    ['pptx', pptx(['some words'])],
    ['epub', epub(['<p>some words</p>'])],
  ])('%s cut off or with bytes changed is a document or an error that says so', async (kind, whole) => {
    let state = 11
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state % below
    }
    for (let round = 0; round < 30; round++) {
      const bytes = Buffer.from(whole.subarray(0, round % 3 === 0 ? next(whole.length) : whole.length))
      if (round % 3 > 0) for (let at = 0; at < 1 + round / 3; at++) bytes[next(bytes.length)] = next(256)
      const file = files.write(`${round}.${kind}`, bytes)
      const result = await parser
        .call('document.parse', { ...file, kind: kind as 'pdf' }, file)
        .catch((error: unknown) => error)
      expect(result).toSatisfy(
        (value: object) =>
          'text' in value || ('code' in value && /^(?:unreadable-source|too-large)$/.test(String(value.code))),
      )
    }
  })

  test('an archive that claims to have too many parts', async () => {
    const archive = docx(wordParagraph('x'))
    archive.writeUInt16LE(60_000, archive.length - 12)
    const file = files.write('many.docx', archive)
    await expect(parser.call('document.parse', { ...file, kind: 'docx' }, file)).rejects.toMatchObject({
      code: 'too-large',
    })
  })
})
