import { failure, type Rule } from './error-rule.ts'

/** Why Lance would not run a search. In order: the first match decides. */
export const SEARCH_RULES: readonly Rule[] = [
  {
    pattern: /position is not found but required for phrase queries/,
    to: () =>
      failure(
        'invalid-text-query',
        'The full-text index keeps no positions, so it cannot find phrases.',
        'Search for the words without the phrase, or build the index again with positions.',
      ),
  },
  {
    pattern: /boolean query must have at least one should\/must query/,
    to: () =>
      failure(
        'invalid-text-query',
        'A search that only excludes words finds nothing to exclude them from.',
        'Add at least one part that must or should match.',
      ),
  },
  {
    pattern: /ef must be greater than or equal to k[^\d]*(\d+)?/,
    to: () =>
      failure(
        'invalid-input',
        'An HNSW index must look at as many rows as are asked for: ef is smaller than k, or than k times the refine factor.',
        'Raise ef, or leave it out.',
      ),
  },
  {
    pattern: /FTS field '?(.+?)'? must resolve to .*?, got (\w+)/,
    to: (m) =>
      failure(
        'invalid-text-query',
        `The column "${m[1]}" holds ${m[2]}, not text.`,
        'Search a column of text, or of lists of text.',
      ),
  },
  {
    pattern: /FTS field path '(.+?)' does not exist/,
    to: (m) => failure('unknown-column', `There is no column "${m[1]}" in this version.`, 'Pick another column.'),
  },
  {
    pattern: /Column '(.+?)' does not have a full text search index/,
    to: (m) =>
      failure('index-not-found', `The column "${m[1]}" has no full-text index.`, 'Build one in the Indices view.'),
  },
  {
    pattern: /query dim\((\d+)\) doesn't match the column \S+ vector dim\((\d+)\)|query vector dimension: (\d+)/,
    to: (m) =>
      failure(
        'invalid-vector',
        m[2] === undefined
          ? `No vector column has ${m[3]} dimensions.`
          : `The vector has ${m[1]} numbers, and the column ${m[2]}.`,
        'Use a vector made by the same model as the column.',
      ),
  },
  {
    pattern: /element type (\w+) and the query vector is|Data type is not a vector/,
    to: () =>
      failure(
        'invalid-vector',
        'Lance cannot search this column by vector.',
        'Columns of half, single or double precision vectors can be searched, and of bytes with hamming.',
      ),
  },
  {
    pattern: /Distance type (\w+) .*(?:not supported|does not support)|only supports? cosine distance/i,
    to: () =>
      failure(
        'invalid-vector',
        'This distance cannot be computed for this column.',
        'Bytes are compared with hamming, other vectors with l2, cosine or dot.',
      ),
  },
]
