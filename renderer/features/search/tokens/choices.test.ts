import { expect, it } from 'vitest'
import type { SchemaField } from '#shared/model/schema.ts'
import { choiceFor, tokenizerChoices } from './choices.ts'

const text = (name: string) => ({ name, logicalType: 'string', kind: 'string', children: [] }) as unknown as SchemaField

it('offers the full-text indices, then columns without one', () => {
  const indices = [
    { name: 'id_idx', columns: ['id'], type: 'BTree' },
    { name: 'body_idx', columns: ['body'], type: 'Inverted' },
    { name: 'body_exact', columns: ['body'], type: 'Inverted' },
  ]
  const choices = tokenizerChoices([text('title'), text('body')], indices)
  expect(choices.map(({ label }) => label)).toEqual(['body_idx (body)', 'body_exact (body)', 'title: no index'])
  expect(choiceFor(choices, 'title')?.id).toBe('column title')
  expect(choiceFor(choices, 'body')?.index).toBe('body_idx')
  expect(choiceFor(choices)?.index).toBe('body_idx')
  expect(choiceFor([])).toBeUndefined()
})
