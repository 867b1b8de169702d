import { describe, expect, it } from 'vitest'
import { tablePlace, type ViewQuery } from './query.ts'
import { toPython } from './python.ts'
import { toTypeScript } from './typescript.ts'

const QUERY: ViewQuery = { location: '/data/docs.lance', ref: { version: 12 }, filter: '', sort: [], limit: 100 }
const FULL: ViewQuery = {
  ...QUERY,
  filter: `s = 'it''s' AND \`a "b"\` > 1`,
  columns: ['id', 'a "b"'],
  sort: [{ columnId: 'id', descending: true }],
}

describe('tablePlace', () => {
  it.each([
    ['/data/docs.lance', { folder: '/data', table: 'docs' }],
    ['/docs.lance', { folder: '/', table: 'docs' }],
    ['/data/my docs/a-b.c.lance/', { folder: '/data/my docs', table: 'a-b.c' }],
    ['C:\\data\\docs.lance', { folder: 'C:\\data', table: 'docs' }],
    ['C:\\docs.lance', { folder: 'C:\\', table: 'docs' }],
    ['/data/my docs.lance', null],
    ['/data/docs', null],
  ])('%s', (location, place) => expect(tablePlace(location)).toEqual(place))
})

describe('toPython', () => {
  it('opens, checks out and limits', () => {
    expect(toPython(QUERY)).toBe(
      [
        'import lancedb',
        '',
        'db = lancedb.connect("/data")',
        'table = db.open_table("docs")',
        'table.checkout(12)',
        'rows = (',
        '    table.search()',
        '    .limit(100)',
        '    .to_arrow()',
        ')',
        '',
      ].join('\n'),
    )
  })
  it('sorts before it cuts', () => {
    const code = toPython(FULL)
    expect(code).toContain(`.where("s = 'it''s' AND \`a \\"b\\"\` > 1")`)
    expect(code).toContain('.select(["id", "a \\"b\\""])')
    expect(code).toContain(
      '.limit(table.count_rows())\n    .to_arrow()\n    .sort_by([("id", "descending")])\n    .slice(0, 100)',
    )
  })
  it('reads what it sorts by, and leaves it out in the end', () => {
    const code = toPython({ ...FULL, sort: [{ columnId: 'hidden', descending: false }] })
    expect(code).toContain('.select(["id", "a \\"b\\"", "hidden"])')
    expect(code).toContain('.slice(0, 100)\n    .select(["id", "a \\"b\\""])')
  })
  it('uses lance for folders and refs lancedb cannot open', () => {
    expect(toPython({ ...QUERY, location: '/data/my docs' })).toContain(
      'lance.dataset("/data/my docs").checkout_version(12)',
    )
    expect(toPython({ ...QUERY, ref: { branch: 'dev', version: 7 } })).toContain('.checkout_version(("dev", 7))')
  })
})

describe('toTypeScript', () => {
  it('opens, checks out and limits', () => {
    expect(toTypeScript({ ...QUERY, ref: { tag: 'v1' } })).toContain(
      'await table.checkout("v1")\nconst rows = await table\n  .query()\n  .limit(100)\n',
    )
  })
  it('says filter, columns and order', () => {
    expect(toTypeScript(FULL)).toContain('.orderBy([{ columnName: "id", ascending: false, nullsFirst: false }])')
  })
  it('asks for row ids only to sort by what it does not read', () => {
    const byHidden = { ...FULL, sort: [{ columnId: 'hidden', descending: false }] }
    expect(toTypeScript(FULL)).not.toContain('withRowId')
    expect(toTypeScript(byHidden)).toContain('.withRowId()')
    expect(toTypeScript(byHidden)).toContain('.toArrow()).select(["id", "a \\"b\\""])')
  })
  it('links a folder LanceDB cannot name', () => {
    expect(toTypeScript({ ...QUERY, location: '/data/my docs' })).toContain(
      `await symlink("/data/my docs", join(links, 'dataset.lance'), 'dir')`,
    )
  })
  it('reads a branch from its own table', () => {
    expect(toTypeScript({ ...QUERY, ref: { branch: 'dev' } })).toContain(
      '.checkout("dev")\nconst rows = await branch\n',
    )
  })
})
