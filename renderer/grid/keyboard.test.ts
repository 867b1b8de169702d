import { describe, expect, it } from 'vitest'
import { commandFor, KEY_TABLE, moveTarget, type KeyPress } from './keyboard.ts'

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...changes,
})
const size = { rowCount: 1_000_000_000, columnCount: 8 }
const from = { row: 500, column: 3 }

describe('commandFor', () => {
  it('serves every key of the table', () => {
    for (const { key, mod, shift, alt } of KEY_TABLE) {
      const pressed = press(key, { ctrlKey: mod ?? false, shiftKey: shift ?? false, altKey: alt ?? false })
      expect(commandFor(pressed)).toBeDefined()
    }
  })

  it('has no key twice', () => {
    const keys = KEY_TABLE.map(({ key, mod, shift, alt }) => `${key} ${mod} ${shift} ${alt}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('stretches with Shift and takes Cmd for Ctrl', () => {
    expect(commandFor(press('ArrowDown', { shiftKey: true }))).toEqual({ kind: 'move', move: 'down', extend: true })
    expect(commandFor(press('End', { metaKey: true }))).toEqual({ kind: 'move', move: 'last-cell', extend: false })
    expect(commandFor(press('A', { ctrlKey: true }))).toEqual({ kind: 'select-all' })
  })

  it('leaves other keys to the page', () => {
    expect(commandFor(press('Tab'))).toBeUndefined()
    expect(commandFor(press('a'))).toBeUndefined()
    expect(commandFor(press('k', { ctrlKey: true }))).toBeUndefined()
    expect(commandFor(press('Enter', { altKey: true }))).toBeUndefined()
  })
})

describe('moveTarget', () => {
  it.each([
    ['up', 499, 3],
    ['down', 501, 3],
    ['left', 500, 2],
    ['right', 500, 4],
    ['page-up', 470, 3],
    ['page-down', 530, 3],
    ['first-row', 0, 3],
    ['last-row', 999_999_999, 3],
    ['first-column', 500, 0],
    ['last-column', 500, 7],
    ['first-cell', 0, 0],
    ['last-cell', 999_999_999, 7],
  ] as const)('%s', (move, row, column) => {
    expect(moveTarget(from, move, size, 30)).toEqual({ row, column })
  })

  it('stops at the edges', () => {
    expect(moveTarget({ row: 0, column: 0 }, 'up', size, 30)).toEqual({ row: 0, column: 0 })
    expect(moveTarget({ row: 999_999_999, column: 7 }, 'right', size, 30)).toEqual({ row: 999_999_999, column: 7 })
  })
})
