import { describe, expect, it } from 'vitest'
import { fakeHost, fail } from '#renderer/features/workspace/host.fixture.ts'
import { nameOf } from '#renderer/grid/mirror.ts'
import type { RowChangeKind, RowChangePage } from '#shared/model/compare.ts'
import { alignSchemas, toChangePage } from './change-page.ts'
import { ChangeSource } from './change-source.ts'
import { CHANGED, field, rowsFile, SCHEMA } from './page.fixture.ts'

const SCHEMAS = alignSchemas(SCHEMA, SCHEMA, true)
const ADDED: RowChangePage = {
  kind: 'added',
  offset: 0,
  rows: 1,
  columns: ['n', 'label'],
  previews: [],
  arrow: [rowsFile([[5, 'five', 50n]])],
}

function makeSource(
  answer: (input: { readonly offset: number; readonly columns?: readonly string[] }) => unknown,
  kind: RowChangeKind,
  changedColumn: string | null = null,
) {
  const asked: unknown[] = []
  let expired = 0
  const { host } = fakeHost({
    'versions.comparePage': (input: { readonly offset: number }) => {
      asked.push(input)
      return answer(input)
    },
  })
  const source = new ChangeSource({
    api: host.api,
    comparison: 'c1',
    kind,
    changedColumn,
    rowCount: 2,
    schemas: SCHEMAS,
    onExpired: () => expired++,
  })
  return { source, asked, expired: () => expired }
}

async function shown(source: ChangeSource): Promise<void> {
  const answered = new Promise<void>((resolve) => {
    source.subscribe(() => resolve())
  })
  source.show(0, 2, ['n', 'label'])
  await answered
}

describe('alignSchemas', () => {
  const before = [{ ...field('title', 'string', 'string'), id: 7 }]
  const after = [{ ...field('name', 'string', 'string'), id: 7 }]
  it('calls a renamed column as the newer side does, and knows its former name', () => {
    const { from, formerNames } = alignSchemas(before, after, true)
    expect(from.map(({ name }) => name)).toEqual(['name'])
    expect(formerNames.get('name')).toBe('title')
  })
  it('trusts no ids between two datasets', () =>
    expect(alignSchemas(before, after, false).from.map(({ name }) => name)).toEqual(['title']))
})

describe('toChangePage', () => {
  it('pairs rows with what they were, each side in its own order', () => {
    const page = toChangePage(CHANGED, SCHEMAS)
    expect(page.rowIds(0)).toEqual({ from: '7', to: '70' })
    expect(page.rowIds(1)).toEqual({ from: '8', to: '71' })
    expect(page.changed(1)).toEqual(['n', 'label'])
    expect(page.before(0, 'label')?.value).toEqual({ kind: 'string', value: 'old' })
    expect(page.before(0, 'n')).toBeNull()
  })
  it('knows the side a row is on', () => {
    expect(toChangePage(ADDED, SCHEMAS).rowIds(0)).toEqual({ to: '50' })
    expect(toChangePage({ ...ADDED, kind: 'removed' }, SCHEMAS).rowIds(0)).toEqual({ from: '50' })
  })
})

describe('ChangeSource', () => {
  it('shows changed cells twice and others once', async () => {
    const { source, asked } = makeSource(() => CHANGED, 'changed')
    expect(source.cell(0, 'label').kind).toBe('loading')
    await shown(source)
    expect(asked[0]).toEqual({ comparison: 'c1', kind: 'changed', offset: 0, limit: 100, columns: ['n', 'label'] })
    expect(nameOf(source.cell(0, 'n'))).toBe('10')
    expect(nameOf(source.cell(0, 'label'))).toBe('changed from old to new')
    expect(nameOf(source.cell(1, 'n'))).toBe('changed from 2 to 20')
    expect(nameOf(source.cell(1, 'label'))).toBe('changed from two to NULL')
    expect(source.rowMark()).toBe('changed')
    source.close()
  })
  it('asks for the rows of one column alone', async () => {
    const { source, asked } = makeSource(() => CHANGED, 'changed', 'label')
    await shown(source)
    expect(asked[0]).toMatchObject({ kind: 'changed', changedColumn: 'label' })
    source.close()
  })
  it('shows added rows as they are', async () => {
    const { source } = makeSource(() => ADDED, 'added')
    await shown(source)
    expect(nameOf(source.cell(0, 'label'))).toBe('five')
    source.close()
  })
  it('tells when the engine no longer has the result', async () => {
    const { source, expired } = makeSource(() => fail({ code: 'comparison-expired', message: 'Gone.' }), 'changed')
    await shown(source)
    expect(expired()).toBe(1)
    expect(source.cell(0, 'n')).toMatchObject({ kind: 'error', message: 'Gone.' })
    source.close()
  })
})
