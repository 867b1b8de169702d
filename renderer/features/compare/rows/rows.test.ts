import { describe, expect, it } from 'vitest'
import type { CompareSummary, KeyCandidate, RowTotals } from '#shared/model/compare.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { changeColumns, shownColumns } from './grid-columns.ts'
import { defaultChoice, hasRowIds, toRowsInput } from './identity-choice.ts'
import { rowsOutlook } from './rows-outlook.ts'
import { candidateText, costText, honestNotes, provenSameText, resultText, sameRowsText } from './wording.ts'

type Fragments = NonNullable<CompareSummary['fragments']>

function summary(fragments: Partial<Fragments> | null, rowsToRead?: number): CompareSummary {
  const none = { added: [], removed: [], deletionsChanged: [], columnsChanged: [], kept: 0 }
  return {
    from: { rows: 1000 },
    to: { rows: 1200 },
    fragments: fragments === null ? null : { ...none, ...fragments },
    ...(rowsToRead === undefined ? {} : { rowsToRead }),
  } as unknown as CompareSummary
}

const TOTALS: RowTotals = {
  identity: { kind: 'key', columns: ['id'] },
  added: 3,
  removed: 2,
  changed: 14,
  unchanged: 1_000_000,
  changedCells: [
    { column: 'label', cells: 14 },
    { column: 'amount', cells: 2 },
  ],
  duplicateKeys: { from: 0, to: 0, examples: [] },
  nullKeys: { from: 0, to: 0 },
  notCompared: [],
  cost: { fragmentsRead: { from: 1, to: 2 }, rowsRead: 1300, bytesRead: 2_500_000, spilledBytes: 0, elapsedMs: 84 },
}

describe('rowsOutlook', () => {
  it('knows rows of the same fragments to be the same', () =>
    expect(rowsOutlook(summary({ kept: 40 }, 0))).toEqual({ kind: 'same', isWholeRow: true }))
  it('knows rows to be the same where only a column came', () =>
    expect(rowsOutlook(summary({ columnsChanged: [0, 1] }, 0))).toEqual({ kind: 'same', isWholeRow: false }))
  it('counts a fragment that differs in several ways once', () => {
    const fragments = {
      added: [{ id: 5, rows: 200, bytes: 1 }],
      removed: [{ id: 1, rows: 50, bytes: null }],
      deletionsChanged: [{ id: 2, before: 10, after: 30 }],
      columnsChanged: [2],
    }
    expect(rowsOutlook(summary(fragments, 270))).toEqual({ kind: 'to-read', rowsAtMost: 270, fragments: 3 })
  })
  it('promises no less than all rows where nobody knows better', () => {
    expect(rowsOutlook(summary({ columnsChanged: [1] }))).toMatchObject({ rowsAtMost: 2200, fragments: 1 })
    expect(rowsOutlook(summary(null))).toEqual({ kind: 'to-read', rowsAtMost: 2200, fragments: null })
  })
})

describe('the choice of identity', () => {
  const candidate = (columns: readonly string[], isUnique: boolean): KeyCandidate => ({
    columns,
    isUnique,
    duplicates: isUnique ? 0 : 7,
    nulls: isUnique ? 0 : 1,
    rowsChecked: 500,
    isComplete: isUnique,
    why: 'named id',
  })
  it('prefers row ids, then a key without repeated values, then the content', () => {
    const doubtful = candidate(['label'], false)
    expect(defaultChoice(true, [candidate(['id'], true)])).toEqual({ kind: 'row-id' })
    expect(defaultChoice(false, [doubtful, candidate(['id'], true)])).toEqual({ kind: 'candidate', columns: ['id'] })
    expect(defaultChoice(false, [doubtful])).toEqual({ kind: 'content' })
  })
  it('is unfinished while no column is picked', () => {
    expect(toRowsInput({ kind: 'columns' }, [])).toBeUndefined()
    expect(toRowsInput({ kind: 'columns' }, ['a', 'b'])).toEqual({ key: ['a', 'b'] })
    expect(toRowsInput({ kind: 'content' }, ['a'])).toEqual({ by: 'content' })
    expect(toRowsInput({ kind: 'row-id' }, ['a'])).toEqual({})
  })
  it('trusts row ids within one history only', () => {
    const stable = { stableRowIds: true } as DatasetSummary
    const states = (from?: string, to?: string) =>
      ({ isSameDataset: true, from: { branch: from }, to: { branch: to } }) as unknown as CompareSummary
    expect(hasRowIds(states(), stable, stable)).toBe(true)
    expect(hasRowIds(states('exp', 'exp'), stable, stable)).toBe(true)
    expect(hasRowIds(states(undefined, 'exp'), stable, stable)).toBe(false)
    expect(hasRowIds({ ...states(), isSameDataset: false }, stable, stable)).toBe(false)
  })
  it('says what speaks against a key', () => {
    expect(candidateText({ ...candidate(['id'], true), why: 'unique in all rows' })).toBe('unique in all 500 rows')
    expect(candidateText(candidate(['id'], true))).toBe('named id · unique in all 500 rows')
    expect(candidateText(candidate(['id'], false))).toBe(
      'named id · 7 repeated values and 1 null in the first 500 rows looked at',
    )
  })
})

