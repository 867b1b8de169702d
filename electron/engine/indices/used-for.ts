import type { IndexDetails } from '../format/index-details.ts'

/** What queries an index answers, one sentence each. */
export function usedFor(
  { type, kind, metric, tokenizer }: IndexDetails,
  columns: readonly string[],
): readonly string[] {
  const column = columns[0] ?? 'the column'
  switch (kind) {
    case 'vector':
      return [
        `Nearest neighbours of a vector on ${column}${metric === undefined ? '' : `, when the distance is ${metric}`}.`,
        ...(metric === undefined ? [] : ['Any other distance compares every row.']),
      ]
    case 'text':
      return [
        `Full-text search of words in ${column}.`,
        tokenizer?.['withPosition'] === true
          ? 'Phrases: it keeps positions.'
          : 'No phrases: it was built without positions.',
      ]
    case 'scalar':
      return scalarUses(type, column)
    case 'system':
      return ['Lance keeps it for itself.']
    case 'unknown':
      return []
  }
}

function scalarUses(type: string, column: string): readonly string[] {
  switch (type) {
    case 'BTREE':
      return [`Filters on ${column} with =, <, >, between, in and is null.`]
    case 'BITMAP':
      return [`Filters on ${column} with =, in and is null; best where few values repeat.`]
    case 'LABEL_LIST':
      return [`Filters with array_has, array_has_any and array_has_all on ${column}.`]
    case 'FM':
      return [`Filters with contains(${column}, …); slow for short or frequent text.`]
    case 'NGRAM':
      return [`Filters with contains(${column}, …).`]
    case 'ZONEMAP':
      return [`Filters on ${column} that leave out whole stretches of rows.`]
    case 'BLOOM_FILTER':
      return [`Filters on ${column} with =.`]
    default:
      return []
  }
}
