import { AppError } from '#shared/errors.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { listManifests } from '../datasets/index.ts'
import { decodeRows, fingerprintRow } from '../lance/index.ts'
import { openView } from '../rows/index.ts'
import { createVersionFactsReader } from '../versions/index.ts'
import type { AppendProof } from './prove-append.ts'

const READ_TIMEOUT_MS = 60_000

/**
 * The version an append made that was about to happen when the process ended; undefined when it did not happen. Every
 * commit since is looked at, and of those that fit the rows themselves, in the columns the proof was made of. `commit-conflict` where it cannot be told.
 */
export async function findAppend(
  context: EngineContext,
  dataset: OpenDataset,
  proof: AppendProof,
  columns: readonly string[],
): Promise<number | undefined> {
  const newest = (await dataset.resolve()).version
  const listed = new Map((await listManifests(dataset.store, undefined)).map((one) => [one.version, one]))
  const reader = createVersionFactsReader()
  const found: number[] = []
  for (let version = proof.base + 1; version <= newest; version++) {
    const manifest = listed.get(version)
    const facts = manifest === undefined ? undefined : await reader.read(dataset.store, manifest)
    if (facts === undefined || facts.kind === 'broken' || facts.transaction === null) throw undecidable(version)
    const { operation } = facts.transaction
    if (operation.kind !== 'append' || operation.rows !== proof.rows) continue
    const first = facts.summary.rows - proof.rows
    const isOurs =
      (await fingerprintAt(context, dataset, version, first, columns)) === proof.first &&
      (await fingerprintAt(context, dataset, version, facts.summary.rows - 1, columns)) === proof.last
    if (isOurs) found.push(version)
  }
  if (found.length > 1) throw ambiguous(found)
  return found[0]
}

async function fingerprintAt(
  context: EngineContext,
  dataset: OpenDataset,
  version: number,
  offset: number,
  columns: readonly string[],
): Promise<string | undefined> {
  const { table } = await openView(context, { dataset: dataset.handle, ref: { version } })
  const select = columns.map((name) => ({ name }))
  for await (const file of table.page(select, { offset, limit: 1 }, { timeoutMs: READ_TIMEOUT_MS })) {
    const [batch] = decodeRows(file)
    if (batch !== undefined) return fingerprintRow(batch, 0, columns)
  }
  return undefined
}

function undecidable(version: number): AppError {
  return new AppError({
    code: 'commit-conflict',
    message: `It cannot be told whether the last rows were written before the process ended: version ${version} of the dataset is gone or cannot be read.`,
    hint: 'Compare the dataset with the source, and import what is missing by a key.',
    detail: { version },
  })
}

function ambiguous(versions: readonly number[]): AppError {
  return new AppError({
    code: 'commit-conflict',
    message: `It cannot be told which rows were written last: versions ${versions.join(' and ')} appended the same number of rows, alike in the first and the last.`,
    hint: 'Another program wrote the same. Undo what is twice, and import the rest by a key.',
    detail: { versions },
  })
}
