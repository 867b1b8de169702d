import { formatCount, formatNoun, formatShortDuration } from '#shared/model/format.ts'
import type { AnsweredBy } from '#shared/model/search.ts'
import type { Embedded } from '../query/embedding.ts'

/** How a search was answered, in parts to be shown one after the other. */
export function answeredParts(found: number, answeredBy: AnsweredBy): readonly string[] {
  const { indices, unindexedRows, totalRows, bruteForced, metric, elapsedMs, version } = answeredBy
  const by = (role: 'vector' | 'text' | 'filter') => indices.filter((index) => index.role === role)
  return [
    `${formatNoun(found, 'row')} in ${formatShortDuration(elapsedMs)}`,
    ...[...by('vector'), ...by('text')].map(
      ({ name, type, segments, nprobes }) =>
        `${type} ${name} (${formatNoun(segments, 'segment')}${
          nprobes === undefined ? '' : `, at most ${formatNoun(nprobes, 'partition')}${segments > 1 ? ' each' : ''}`
        })`,
    ),
    ...(bruteForced ? [`${formatNoun(totalRows, 'row')} compared one by one`] : []),
    ...(unindexedRows > 0 ? [`${formatCount(unindexedRows)} of ${formatCount(totalRows)} rows outside the index`] : []),
    ...by('filter').map(({ name, type }) => `filter by ${type} ${name}`),
    ...(metric === undefined ? [] : [`${metric} distance`]),
    `version ${version}`,
  ]
}

/** Who made the vector of a text, in the same manner. */
export function embeddedParts(embedded: Embedded | undefined): readonly string[] {
  if (embedded === undefined) return []
  const { title, elapsedMs } = embedded
  return [`text to vector by ${title}${elapsedMs === null ? '' : ` in ${formatShortDuration(elapsedMs)}`}`]
}
