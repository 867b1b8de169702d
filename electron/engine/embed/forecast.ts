import type { EmbedForecast } from '#shared/contract/embed.ts'
import type { Input } from '#shared/contract/index.ts'
import { formatCount } from '#shared/model/format.ts'
import type { EngineContext } from '../context.ts'
import { REQUEST_TEXTS } from '../embedders/index.ts'
import { liveRows } from '../indices/index.ts'
import { decodeValues, quoteIdentifier, type NativeTable, type Projected } from '../lance/index.ts'
import { freeDiskBytes } from '../store/free-disk.ts'
import { bytesToWrite, CHUNK_BYTES, partsOf } from './cost.ts'
import { readSubject, type Subject } from './subject.ts'

/** Counting may have to read every text, and every vector there is. */
const COUNT_TIMEOUT_MS = 120_000
const SAMPLE_ROWS = 400
const SAMPLE_WINDOWS = 5
/** English text; other languages and code have shorter tokens. */
const CHARACTERS_A_TOKEN = 4

/** What embedding a column would do now. Changes nothing and sends nothing. */
export async function forecastEmbedding(
  context: EngineContext,
  input: Input<'embed.forecast'>,
): Promise<EmbedForecast> {
  return forecastOf(await readSubject(context, input))
}

export async function forecastOf(subject: Subject): Promise<EmbedForecast> {
  const { view, source, target, embedder, dimension, resumed } = subject
  const { table, manifest, dataset } = view
  const rows = manifest.fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  const column = target === undefined ? undefined : quoteIdentifier(target.name)
  const text = source.sql ?? quoteIdentifier(source.name)
  const count = (filter: string): Promise<number> => table.countRows(filter, COUNT_TIMEOUT_MS)
  const rowsDone = column === undefined ? 0 : await count(`${column} is not null`)
  const missing = column === undefined ? '' : ` and ${column} is null`
  const texts = await count(`${text} is not null and ${text} <> ''${missing}`)
  const characters = await averageLength(table, source, rows)
  return {
    rows,
    rowsDone,
    texts,
    tokensAbout: Math.ceil((texts * characters) / CHARACTERS_A_TOKEN),
    requests: embedder.kind === 'built-in' ? 0 : Math.ceil(texts / REQUEST_TEXTS),
    isRemote: embedder.isRemote,
    dimension,
    bytesWrittenAtMost: dimension === null ? null : texts === 0 ? 0 : bytesToWrite(manifest.fragments, dimension),
    freeDiskBytes: await freeDiskBytes(dataset.location),
    resumes: resumed !== undefined,
    notes: notesOf(subject, texts, rowsDone),
  }
}

function notesOf({ view, target, embedder, dimension, endsOther }: Subject, texts: number, done: number): string[] {
  const notes: string[] = []
  const { manifest } = view
  if (endsOther)
    notes.push('An embedding of another column was stopped before it was done; its helper columns are removed.')
  if (dimension === null && texts > 0) {
    notes.push(
      `${embedder.title} was never asked for the length of its vectors: one text of Tiltyard's own is sent first.`,
    )
  }
  if (target !== undefined && done > 0 && target.metadata['tiltyard:embedder'] === undefined) {
    notes.push(
      `Nothing says what made the ${formatCount(done)} vectors that "${target.name}" has. If it was another model, distances mean nothing.`,
    )
  }
  const indexed = manifest.indices.filter(({ fields }) => target !== undefined && fields.includes(target.id))
  if (indexed.length > 0 && texts > 0) {
    const names = [...new Set(indexed.map(({ name }) => name))].join(', ')
    notes.push(`Filled rows are searched without the index ${names} until they are folded into it.`)
  }
  const parts = dimension === null ? 1 : Math.max(1, ...manifest.fragments.map((one) => partsOf(one, dimension)))
  if (parts > 1 && texts > 0) {
    notes.push(
      `Fragments hold more than ${Math.round(CHUNK_BYTES / 1e6)} MB of such vectors, so their new column is written up to ${parts} times, a part longer each time. Old versions keep those bytes until they are cleaned up.`,
    )
  }
  return notes
}

/** Characters of a text, from some rows at even distances. */
async function averageLength(table: NativeTable, source: Projected, rows: number): Promise<number> {
  let characters = 0
  let texts = 0
  for (let window = 0; window < SAMPLE_WINDOWS; window++) {
    const offset = Math.floor((rows * window) / SAMPLE_WINDOWS)
    const limit = Math.min(SAMPLE_ROWS, rows - offset)
    if (limit <= 0) break
    for await (const file of table.page([source], { offset, limit }, { timeoutMs: COUNT_TIMEOUT_MS })) {
      for (const value of decodeValues(file)) {
        if (value.kind !== 'string' || value.value === '') continue
        characters += value.value.length
        texts++
      }
    }
  }
  return texts === 0 ? 0 : characters / texts
}
