import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import type { SourceItem } from '#shared/model/import/source.ts'
import { inspectSource } from './inspect.ts'
import { Files, ole, pdf, zip } from '../parsing/files.fixture.ts'

const files = new Files()
afterAll(() => files[Symbol.dispose]())

const inspect = (name: string, content: string | Uint8Array): Promise<SourceItem> =>
  inspectSource(files.write(name, content))

const office = (folder: string): Buffer =>
  zip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: `${folder}/x.xml`, content: '<x/>' },
  ])
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
  'base64',
)
const PARQUET = Buffer.from('PAR1 and so on PAR1')
const JSON_LINES = '{"a":1}\n{"a":2}\n{"a":3}\n'

describe('by content, whatever the name says', () => {
  test.each<[name: string, content: string | Uint8Array, kind: string, note: boolean]>([
    ['a.pdf', pdf([[[11, 'x']]]), 'pdf', false],
    ['a.txt', pdf([[[11, 'x']]]), 'pdf', true],
    ['a.docx', office('word'), 'docx', false],
    ['a.zip', office('ppt'), 'pptx', false],
    ['a.docx', office('xl'), 'xlsx', true],
    ['a', PARQUET, 'parquet', false],
    ['a.csv', PARQUET, 'parquet', true],
    ['a.arrow', 'ARROW1\0\0xxxxxxxx', 'arrow', false],
    ['a.jpg', PNG, 'image', false],
    ['a.txt', PNG, 'image', true],
    ['a.txt', Buffer.from('\u{feff}words', 'utf16le'), 'text', false],
    ['a.csv', Buffer.from('\u{feff}a;b\n1;2\n', 'utf16le'), 'csv', false],
    ['a.csv', '<!DOCTYPE html><html><body>Not found</body></html>', 'html', true],
    ['a.json', JSON_LINES, 'jsonl', true],
    ['a.jsonl', '[{"a":1},\n{"a":2}]', 'json', true],
    ['a.jsonl', '{"a":1}\n', 'json', true],
    ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image', false],
  ])('%s %#', async (name, content, kind, note) => {
    const found = await inspect(name, content)
    expect(found.kind).toBe(kind)
    expect(found.problems.map(({ severity }) => severity)).toEqual(note ? ['note'] : [])
  })
})

describe('by name, where content could be anything', () => {
  test.each([
    ['a.md', '# x', 'markdown'],
    ['a.txt', '{"a": 1}', 'text'],
    ['a.py', 'x = 1', 'code'],
    ['Makefile', 'all:\n\techo', 'code'],
    ['a.tsv', 'a\tb', 'csv'],
    ['a.csv', 'a', 'csv'],
    ['a.eml', 'Subject: x\n\ny', 'email'],
    ['a.html', '<p>x', 'html'],
    ['a.ndjson', JSON_LINES, 'jsonl'],
    ['unknown.xyz', 'Just a few words, and some more of them.', 'text'],
    ['unknown', '#!/bin/sh\necho', 'code'],
    ['unknown.dat', 'a;b;c\n1;2;3\n4;5;6\n7;8;9\n', 'csv'],
    ['unknown.xyz', JSON_LINES, 'jsonl'],
    ['message', 'From: a@b.c\nTo: d@e.f\nSubject: x\n\nbody', 'email'],
    ['a.bin', Buffer.from([0, 1, 2, 3, 255]), 'binary'],
  ])('%s %#', async (name, content, kind) => {
    expect(await inspect(name, content)).toMatchObject({ kind, problems: [] })
  })
})

test('compressed text is what it unpacks to', async () => {
  expect(await inspect('a.csv.gz', gzipSync('a,b\n1,2\n'))).toMatchObject({ kind: 'csv', compression: 'gzip' })
  expect(await inspect('a.gz', gzipSync(JSON_LINES))).toMatchObject({ kind: 'jsonl', compression: 'gzip' })
  // zstd of "a,b\n1,2\n", unpacked.
  const zstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 8, 65, 0, 0, ...Buffer.from('a,b\n1,2\n')])
  expect(await inspect('a.csv.zst', zstd)).toMatchObject({ kind: 'csv', compression: 'zstd' })
  const packed = await inspect('a.pdf.gz', gzipSync(pdf([[[11, 'x']]])))
  expect(packed).toMatchObject({ kind: 'binary', problems: [{ severity: 'note' }] })
  expect(packed).not.toHaveProperty('compression')
})

test('pages of a PDF', async () => {
  expect(await inspect('two.pdf', pdf([[[11, 'a']], [[11, 'b']]]))).toMatchObject({ pages: 2, family: 'documents' })
})

describe('what keeps a file from being imported is a problem of it', () => {
  test.each<[name: string, content: string | Uint8Array, message: RegExp]>([
    ['empty.csv', '', /empty/],
    ['cut.parquet', 'PAR1 and no more', /cut off/],
    ['secret.parquet', 'PARE', /encrypted/],
    ['cut.docx', office('word').subarray(0, 40), /damaged or incomplete/],
    ['other.docx', zip([{ name: 'a.txt', content: 'x' }]), /another kind of ZIP/],
    ['locked.docx', ole('EncryptedPackage'), /password/],
    ['bad.pdf', '%PDF-1.4 nothing', /damaged or incomplete/],
    ['bad.csv.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), /gzip data is damaged/],
  ])('%s', async (name, content, message) => {
    const { problems, kind } = await inspect(name, content)
    expect(problems).toMatchObject([{ severity: 'error', message }])
    expect(kind).not.toBe('binary')
  })

  test('files that are gone, folders and old formats', async () => {
    const gone = await inspectSource({ path: '/nowhere/a.csv', name: 'a.csv' })
    expect(gone).toMatchObject({ kind: 'csv', bytes: 0, problems: [{ severity: 'error' }] })
    const folder = await inspectSource({ path: files.folder, name: 'folder' })
    expect(folder.problems).toMatchObject([{ severity: 'error', message: /folder/ }])
    expect(await inspect('old.doc', ole('WordDocument'))).toMatchObject({
      kind: 'binary',
      problems: [{ severity: 'warning' }],
    })
    expect(await inspect('a.rtf', '{\\rtf1 words}')).toMatchObject({
      kind: 'binary',
      problems: [{ severity: 'warning' }],
    })
    expect(await inspect('old.xls', ole('Workbook'))).toMatchObject({ kind: 'xlsx', problems: [] })
  })
})

test('a folder with manifests is a dataset', async () => {
  const folder = path.join(files.folder, 'a.lance')
  mkdirSync(path.join(folder, '_versions'), { recursive: true })
  mkdirSync(path.join(folder, 'data'))
  writeFileSync(path.join(folder, '_versions', '1.manifest'), 'x')
  writeFileSync(path.join(folder, 'data', 'a.lance'), '12345')
  expect(await inspectSource({ path: folder, name: 'a.lance' })).toMatchObject({
    kind: 'lance',
    bytes: 5,
    problems: [],
  })
})
