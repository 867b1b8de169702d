import { expect, it } from 'vitest'
import { DETECTED } from '../state/draft.ts'
import { optionsOf } from './reading-options.ts'

const first = (...args: Parameters<typeof optionsOf>): string | undefined => optionsOf(...args)[0]?.label

it('says what detecting came to', () => {
  const found = { delimiter: '\t', quote: '', comment: '#', shortRows: 'null', hasHeader: true } as const
  expect(first('delimiter', DETECTED, found)).toBe('tabulator (detected)')
  expect(first('quote', DETECTED, found)).toBe('none (detected)')
  expect(first('comment', DETECTED, found)).toBe('# (detected)')
  expect(first('shortRows', DETECTED, found)).toBe('filled (detected)')
  expect(first('hasHeader', DETECTED, found)).toBe('first line (detected)')
  expect(first('delimiter', DETECTED, { delimiter: '~' })).toBe('~ (detected)')
})

it('does not pass what was told off as detected', () => {
  expect(first('delimiter', { ...DETECTED, delimiter: ';' }, { delimiter: ';' })).toBe('detected')
  expect(first('encoding', DETECTED, undefined)).toBe('detected')
})

it('keeps a value of a saved import that is none of the usual ones', () => {
  expect(optionsOf('quote', { ...DETECTED, quote: '^' }, undefined).at(-1)).toEqual({ id: '^', label: '^' })
})
