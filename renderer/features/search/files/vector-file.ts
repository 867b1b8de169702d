import { formatFloat } from '#shared/model/arrow/index.ts'
import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import { parseVectorText } from '../query/vector-text.ts'
import { NpyProblem, parseNpy } from './npy.ts'

/** Numbers of a file, as the form takes them, with what was read in one phrase; or why there are none. */
export type VectorFile =
  | { readonly ok: true; readonly numbers: string; readonly told: string }
  | { readonly ok: false; readonly message: string }

/** Bytes of a file that are read at all. */
const FILE_MAX = 16 * 1024 * 1024
/** Numbers the form takes from a file, and vectors of one search. */
const NUMBERS_MAX = 200_000
const VECTORS_MAX = 256

/** File names offered when choosing. */
export const VECTOR_FILE_TYPES = '.npy,.json,.csv,.tsv,.txt'

/** Reads query vectors from a NumPy, JSON or CSV file. Never throws: what is wrong is told. */
export async function readVectorFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<VectorFile> {
  if (file.size > FILE_MAX) {
    return fail(`${file.name} has ${formatBytes(file.size)}; files up to ${formatBytes(FILE_MAX)} are read.`)
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const isNpy = file.name.toLowerCase().endsWith('.npy') || bytes[0] === 0x93
    const read = isNpy ? readNpy(bytes) : readText(bytes)
    return read.ok ? { ...read, told: `${read.told} from ${file.name}` } : fail(`${file.name}: ${read.message}`)
  } catch (error) {
    return fail(`${file.name} could not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function readNpy(bytes: Uint8Array): VectorFile {
  try {
    const { dtype, vectors } = parseNpy(bytes, NUMBERS_MAX)
    const precision = dtype.endsWith('f4') ? 'float32' : dtype.endsWith('f2') ? 'float16' : 'float64'
    const lists = vectors.map((vector) => Array.from(vector, (value) => formatFloat(value, precision)))
    if (lists.some((list) => list.some((text) => !/\d/.test(text)))) return fail('NaN and infinity cannot be searched.')
    return listed(lists)
  } catch (error) {
    if (error instanceof NpyProblem) return fail(error.message)
    throw error
  }
}

function readText(bytes: Uint8Array): VectorFile {
  const text = new TextDecoder('utf-8', { fatal: false }).decode(bytes).replace(/^\ufeff/, '')
  const parsed = parseVectorText(text)
  if (!parsed.ok) return fail(parsed.message)
  const count = parsed.vectors.reduce((sum, vector) => sum + vector.length, 0)
  if (count > NUMBERS_MAX) {
    return fail(`It has ${formatCount(count)} numbers; at most ${formatCount(NUMBERS_MAX)} can be taken.`)
  }
  return listed(parsed.vectors.map((vector) => vector.map(String)))
}

function listed(lists: readonly (readonly string[])[]): VectorFile {
  if (lists.length > VECTORS_MAX) {
    return fail(`It has ${formatCount(lists.length)} vectors; one search takes at most ${VECTORS_MAX}.`)
  }
  const rows = lists.map((list) => `[${list.join(', ')}]`)
  const numbers = rows.length === 1 ? (rows[0] ?? '') : `[${rows.join(',\n')}]`
  return {
    ok: true,
    numbers,
    told: `${formatNoun(lists.length, 'vector')} of ${formatNoun(lists[0]?.length ?? 0, 'number')}`,
  }
}

function fail(message: string): VectorFile & { readonly ok: false } {
  return { ok: false, message }
}
