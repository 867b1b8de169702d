import { readFile, stat } from 'node:fs/promises'
import { relevanceSet } from '#shared/contract/relevance.ts'
import { AppError } from '#shared/errors.ts'
import type { RelevanceSet } from '#shared/model/relevance.ts'
import { errnoOf, fileError } from '../store/errno.ts'
import { replaceFile } from '../store/replace-file.ts'

const FORMAT = 1
/** Bytes of one set with its runs; thousands of judged words, or some hundred long vectors. */
export const MAX_SET_BYTES = 8 * 1024 * 1024

/** What reading a file gave: a set, nothing, or what is wrong with it. */
export type ReadSet =
  | { readonly kind: 'set'; readonly set: RelevanceSet }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly problem: string }

/** Reads one set. A file that holds none is told as damaged; only files that may not be read throw. */
export async function readSet(path: string): Promise<ReadSet> {
  let text: string
  try {
    const { size } = await stat(path)
    if (size > MAX_SET_BYTES) return damaged(`It has ${size} bytes, more than a set may have.`)
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { kind: 'none' }
    throw fileError(error, path)
  }
  return parseSet(text)
}

function parseSet(text: string): ReadSet {
  let saved: unknown
  try {
    saved = JSON.parse(text)
  } catch {
    return damaged('It is not JSON.')
  }
  if (typeof saved !== 'object' || saved === null || !('format' in saved) || !('set' in saved))
    return damaged('It is not a relevance set.')
  if (saved.format !== FORMAT) return damaged('It was written by another version of Tiltyard.')
  const read = relevanceSet.safeParse(saved.set)
  if (read.success) return { kind: 'set', set: { ...read.data, runs: read.data.runs ?? [] } }
  const [issue] = read.error.issues
  return damaged(`It is not a relevance set: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}.`)
}

function damaged(problem: string): ReadSet {
  return { kind: 'damaged', problem }
}

/**
 * Writes one set, wholly or not at all; the folder is made when it is missing. `location` stands beside it for people
 * who look into the folder. `too-large` above {@link MAX_SET_BYTES}.
 */
export async function writeSet(path: string, set: RelevanceSet, location: string): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, location, set }, null, 1)}\n`
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_SET_BYTES) {
    throw new AppError({
      code: 'too-large',
      message: `The relevance set “${set.name}” has ${bytes} bytes, more than the ${MAX_SET_BYTES} a set may have.`,
      hint: 'Split its questions into two sets.',
      detail: { name: set.name, bytes },
    })
  }
  await replaceFile(path, text)
}
