import { describe, expect, it } from 'vitest'
import type { SourceItem } from '#shared/model/import/source.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { createDraft, draftOf, formatTokens, mainFamily, nameFor, parseTokens, withFamily } from './draft.ts'
import { toSpec } from './to-spec.ts'

const item = (name: string, family: SourceItem['family'] = 'documents'): SourceItem => ({
  path: `/data/${name}`,
  name,
  kind: family === 'documents' ? 'pdf' : family === 'tables' ? 'csv' : 'image',
  family,
  bytes: 10,
  problems: [],
})
const SOURCES = { paths: ['/data/papers'], uploads: [] }
const TO = { folder: '/home/me' }

describe('a new draft', () => {
  it('imports what there is most of, into a dataset named after it', () => {
    const items = [item('papers/a.pdf'), item('papers/b.pdf'), item('papers/c.csv', 'tables')]
    const draft = createDraft(SOURCES, items, TO)
    expect(draft.family).toBe('documents')
    expect(draft.target).toMatchObject({ kind: 'new', folder: '/home/me', name: 'papers' })
    expect(toSpec(draft)).toMatchObject({
      kind: 'spec',
      spec: {
        sources: { paths: ['/data/papers'] },
        rows: { kind: 'documents', chunking: { by: 'structure', size: 400, overlap: 40 } },
        target: { kind: 'new', location: '/home/me/papers.lance' },
        embed: { embedder: 'built-in', source: 'content', target: 'vector' },
      },
    })
    expect(mainFamily([])).toBe('documents')
  })

  it('goes into the dataset it was asked for', () => {
    const draft = createDraft(SOURCES, [item('a.csv', 'tables')], { folder: '', into: '/data/x.lance' })
    expect(toSpec(draft)).toMatchObject({
      kind: 'spec',
      spec: { rows: { kind: 'tables' }, target: { kind: 'existing', location: '/data/x.lance', mode: 'append' } },
    })
  })

  it('starts the parts anew that do not fit another family', () => {
    const items = [item('papers/a.pdf'), item('papers/b.csv', 'tables')]
    const draft = withFamily(createDraft(SOURCES, items, TO), 'tables', items)
    expect(draft).toMatchObject({ family: 'tables', embed: { isOn: false }, target: { name: 'papers' } })
  })
})

describe('nameFor', () => {
  it.each([
    [['a/b.pdf', 'a/c.pdf'], 'a'],
    [['My Papers (2)/b.pdf'], 'My-Papers-2'],
    [['orders.csv.gz'], 'orders'],
    [['x.pdf', 'y.pdf'], 'documents'],
    [['.hidden'], 'documents'],
    [['論文/a.pdf'], 'documents'],
  ])('%j is %s', (names, name) => {
    expect(nameFor(names.map((one) => item(one)))).toBe(name)
  })
})

describe('draftOf', () => {
  const base = createDraft(SOURCES, [item('a.pdf')], TO)
  const specs: readonly ImportSpec[] = [
    {
      version: 1,
      sources: { paths: ['/data/papers'], exclude: ['papers/x.pdf'] },
      rows: {
        kind: 'documents',
        chunking: { by: 'fixed', unit: 'characters', size: 1000, overlap: 0 },
        keepRaw: true,
        tags: ['a', 'b'],
        metadata: { team: 'search' },
      },
      target: { kind: 'existing', location: '/d/x.lance', mode: 'update', gone: 'delete' },
      duplicates: { by: 'content', keep: 'last' },
      compactAtEnd: true,
    },
    {
      version: 1,
      sources: { uploads: ['u'] },
      rows: {
        kind: 'tables',
        reading: { delimiter: ';', hasHeader: false, skipLines: 2 },
        columns: [
          { source: 'a', type: 'int64', name: 'id', nullTokens: ['', '-'] },
          { source: 'b', type: 'date', skip: true, dateFormat: 'dd.MM.yyyy' },
        ],
        nullTokens: ['n/a', ' '],
        badRows: 'stop',
      },
      target: { kind: 'existing', location: '/d/x.lance', mode: 'upsert', key: ['id'], mapping: { id: 'id', x: null } },
      duplicates: { by: ['id'], keep: 'error' },
      embed: { embedder: 'mine', source: 'text', target: 'v' },
    },
    {
      version: 1,
      sources: { paths: ['C:\\pictures'] },
      rows: { kind: 'media', thumbnails: false, tags: [], metadata: {} },
      target: { kind: 'new', location: 'C:\\data\\pictures.lance' },
    },
  ]
  it.each(specs.map((spec) => [spec.rows.kind, spec] as const))('says what a spec of %s says', (_, spec) => {
    expect(toSpec(draftOf(spec, base))).toEqual({ kind: 'spec', spec })
  })
})

describe('tokens', () => {
  it.each([
    ['', []],
    ['NA, n/a', ['NA', 'n/a']],
    ['"", " ", "a,b", x', ['', ' ', 'a,b', 'x']],
    ['\\N', ['\\N']],
    ['a,,b', ['a', '', 'b']],
  ])('%j', (text, tokens) => {
    expect(parseTokens(text)).toEqual(tokens)
  })
  it('are written so that they are read alike', () => {
    const tokens = ['', 'NULL', ' x', 'a,b', 'say "x"', '\\N']
    expect(parseTokens(formatTokens(tokens))).toEqual(tokens)
  })
  it('with an open quote are none', () => {
    expect(parseTokens('"a')).toBeUndefined()
    expect(parseTokens('"a" b')).toBeUndefined()
  })
})
