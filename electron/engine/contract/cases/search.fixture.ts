import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'

type Names = 'search.run' | 'search.explain' | 'search.tokenize' | 'search.highlight' | 'search.recall'

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
  'search.tokenize': {
    input: (_world, dataset) => ({ dataset, text: 'a Thing', column: 'name' }),
    check: ([result]) =>
      expectEqual(
        result?.tokens,
        [
          { text: 'a', position: 0, start: 0, end: 1 },
          { text: 'Thing', position: 1, start: 2, end: 7 },
        ],
        'words as they are, without an index',
      ),
  },
  'search.highlight': {
    input: (_world, dataset) => ({ dataset, text: 'thing 6', columns: ['name'], rowIds: ['6', '7', '8'] }),
    check: ([result]) =>
      expectEqual(
        result?.cells,
        [
          {
            rowId: '6',
            column: 'name',
            ranges: [
              [0, 5],
              [6, 7],
            ],
          },
          { rowId: '8', column: 'name', ranges: [[0, 5]] },
        ],
        'cells',
      ),
  },
  'search.recall': {
    input: (_world, dataset) => ({ dataset, column: 'vector', k: 5, queries: { sample: 3, seed: 1 }, sweep: {} }),
    check: (events) => {
      const last = events.at(-1)
      expectEqual(events[0]?.kind, 'job', 'first event')
      if (last?.kind !== 'done') throw new Error('no result')
      expectEqual(last.job.state, 'done', 'state')
      expectThat((last.job.rssBytes ?? 0) > 1e7, 'its process told its memory')
      const { index, rows, queries, points } = last.result
      expectEqual([index, rows, queries], [null, 999, 3], 'what was measured')
      expectEqual(points[0]?.perQuery, [1, 1, 1], 'recall without an index')
    },
  },
}
