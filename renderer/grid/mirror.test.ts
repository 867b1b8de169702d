import { describe, expect, it } from 'vitest'
import { nameOf } from './mirror.ts'
import type { PlainCell } from './types.ts'

const text = (value: string): PlainCell => ({ kind: 'text', text: value, tone: 'string' })

describe('nameOf', () => {
  it('says of a change what was and what is', () => {
    expect(nameOf({ kind: 'change', before: text('red'), after: text('blue') })).toBe('changed from red to blue')
    expect(nameOf({ kind: 'change', before: { kind: 'null' }, after: text('x') })).toBe('changed from NULL to x')
  })
  it('names what is no text', () => {
    expect(nameOf({ kind: 'loading' })).toBe('loading')
    expect(nameOf({ kind: 'image', url: '/blob/1', text: '12 kB' })).toBe('image 12 kB')
    expect(nameOf({ kind: 'text', text: 'x'.repeat(400), tone: 'plain', note: '400 chars' })).toBe(
      `${'x'.repeat(300)}… (400 chars)`,
    )
  })
})
