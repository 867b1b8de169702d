import { describe, expect, it } from 'vitest'
import { conditionsOf, conditionSql, type Condition } from './condition.ts'
import { resolveColumn } from './columns.ts'
import { SCHEMA } from './schema.fixture.ts'

function sqlOf(path: readonly string[], condition: Condition): string {
  const column = resolveColumn(SCHEMA, path)
  if (column === undefined) throw new Error(`no column ${path.join('.')}`)
  const result = conditionSql(column, condition)
  return result.ok ? result.sql : `refused: ${result.reason}`
}

describe('conditionSql', () => {
  it.each<[readonly string[], Condition, string]>([
    [['id'], { kind: 'is-null' }, 'id IS NULL'],
    [['Odd Name'], { kind: 'not-null' }, '`Odd Name` IS NOT NULL'],
    [['id'], { kind: 'compare', operator: '!=', text: '7' }, 'id != 7'],
    [['title'], { kind: 'compare', operator: '!=', text: "it's" }, "(title != 'it''s' OR title IS NULL)"],
    [['meta', 'lang'], { kind: 'compare', operator: '=', text: 'de' }, "meta.lang = 'de'"],
    [['meta', 'in', 'a b'], { kind: 'compare', operator: '>', text: '5' }, 'meta.`in`.`a b` > 5'],
    [['score'], { kind: 'compare', operator: '=', text: 'NaN' }, 'isnan(score)'],
    [['score'], { kind: 'compare', operator: '!=', text: 'nan' }, '(NOT isnan(score) OR score IS NULL)'],
    [['score'], { kind: 'between', low: '0', high: '.5' }, 'score BETWEEN 0 AND 0.5'],
    [['title'], { kind: 'contains', text: 'A%', ignoreCase: true }, "contains(lower(title), 'a%')"],
    [['title'], { kind: 'contains', text: 'A', ignoreCase: false }, "contains(title, 'A')"],
    [['title'], { kind: 'starts-with', text: 'A' }, "starts_with(title, 'A')"],
    [['tags'], { kind: 'contains', text: 'web', ignoreCase: false }, "array_has(tags, 'web')"],
  ])('%j %j', (path, condition, sql) => expect(sqlOf(path, condition)).toBe(sql))

  it('says why a text is no value of the column', () => {
    expect(sqlOf(['id'], { kind: 'compare', operator: '=', text: 'x' })).toBe('refused: Type a whole number.')
    expect(sqlOf(['id'], { kind: 'between', low: '1', high: 'x' })).toBe('refused: Type a whole number.')
    expect(sqlOf(['embedding'], { kind: 'compare', operator: '=', text: '1' })).toContain('cannot be compared')
  })
})

describe('conditionsOf', () => {
  const kindsOf = (name: string): readonly string[] => {
    const column = resolveColumn(SCHEMA, [name])
    return column === undefined ? [] : conditionsOf(column.field)
  }
  it('offers what the type can answer', () => {
    expect(kindsOf('title')).toContain('starts-with')
    expect(kindsOf('id')).toEqual(['is-null', 'not-null', 'compare', 'between'])
    expect(kindsOf('tags')).toEqual(['is-null', 'not-null', 'contains'])
    expect(kindsOf('embedding')).toEqual(['is-null', 'not-null'])
  })
})
