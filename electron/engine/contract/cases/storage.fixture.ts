import type { Cases } from '../case.fixture.ts'

export const storageCases: Pick<
  Cases,
  | 'storage.files'
  | 'storage.usage'
  | 'storage.versions'
  | 'storage.file'
  | 'storage.read'
  | 'storage.cleanupPreview'
  | 'storage.compactionPreview'
  | 'storage.findings'
> = {
  'storage.files': { input: (_world, dataset) => ({ dataset }), check: () => undefined },
  'storage.usage': { input: (_world, dataset) => ({ dataset }), check: () => undefined },
  'storage.versions': { input: (_world, dataset) => ({ dataset }), check: () => undefined },
  'storage.file': { input: (_world, dataset) => ({ dataset, path: 'x' }), check: () => undefined },
  'storage.read': { input: (_world, dataset) => ({ dataset, path: 'x', start: 0, length: 1 }), check: () => undefined },
  'storage.cleanupPreview': {
    input: (_world, dataset) => ({ dataset, olderThan: '2030-01-01T00:00:00Z' }),
    check: () => undefined,
  },
  'storage.compactionPreview': { input: (_world, dataset) => ({ dataset }), check: () => undefined },
  'storage.findings': { input: (_world, dataset) => ({ dataset }), check: () => undefined },
}
