import { expect, it } from 'vitest'
import { canonicalJson, canonicalText } from './canonical-json.ts'
import { arrow, column } from './tables.fixture.ts'

it('JSON of one value has one text', () => {
  expect(canonicalText('{ "b": [1.50, {"d": 1, "c": null}], "a": "x" }')).toBe('{"a":"x","b":[1.5,{"c":null,"d":1}]}')
  // Numbers a double does not keep are not made the same.
  expect(canonicalText('[9007199254740993]')).toBe('[9007199254740993]')
  expect(canonicalText('no JSON')).toBe('no JSON')
})

it('nulls stay, and columns that are no texts', () => {
  const texts = column(new arrow.LargeUtf8(), ['{"b":1,"a":2}', null, '1']).data[0]!
  expect(Array.from(new arrow.Vector([canonicalJson(texts)]))).toEqual(['{"a":2,"b":1}', null, '1'])
  const numbers = column(new arrow.Int32(), [1]).data[0]!
  expect(canonicalJson(numbers)).toBe(numbers)
})
