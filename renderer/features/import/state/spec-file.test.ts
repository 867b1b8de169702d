import { describe, expect, it } from 'vitest'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { readSpec, specCommand, specFile } from './spec-file.ts'

const spec: ImportSpec = {
  version: 1,
  sources: { paths: ['/data/END\nEND'] },
  rows: { kind: 'media', thumbnails: true, tags: [], metadata: {} },
  target: { kind: 'new', location: '/data/x.lance' },
}

describe('a saved spec', () => {
  it('is read as it was written, also when it stands alone', () => {
    expect(readSpec(specFile(spec))).toEqual({ kind: 'spec', spec })
    expect(readSpec(JSON.stringify(spec))).toEqual({ kind: 'spec', spec })
  })

  it.each([
    '',
    '[]',
    'null',
    '{"version":2}',
    JSON.stringify({ ...spec, rows: { kind: 'documents' } }),
    JSON.stringify({ ...spec, target: 1 }),
  ])('is refused when it is none: %s', (text) => {
    expect(readSpec(text).kind).toBe('problem')
  })

  it('is a command whose end mark no line of it is', () => {
    const lines = specCommand(spec).split('\n')
    expect(lines.filter((line) => line === 'END')).toHaveLength(1)
    expect(lines[0]).toBe("npm run call -- import.run - <<'END'")
  })
})
