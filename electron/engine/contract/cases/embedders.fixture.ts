import type { Cases } from '../case.fixture.ts'

type Names =
  | 'embedders.list'
  | 'embedders.save'
  | 'embedders.remove'
  | 'embedders.embed'
  | 'embedders.columns'
  | 'embedders.assign'

export const embeddersCases: Pick<Cases, Names> = {
  'embedders.list': {
    input: () => ({}),
    check: () => undefined,
  },
  'embedders.save': {
    input: () => ({ id: 'local', title: 'Local', url: 'http://127.0.0.1:9/v1', model: 'm' }),
    check: () => undefined,
  },
  'embedders.remove': {
    input: () => ({ id: 'local' }),
    check: () => undefined,
  },
  'embedders.embed': {
    input: () => ({ embedder: 'built-in', texts: ['a'] }),
    check: () => undefined,
  },
  'embedders.columns': {
    input: (_world, dataset) => ({ dataset }),
    check: () => undefined,
  },
  'embedders.assign': {
    input: (_world, dataset) => ({ dataset, column: 'vector', embedder: 'built-in' }),
    check: () => undefined,
  },
}
