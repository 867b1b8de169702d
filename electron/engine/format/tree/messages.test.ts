import { describe, expect, it } from 'vitest'
import { SCALARS } from './field-spec.ts'
import { ANY_NAMES, ENUMS, MESSAGES } from './messages.ts'

const known = new Set<string>([...SCALARS, ...Object.keys(ENUMS), ...Object.keys(MESSAGES)])

describe('the table of messages', () => {
  it('writes every field as `name: type` with a type it knows', () => {
    for (const [message, fields] of Object.entries(MESSAGES)) {
      for (const [number, text] of Object.entries(fields)) {
        const where = `${message}.${number} ${text}`
        const parts = /^[a-z][a-z0-9_]*!?: (?:map<(text|u32|u64|i32), (\w+)>|(\w+)(?:\[\])?)$/.exec(text)
        expect(parts, where).not.toBeNull()
        expect(known, where).toContain(parts?.[2] ?? parts?.[3])
      }
      const names = Object.values(fields).map((text) => text.split(':')[0])
      expect(new Set(names).size, message).toBe(names.length)
    }
  })

  it('has no name twice, as message, enum or scalar', () => {
    const names = [...SCALARS, ...Object.keys(ENUMS), ...Object.keys(MESSAGES)]
    expect(new Set(names).size).toBe(names.length)
    for (const target of Object.values(ANY_NAMES)) expect(MESSAGES).toHaveProperty(target)
  })
})
