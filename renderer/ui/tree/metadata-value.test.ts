import { expect, it } from 'vitest'
import { toJsonValue } from '#shared/model/arrow/index.ts'
import { toTreeValue } from './metadata-value.ts'

it('keeps every kind of value, order and names', () => {
  const tree = { operation: 'Append', fragments: [{ id: '18446744073709551615', rows: 3 }], flag: true, nothing: null }
  expect(JSON.stringify(toJsonValue(toTreeValue(tree)))).toBe(JSON.stringify(tree))
})
