import type { EmbedForecast, EmbedResult } from '#shared/contract/embed.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import { formatBytes, formatCount, formatDuration, formatNoun } from '#shared/model/format.ts'

/** One line of what an embedding would do. */
export interface Fact {
  readonly label: string
  readonly value: string
}

/** What an embedding would do and cost, line by line. */
export function forecastFacts(forecast: EmbedForecast, embedder: EmbedderInfo): readonly Fact[] {
  const { rows, rowsDone, texts, tokensAbout, requests, dimension, bytesWrittenAtMost, freeDiskBytes } = forecast
  const empty = Math.max(0, rows - rowsDone - texts)
  const disk = freeDiskBytes === null ? '' : ` · ${formatBytes(freeDiskBytes)} free`
  return [
    { label: 'Texts to embed', value: `${formatCount(texts)} of ${formatNoun(rows, 'row')}` },
    ...(rowsDone === 0 ? [] : [{ label: 'Have a vector already', value: `${formatCount(rowsDone)}, which stay` }]),
    ...(empty === 0 ? [] : [{ label: 'Without text', value: `${formatCount(empty)}, whose vector stays null` }]),
    { label: 'Tokens', value: `about ${formatCount(tokensAbout)}` },
    ...(embedder.kind === 'built-in'
      ? []
      : [{ label: 'Requests', value: `${formatCount(requests)} at most; equal texts are sent once` }]),
    { label: 'Numbers in a vector', value: dimension === null ? 'asked when it starts' : formatCount(dimension) },
    {
      label: 'Written to disk',
      value: bytesWrittenAtMost === null ? 'known when it starts' : `${formatBytes(bytesWrittenAtMost)} at most${disk}`,
    },
  ]
}

/** Where the texts go. */
export function leavesSentence(
  { texts }: EmbedForecast,
  source: string,
  { isRemote, url, kind }: EmbedderInfo,
): string {
  if (kind === 'built-in') return 'Nothing leaves this machine: the built-in embedder runs in Tiltyard.'
  if (!isRemote) return `Nothing leaves this machine: ${url ?? 'the endpoint'} is on it.`
  return `${formatNoun(texts, 'text')} of “${source}” ${texts === 1 ? 'is' : 'are'} sent to ${url ?? 'another machine'}, in full. Only the texts: no other column, and not where they come from.`
}

/** What came of it, in one sentence. */
export function resultSentence(result: EmbedResult): string {
  const { rowsEmbedded, rowsEmpty, rowsRefused, rowsLeft, requests, retries, elapsedMs } = result
  return [
    `${formatNoun(rowsEmbedded, 'row')} embedded in ${formatDuration(elapsedMs)}`,
    rowsEmpty === 0 ? '' : `${formatCount(rowsEmpty)} without text`,
    rowsRefused === 0 ? '' : `${formatCount(rowsRefused)} refused by the embedder`,
    rowsLeft === 0 ? '' : `${formatCount(rowsLeft)} left that others changed meanwhile`,
    requests === 0
      ? ''
      : `${formatNoun(requests, 'request')}${retries === 0 ? '' : `, ${formatCount(retries)} of them repeated`}`,
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
