import { describe, expect, it } from 'vitest'
import { toPython } from './python.ts'
import type { SearchCode } from './source.ts'

const base = { location: '/data/books.lance', at: { version: 4 }, vectorColumn: 'vector', textColumns: ['body'] }
const code = (query: SearchCode['query'], more: Partial<SearchCode> = {}): string =>
  toPython({ ...base, query, ...more })

// All of these forms were run with lancedb 0.40 for Python on a dataset of sixty rows.
describe('the search as Python', () => {
  it('searches like a row, with its settings', () => {
    const params = { metric: 'cosine', nprobes: { max: 8 }, refine: 5, exact: true, postfilter: true } as const
    expect(code({ vector: { rowId: '7' }, k: 5, params, filter: "kind = 'a'" })).toBe(`import lancedb

db = lancedb.connect("/data")
table = db.open_table("books")
table.checkout(4)
vector = table.take_row_ids([7]).select(["vector"]).to_list()[0]["vector"]
rows = (
    table.search(vector, vector_column_name="vector", query_type="vector")
    .distance_type("cosine")
    .minimum_nprobes(8)
    .maximum_nprobes(8)
    .refine_factor(5)
    .bypass_vector_index()
    .where("kind = 'a'", prefilter=False)
    .limit(5)
    .to_arrow()
)
`)
  })

  it('searches for words, phrases and parts of queries', () => {
    const all = { kind: 'match', terms: 'a b', operator: 'and', fuzziness: 1 } as const
    expect(code({ text: 'quick "fox"', k: 3 })).toContain(
      'table.search(MatchQuery("quick \\"fox\\"", "body"), query_type="fts")',
    )
    expect(code({ text: { kind: 'boolean', must: [all], mustNot: [{ kind: 'phrase', terms: 'x y', slop: 1 }] }, k: 3 }))
      .toContain('BooleanQuery([(Occur.MUST, MatchQuery("a b", "body", fuzziness=1, operator=FullTextOperator.AND)), (Occur.MUST_NOT, PhraseQuery("x y", "body", slop=1))])') // prettier-ignore
    expect(code({ text: all, k: 3 })).toContain('from lancedb.query import FullTextOperator, MatchQuery\n')
    expect(code({ text: { ...all, fuzziness: 'auto' }, k: 3 })).toContain('# Python knows no fuzziness')
  })

  it('joins both, and takes tags, branches and folders LanceDB cannot name', () => {
    const hybrid = { vector: [1, 2], text: 'fox', k: 3, params: { rrfK: 10, textWeight: 2, fast: true } }
    expect(code(hybrid)).toContain('    .rerank(RRFReranker(K=10))\n')
    expect(code(hybrid)).toContain('no weights')
    expect(code(hybrid)).not.toContain('fast_search()')
    expect(code({ text: 'a', k: 1 }, { at: { branch: 'dev', version: 2 } })).toContain(
      'table.branches.checkout("dev", 2)',
    )
    expect(code({ text: 'a', k: 1 }, { at: { tag: 'v1' } })).toContain('table.checkout("v1")')
    expect(code({ text: 'a', k: 1 }, { location: '/data/my books' })).toContain('os.symlink("/data/my books", ')
  })
})
