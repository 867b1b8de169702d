import { describe, expect, it } from 'vitest'
import { checkUploadPaths } from './check-paths.ts'

const refusal = (paths: readonly string[], platform: NodeJS.Platform = 'linux'): string => {
  try {
    checkUploadPaths(paths, platform)
    return 'taken'
  } catch (error) {
    return (error as Error).message
  }
}

describe('checkUploadPaths', () => {
  it('takes plain relative paths', () => {
    expect(refusal(['a.txt', 'b/c d.txt', 'b/…/ü.md', '..a', 'aux.txt', 'a\\b', '-rf', 'A: intro.md'])).toBe('taken')
  })

  it.each(['../a', 'a/../b', 'a/..', '..', '.', './a', 'a//b', 'a/', '/etc/passwd', 'a\0b', ''])(
    'refuses %j',
    (path) => {
      expect(refusal([path])).toContain('cannot be uploaded')
    },
  )

  it('refuses names this system cannot write', () => {
    expect(refusal([`${'ä'.repeat(128)}.txt`])).toContain('255 bytes')
    for (const path of ['aux.txt', 'b/NUL', 'com1.log', 'a\\..\\b', 'a:b', 'C:/x', 'c:x', 'end.', 'end ', 'x?']) {
      expect(refusal([path], 'win32')).toContain('Windows')
    }
    expect(refusal(['console.txt', 'auxiliary'], 'win32')).toBe('taken')
  })

  it('refuses paths in each other’s way', () => {
    expect(refusal(['a', 'a'])).toContain('twice')
    expect(refusal(['a', 'A'])).toBe('taken')
    expect(refusal(['a', 'A'], 'darwin')).toContain('twice')
    expect(refusal(['a/b/c', 'a/b'])).toContain('below a path')
    expect(refusal(['a/b/c', 'a/bb'])).toBe('taken')
  })
})
