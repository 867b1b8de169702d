import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findElectron, hasDisplay } from './electron-binary.ts'

describe('findElectron', () => {
  it.runIf(process.platform === 'linux')('takes only an executable from the override', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-electron-'))
    const env = { ELECTRON_OVERRIDE_DIST_PATH: folder }
    expect(findElectron(import.meta.url, env)).toBeUndefined()
    writeFileSync(path.join(folder, 'electron'), '')
    expect(findElectron(import.meta.url, env)).toBeUndefined()
    chmodSync(path.join(folder, 'electron'), 0o755)
    expect(findElectron(import.meta.url, env)).toBe(path.join(folder, 'electron'))
  })

  it('finds nothing where the package is not installed', () => {
    expect(findElectron(path.join(os.tmpdir(), 'nowhere/x.mjs'), {})).toBeUndefined()
  })
})

it('needs a display on Linux only', () => {
  expect(hasDisplay('linux', {})).toBe(false)
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  expect(hasDisplay('darwin', {})).toBe(true)
})
