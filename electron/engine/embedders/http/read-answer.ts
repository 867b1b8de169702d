import { AppError } from '#shared/errors.ts'
import { type Asked, failed } from './failures.ts'

/** Longest answer read: 64 vectors of 65,536 numbers as text come to less. */
const ANSWER_MAX_BYTES = 128 * 1024 * 1024
/** Longest vector the app searches with. */
const DIMENSION_MAX = 65_536

/** The body as text; `too-large` beyond the limit, however the server declared it. */
export async function readText(response: Response, asked: Asked): Promise<string> {
  if (response.body === null) return ''
  const parts: Uint8Array[] = []
  let length = 0
  // Leaving the loop cancels the stream, and the connection with it.
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > ANSWER_MAX_BYTES) {
      throw new AppError({
        code: 'too-large',
        message: `The answer of ${asked.url} is larger than 128 MB and was not read.`,
        hint: 'Check that it is an embeddings endpoint.',
      })
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** True for a web page, which is what a wrong address often answers. */
export function isWebPage(response: Response, body: string): boolean {
  return response.headers.get('content-type')?.includes('text/html') === true || /^\s*<(!doctype|html)/i.test(body)
}

/** Vectors of an OpenAI embeddings answer in the order of the texts; `embedder-failed` for any other shape. */
export function parseAnswer(body: string, count: number, asked: Asked): readonly (readonly number[])[] {
  const data = dataOf(body, asked)
  if (data.length !== count) {
    throw odd(asked, `${data.length} vectors came for ${count} ${count === 1 ? 'text' : 'texts'}`)
  }
  const vectors = Array.from<readonly number[] | undefined>({ length: count })
  for (const [position, item] of data.entries()) {
    if (typeof item !== 'object' || item === null) throw odd(asked, `entry ${position} is no object`)
    const index: unknown = 'index' in item ? item.index : position
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= count) {
      throw odd(asked, `entry ${position} has no index of a text`)
    }
    if (vectors[index] !== undefined) throw odd(asked, `two vectors came for text ${index}`)
    vectors[index] = toVector('embedding' in item ? item.embedding : undefined, index, asked)
  }
  // Every index is in range and none came twice, so each place is filled.
  const whole = vectors.flatMap((vector) => (vector === undefined ? [] : [vector]))
  const dimension = whole[0]?.length
  const uneven = whole.findIndex(({ length }) => length !== dimension)
  if (uneven >= 0) {
    throw odd(asked, `vector ${uneven} has ${whole[uneven]?.length} numbers and the first has ${dimension}`)
  }
  return whole
}

function dataOf(body: string, asked: Asked): readonly unknown[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    throw odd(asked, 'it is not JSON')
  }
  const data: unknown = typeof parsed === 'object' && parsed !== null && 'data' in parsed ? parsed.data : undefined
  if (!Array.isArray(data)) throw odd(asked, 'it has no list named "data"')
  return data
}

function toVector(values: unknown, index: number, asked: Asked): readonly number[] {
  if (!Array.isArray(values) || values.length === 0) throw odd(asked, `vector ${index} is no list of numbers`)
  if (values.length > DIMENSION_MAX) throw odd(asked, `vector ${index} has ${values.length} numbers`)
  return values.map((value: unknown, place) => {
    if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value
    throw odd(asked, `number ${place} of vector ${index} is ${typeof value === 'number' ? 'too large' : 'no number'}`)
  })
}

function odd(asked: Asked, why: string): AppError {
  return failed(
    asked,
    `${asked.url} did not answer as an embeddings endpoint does: ${why}.`,
    'Check that the address speaks the OpenAI embeddings protocol and the model makes embeddings.',
  )
}
