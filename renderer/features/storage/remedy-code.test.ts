import { expect, it } from 'vitest'
import { remedyPython, remedyTypeScript } from './remedy-code.ts'

const place = { location: '/data/sky.lance', openTypeScript: ['const table = …'] }

it('writes the cleanup of a preview with its exact cut-off', () => {
  const remedy = { kind: 'clean-up', olderThan: '2026-03-01T00:00:00.123Z' } as const
  expect(remedyPython(remedy, place)).toBe(
    [
      'from datetime import datetime, timezone',
      'import lance',
      '',
      'dataset = lance.dataset("/data/sky.lance")',
      'keep_from = datetime.fromisoformat("2026-03-01T00:00:00.123+00:00")',
      'dataset.cleanup_old_versions(older_than=datetime.now(timezone.utc) - keep_from)',
      '',
    ].join('\n'),
  )
  expect(remedyTypeScript({ ...remedy, deleteUnverified: true }, place)).toContain(
    'await table.optimize({ cleanupOlderThan: new Date("2026-03-01T00:00:00.123Z"), deleteUnverified: true })',
  )
})

it('names the branch, and what compacting one breaks', () => {
  expect(remedyPython({ kind: 'compact' }, { ...place, branch: 'exp' })).toContain(
    '.checkout_version(("exp", None))\n# Compacting a branch breaks',
  )
  expect(remedyTypeScript({ kind: 'compact' }, { ...place, branch: 'exp' })).toBe(
    [
      'const table = …',
      'const branch = await (await table.branches()).checkout("exp")',
      '// Compacts small fragments, removes old versions and brings indices up to date.',
      '// Compacting a branch breaks the indices it has from its parent: rebuild those afterwards.',
      'await branch.optimize()',
      '',
    ].join('\n'),
  )
  expect(remedyTypeScript({ kind: 'compact' }, place)).toMatch(/^const table = …\n.*\nawait table.optimize\(\)\n$/)
})
