import { mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseWindowState, placeWindow, readWindowState, writeWindowState, type WindowState } from './window-state.ts'

const SCREEN = { x: 0, y: 0, width: 1920, height: 1080 }
const LEFT = { x: -1280, y: 0, width: 1280, height: 1024 }
const at = (x: number, y: number, width = 1000, height = 700): WindowState => ({
  version: 1,
  bounds: { x, y, width, height },
  isMaximized: false,
})

describe('placeWindow', () => {
  it('uses a default size the first time, never larger than the screen', () => {
    expect(placeWindow(undefined, [SCREEN])).toEqual({ width: 1360, height: 860, isMaximized: false })
    expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1024, height: 700 }])).toMatchObject({
      width: 1024,
      height: 700,
    })
  })
  it('puts the window back, also on a second screen', () => {
    expect(placeWindow(at(50, 60), [SCREEN])).toEqual({ x: 50, y: 60, width: 1000, height: 700, isMaximized: false })
    expect(placeWindow(at(-1200, 10), [SCREEN, LEFT])).toMatchObject({ x: -1200, y: 10 })
  })
  it.each([at(-1200, 10), at(1900, 10), at(50, -50), at(50, 1070), at(9999, 9999)])(
    'lets the system choose when the old place cannot be grabbed any more: %j',
    (state) => {
      expect(placeWindow(state, [SCREEN])).toEqual({ width: 1000, height: 700, isMaximized: false })
    },
  )
  it('keeps a minimum size', () => {
    expect(placeWindow(at(0, 0, 10, 10), [SCREEN])).toMatchObject({ width: 720, height: 480 })
  })
})

describe('the saved state', () => {
  it('comes back as it was', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-window-'))
    expect(readWindowState(folder)).toBeUndefined()
    writeWindowState(folder, { ...at(1, 2), isMaximized: true })
    expect(readWindowState(folder)).toEqual({ ...at(1, 2), isMaximized: true })
    writeFileSync(path.join(folder, 'window.json'), '{"version":1,')
    expect(readWindowState(folder)).toBeUndefined()
  })
  it.each([
    null,
    1,
    [],
    {},
    { version: 2, bounds: at(0, 0).bounds },
    { version: 1, bounds: { x: 'a', y: 0, width: 1, height: 1 } },
    { version: 1, bounds: { x: Number.NaN, y: 0, width: 1, height: 1 } },
  ])('is ignored when it is %j', (value) => {
    expect(parseWindowState(value)).toBeUndefined()
  })
})
