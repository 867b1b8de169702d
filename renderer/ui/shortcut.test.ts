import { describe, expect, it } from 'vitest'
import { formatShortcut, matchesShortcut, type KeyPress } from './shortcut.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

describe('matchesShortcut', () => {
  it('reads Mod as Ctrl or Cmd', () => {
    expect(matchesShortcut('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true)
    expect(matchesShortcut('Mod+K', press('k', { metaKey: true }), false)).toBe(false)
    expect(matchesShortcut('Mod+K', press('k', { metaKey: true }), true)).toBe(true)
  })

  it('tells a letter by its place when Alt changed its sign', () => {
    expect(matchesShortcut('Alt+R', press('®', { altKey: true, code: 'KeyR' }), true)).toBe(true)
    expect(matchesShortcut('Alt+1', press('¡', { altKey: true, code: 'Digit1' }), true)).toBe(true)
  })

  it('wants exactly the named modifiers', () => {
    expect(matchesShortcut('Mod+K', press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
    expect(matchesShortcut('Mod+Shift+K', press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
    expect(matchesShortcut('F5', press('F5'), false)).toBe(true)
    expect(matchesShortcut('F5', press('F5', { altKey: true }), false)).toBe(false)
  })
})

describe('formatShortcut', () => {
  it('follows the platform', () => {
    expect(formatShortcut('Mod+Shift+K', false)).toBe('Ctrl Shift K')
    expect(formatShortcut('Mod+Shift+K', true)).toBe('⌘⇧K')
    expect(formatShortcut('Alt+ArrowLeft', false)).toBe('Alt ←')
  })
})
