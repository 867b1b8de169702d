import { describe, expect, it } from 'vitest'
import { writeAsPython } from './python.ts'
import { writeAsTypeScript } from './typescript.ts'
import type { WriteCode } from './write-code.ts'

const PLACE = '/data/docs.lance'
const WRITES: readonly (readonly [WriteCode, string, string])[] = [
  [
    { kind: 'create-tag', name: 'v1', at: { version: 12 } },
    'dataset.tags.create("v1", 12)',
    'await (await table.tags()).create("v1", 12)',
  ],
  [
    { kind: 'move-tag', name: 'v1', at: { version: 7, branch: 'dev' } },
    'dataset.tags.update("v1", ("dev", 7))',
    'const branch = await (await table.branches()).checkout("dev")\nawait (await branch.tags()).update("v1", 7)',
  ],
  [{ kind: 'delete-tag', name: 'v1' }, 'dataset.tags.delete("v1")', 'await (await table.tags()).delete("v1")'],
  [
    { kind: 'create-branch', name: 'try/it', from: { version: 3 } },
    'dataset.create_branch("try/it", 3)',
    'await (await table.branches()).create("try/it", undefined, 3)',
  ],
  [
    { kind: 'create-branch', name: 'two', from: { branch: 'dev' } },
    'dataset.create_branch("two", ("dev", None))',
    'await (await table.branches()).create("two", "dev")',
  ],
  [
    { kind: 'delete-branch', name: 'dev' },
    'dataset.branches.delete("dev")',
    'await (await table.branches()).delete("dev")',
  ],
  [
    { kind: 'restore', at: { version: 3 } },
    'dataset.checkout_version(3).restore()',
    'await table.checkout(3)\nawait table.restore()',
  ],
]

describe.each(WRITES)('$kind', (write, python, typescript) => {
  it('is Python', () =>
    expect(writeAsPython(PLACE, write)).toBe(
      `import lance\n\ndataset = lance.dataset("/data/docs.lance")\n${python}\n`,
    ))
  it('is TypeScript', () => {
    const code = writeAsTypeScript(PLACE, write)
    expect(code).toContain('const table = await db.openTable("docs")\n')
    expect(code.endsWith(`\n${typescript}\n`)).toBe(true)
  })
})
