import { describe, expect, it } from 'vitest'
import { judgeImport } from './layering.mjs'

describe('judgeImport', () => {
  it.each([
    ['shared/model/a.ts', '../../electron/engine/context.ts', false, 'shared may not import engine/context'],
    [
      'electron/engine/format/a.ts',
      '#engine/store/object-store.ts',
      false,
      'engine/format may not import engine/store',
    ],
    ['electron/engine/versions/a.ts', '#engine/datasets/registry.ts', false, 'through its index.ts only'],
    ['electron/engine/datasets/a.ts', '#engine/versions/index.ts', false, 'may not import engine/versions'],
    ['electron/engine/rows/a.ts', '@lancedb/lancedb', false, 'may not import @lancedb/lancedb'],
    ['electron/serve/a.ts', 'electron', false, 'may not import electron'],
    ['renderer/grid/a.ts', '#renderer/bridge/host.ts', false, 'renderer/grid may not import renderer/bridge'],
    ['renderer/features/versions/a.ts', '#renderer/features/data/rows.ts', false, 'through its index.ts only'],
    ['renderer/features/data/a.ts', '#renderer/features/versions/index.ts', false, 'may not import features/versions'],
    ['renderer/features/data/a.ts', '#renderer/app/registry.ts', false, 'may not import renderer/app'],
    ['renderer/features/data/a.ts', '#shared/contract/index.ts', false, 'only `import type`'],
    ['renderer/app/a.ts', 'zod', false, 'may not import zod'],
    ['e2e/a.spec.ts', '#shared/errors.ts', false, 'e2e may not import shared'],
  ])('refuses %s → %s', (file, specifier, typeOnly, reason) => {
    expect(judgeImport(file, specifier, typeOnly)).toContain(reason)
  })

  it.each([
    ['electron/engine/versions/a.ts', '#engine/datasets/index.ts', false],
    ['electron/engine/rows/a.ts', './b.ts', false],
    ['renderer/features/data/a.ts', '#shared/contract/index.ts', true],
    ['renderer/features/data/a.ts', '#renderer/grid/index.ts', false],
    ['renderer/app/a.tsx', '#renderer/features/data/index.ts', false],
    ['electron/engine/rows/a.test.ts', '@lancedb/lancedb', false],
    ['tools/a.mjs', '#shared/errors.ts', false],
  ])('allows %s → %s', (file, specifier, typeOnly) => {
    expect(judgeImport(file, specifier, typeOnly)).toBeUndefined()
  })
})