describe('the words of a result', () => {
  it('tell figures and cost', () => {
    expect(resultText(TOTALS, 'changed')).toBe('14 rows changed · 1,000,000 unchanged · by id')
    expect(costText(TOTALS)).toMatch(/^3 fragments read · 1,300 rows · 2\.5 MB · 84 ms$/)
  })
  it('add nothing where nothing needs saying', () =>
    expect(honestNotes({ ...TOTALS, identity: { kind: 'row-id' } })).toEqual([]))
  it('say of keys that unread rows were not searched for repeats', () => {
    const [note] = honestNotes(TOTALS)
    expect(note).toMatchObject({ isWarning: false })
    expect(note?.text).toMatch(/^Repeated keys are looked for among the rows read; [\d,]+ rows .* were not\.$/)
    const rowsRead = TOTALS.added + TOTALS.removed + 2 * (TOTALS.changed + TOTALS.unchanged)
    expect(honestNotes({ ...TOTALS, cost: { ...TOTALS.cost, rowsRead } })).toEqual([])
  })
  it('hide neither duplicates nor nulls nor columns left out', () => {
    const notes = honestNotes({
      ...TOTALS,
      duplicateKeys: { from: 1, to: 3, examples: ['id = 7'] },
      nullKeys: { from: 0, to: 2 },
      notCompared: [{ column: 'picture', why: 'only after' }],
      cost: { ...TOTALS.cost, rowsRead: 1e9 },
    })
    expect(notes.map(({ isWarning }) => isWarning)).toEqual([true, true, false])
    expect(notes[0]?.text).toContain('4 rows share their key')
    expect(notes[0]?.text).toContain('such as id = 7')
    expect(notes[1]?.text).toContain('2 rows have a null in the key')
    expect(notes[2]?.text).toBe('Not compared: picture (only after).')
  })
  it('say of content that it knows no changed rows', () =>
    expect(honestNotes({ ...TOTALS, identity: { kind: 'content' } })[0]?.text).toContain('Without a key'))
  it('tell proof by manifests from proof by reading', () => {
    expect(provenSameText(true)).toBe('the same: proven from the manifests, without reading a row')
    expect(sameRowsText(TOTALS)).toBe('the same: proven by reading 1,300 rows')
    const partly = { ...TOTALS, notCompared: [{ column: 'score', why: 'only on the newer side' }] }
    expect(sameRowsText(partly)).toContain('the same in every column both sides have')
    expect(sameRowsText({ ...partly, cost: { ...TOTALS.cost, rowsRead: 0 } })).toBe(provenSameText(false))
  })
})

describe('the columns of a result', () => {
  const field = (name: string): SchemaField => ({
    id: 0,
    name,
    type: 'string',
    logicalType: 'string',
    kind: 'string',
    nullable: true,
    metadata: {},
    children: [],
  })
  const columns = changeColumns(
    ['label', 'id', 'note', 'amount'].map(field),
    ['label', 'id', 'note', 'amount'],
    TOTALS,
    'changed',
  )
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
  it('begin with the key and say how often they changed', () => {
    expect(ids(columns)).toEqual(['id', 'label', 'note', 'amount'])
    expect(columns.map(({ mark }) => mark)).toEqual([undefined, 'changed', undefined, 'changed'])
    expect(columns[1]?.subtitle).toBe('string · 14 changed')
    const [flag] = changeColumns([{ ...field('label'), type: 'bool', kind: 'boolean' }], ['label'], TOTALS, 'changed')
    expect(flag?.defaultWidth).toBeGreaterThan('bool · 14 changed'.length * 6)
    const [added] = changeColumns([field('label')], ['label'], TOTALS, 'added')
    expect(added).toMatchObject({ subtitle: 'string' })
    expect(added).not.toHaveProperty('mark')
  })
  it('can be narrowed down, the key staying', () => {
    expect(ids(shownColumns(columns, TOTALS, { isOnlyChanged: true, only: null }))).toEqual(['id', 'label', 'amount'])
    const byRowId = { ...TOTALS, identity: { kind: 'row-id' } } as const
    expect(ids(shownColumns(columns, byRowId, { isOnlyChanged: true, only: null }))).toEqual(['id', 'label', 'amount'])
    expect(ids(shownColumns(columns, TOTALS, { isOnlyChanged: false, only: 'amount' }))).toEqual(['id', 'amount'])
  })
})
