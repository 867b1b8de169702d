import { expect, it } from 'vitest'
import { MEMORY_CEILING_LEAST } from '#shared/model/maintenance.ts'
import { memoryCeiling, MEMORY_LEAST_MB, parseMemory, setMemoryText } from './memory.ts'

it('reads a ceiling in MB, none from nothing, and refuses the rest', () => {
  expect(parseMemory(' ')).toBeUndefined()
  expect(parseMemory('2,000')).toBe(2_000_000_000)
  for (const text of ['0', '99', '-5', '1.5', '2 GB', '99999999']) expect(parseMemory(text), text).toBeNull()
})

it('never asks for less than the engine takes', () => {
  expect(MEMORY_LEAST_MB * 1e6).toBeGreaterThanOrEqual(MEMORY_CEILING_LEAST)
})

it('is remembered for the jobs that follow', () => {
  expect(memoryCeiling()).toEqual({})
  setMemoryText('500')
  expect(memoryCeiling()).toEqual({ maxMemoryBytes: 500_000_000 })
  setMemoryText('five')
  expect(memoryCeiling()).toEqual({})
})
