import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'

type Names = 'search.run' | 'search.explain'

export const searchCases: Pick<Cases, Names> = {
  'search.run': {
    input: (_world, dataset) => ({
      dataset,
      vector: [10, 5, -10],
      text: 'thing',
      column: 'vector',
      textColumns: ['name'],
      k: 5,
      params: { metric: 'l2', rrfK: 60 },
      filter: 'id >= 10',
      columns: ['id'],
    }),
    check: ([result]) => {
      expectEqual(result?.hits.length, 5, 'hits')
      expectEqual(result?.hits[0]?.rank, 1, 'first rank')
      expectEqual(result?.order.length, 5, 'order')
      expectThat(result?.answeredBy.bruteForced === true, 'every row was compared')
      expectEqual(
        result?.warnings.map(({ code }) => code),
        ['no-text-index'],
        'warnings',
      )
    },
  },
  'search.explain': {
    input: (_world, dataset) => ({ dataset, vector: [10, 5, -10], k: 5, analyze: true }),
    check: ([plan]) => {
      expectEqual(plan?.tree.name, 'AnalyzeExec', 'root')
      expectThat(plan?.text.includes('KNNVectorDistance') === true, 'the text is whole')
    },
  },
}
