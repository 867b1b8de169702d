import { describe, expect, it } from 'vitest'
import { exitReason } from './exit-reason.ts'

describe('exitReason', () => {
  it.each([
    [{ code: null, signal: 'SIGABRT' }, /ended by SIGABRT, as happens when a corrupt file asks for more memory/],
    [{ code: 6, signal: null }, /SIGABRT/],
    [{ code: 134, signal: null }, /SIGABRT/],
    [{ code: 139, signal: null }, /SIGSEGV/],
    [{ code: 137, signal: null }, /SIGKILL, as happens when the system runs out of memory/],
    [{ code: 3221225477, signal: null }, /SIGSEGV/],
    [{ code: null, signal: 'SIGPIPE' }, /^The engine was ended by SIGPIPE\.$/],
    [{ code: 3, signal: null }, /unexpectedly with code 3/],
    [{ code: 0, signal: null }, /^The engine ended unexpectedly\.$/],
    [{ code: null, signal: null }, /^The engine ended unexpectedly\.$/],
  ])('%j', (exit, expected) => {
    expect(exitReason(exit)).toMatch(expected)
  })
})
