import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import type { AnsweredBy, AnsweringIndex } from '#shared/model/search.ts'

/** `12.4 ms`, with more digits than elsewhere: here they are the point. */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${ms < 100 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`
  return `${Number((ms / 1000).toFixed(2))} s`
}

/** How a search was answered, in parts of one sentence. */
export function answeredParts(answer: AnsweredBy): readonly string[] {
  const { indices, bytesRead, requests, metric } = answer
  const filters = indices.filter(({ role }) => role === 'filter')
  return [
    formatMs(answer.elapsedMs),
    ...indices.filter(({ role }) => role !== 'filter').map(indexWords),
    ...rowsWords(answer),
    ...filters.map(({ name }) => `filter by ${name}`),
    ...(metric === undefined ? [] : [`${metric} distance`]),
    ...(bytesRead === undefined ? [] : [readWords(bytesRead, requests)]),
    `version ${formatCount(answer.version)}`,
  ]
}

/** Where the time went, for the tooltip. */
export function timeWords({ searchMs, rowsMs, embedMs, elapsedMs }: AnsweredBy): string {
  return [
    ...(embedMs === undefined ? [] : [`embedding the text ${formatMs(embedMs)}`]),
    `search ${formatMs(searchMs)}`,
    `reading the rows ${formatMs(rowsMs)}`,
    `all ${formatMs(elapsedMs)}`,
  ].join(' · ')
}

function indexWords({ name, type, segments, partitions, nprobes }: AnsweringIndex): string {
  const probed =
    partitions === undefined
      ? []
      : nprobes === undefined
        ? [formatNoun(partitions, 'partition')]
        : [`≤${formatCount(Math.min(nprobes, partitions))} of ${formatNoun(partitions, 'partition')}`]
  return `${type} ${name} (${[formatNoun(segments, 'segment'), ...probed].join(', ')})`
}

function rowsWords({ bruteForced, unindexedRows, totalRows }: AnsweredBy): readonly string[] {
  if (bruteForced) return [`no index: ${formatNoun(totalRows, 'row')} searched one by one`]
  if (unindexedRows === 0) return []
  return [`${formatCount(unindexedRows)} of ${formatNoun(totalRows, 'row')} in no index`]
}

function readWords(bytes: number, requests: number | undefined): string {
  const size = formatBytes(bytes)
  return requests === undefined ? size : `${size}, ${formatNoun(requests, 'request')}`
}
