import { expect, it } from 'vitest'
import type { GridColumn } from '#renderer/grid/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { chosenLayout, gridLayout } from './result-layout.ts'
import { FIGURES } from './result-source.ts'

const schema = ['id', 'vector', 'text'].map((name) => ({ name }) as SchemaField)
const columns = [FIGURES.rank, FIGURES.score, 'text', 'id', 'vector'].map((id) => ({ id }) as GridColumn)
const chosen = { order: ['id', 'vector', 'text'], hidden: ['vector'], pinned: [], widths: { id: 50 } }

it('keeps the order of the result until a column is moved', () => {
  const layout = gridLayout(columns, chosen, schema, { [FIGURES.score]: 70 })
  expect(layout).toEqual({
    order: columns.map(({ id }) => id),
    hidden: ['vector'],
    pinned: [FIGURES.rank],
    widths: { id: 50, [FIGURES.score]: 70 },
  })
  const moved = { ...chosen, order: ['vector', 'id', 'text'] }
  expect(gridLayout(columns, moved, schema, {}).order).toEqual([FIGURES.rank, FIGURES.score, 'vector', 'id', 'text'])
})

it('keeps nothing of the figures', () => {
  const before = gridLayout(columns, chosen, schema, {})
  const wider = { ...before, widths: { id: 80, [FIGURES.rank]: 99 } }
  expect(chosenLayout(wider, before, chosen)).toEqual({ ...chosen, widths: { id: 80 } })
  const moved = { ...before, order: [FIGURES.rank, 'id', FIGURES.score, 'text', 'vector'] }
  expect(chosenLayout(moved, before, chosen).order).toEqual(['id', 'text', 'vector'])
})
