import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import type { Embedder } from '../embedder.ts'
import { type Asked, connectionFailure, failed, statusFailure } from './failures.ts'
import type { Pacer } from './pacer.ts'
import { isWebPage, parseAnswer, readText } from './read-answer.ts'

export interface HttpEmbedderOptions {
  readonly provider: string
  /** Without `/embeddings` and a slash at the end. */
  readonly url: string
  readonly model: string
  readonly key: string | undefined
  readonly dimension: number | null
  /** Of one try; a local model may have to be loaded first. */
  readonly timeoutMs?: number
  /** Before the first repetition; doubled for each further one. */
  readonly backoffMs?: number
  /** Tries of one request. */
  readonly tries?: number
  /** A server that wants a longer pause is told to the person instead. */
  readonly pauseMaxMs?: number
  /** Texts of one request at most. */
  readonly batchTexts?: number
  /** Also tries again after a connection that failed and an answer that did not come in time. */
  readonly outlastsBreaks?: boolean
  /** Waited for before every request. */
  readonly pacer?: Pacer
}

const TIMEOUT_MS = 60_000
const BACKOFF_MS = 500
const TRIES = 4
const PAUSE_MAX_MS = 20_000
const BATCH_TEXTS = 32
const BATCH_CHARACTERS = 400_000

/** A client of an OpenAI-compatible endpoint. Texts go out in batches, one after the other. */
export function createHttpEmbedder(options: HttpEmbedderOptions): Embedder {
  const { provider, url, model, dimension } = options
  return {
    provider,
    model,
    dimension,
    embed: async (texts, signal) => {
      const vectors: (readonly number[])[] = []
      for (const batch of toBatches(texts, options.batchTexts)) {
        const made = await askPatiently(options, batch, signal)
        const [first, here] = [vectors[0]?.length, made[0]?.length]
        if (first !== undefined && first !== here) {
          throw failed(
            options,
            `${url} made vectors of ${first} and of ${here} numbers.`,
            'Vectors of one model have one length; check what answers there.',
          )
        }
        vectors.push(...made)
      }
      return vectors
    },
  }
}

/** At least one text each, then as many as fit. */
function toBatches(texts: readonly string[], most = BATCH_TEXTS): readonly (readonly string[])[] {
  const batches: string[][] = []
  let characters = 0
  for (const text of texts) {
    const last = batches.at(-1)
    if (last === undefined || last.length >= most || characters + text.length > BATCH_CHARACTERS) {
      batches.push([text])
      characters = text.length
    } else {
      last.push(text)
      characters += text.length
    }
  }
  return batches
}

/** Repeats what failed for a while: too many requests and failures of the server itself. */
async function askPatiently(
  options: HttpEmbedderOptions,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  const { backoffMs = BACKOFF_MS, tries = TRIES, pauseMaxMs = PAUSE_MAX_MS, pacer } = options
  for (let attempt = 1; ; attempt++) {
    await pacer?.turn(signal, attempt > 1)
    const answer = await ask(options, texts, signal)
    if (answer.kind === 'vectors') {
      pacer?.went()
      return answer.vectors
    }
    if (answer.isTooOften) pacer?.tooOften()
    const pauseMs = answer.pauseMs ?? Math.min(backoffMs * 2 ** (attempt - 1), pauseMaxMs)
    if (!answer.isPassing || attempt >= tries || pauseMs > pauseMaxMs) throw answer.error
    await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

type Answer =
  | { readonly kind: 'vectors'; readonly vectors: readonly (readonly number[])[] }
  /** `isPassing`: it may work the next time; `pauseMs`: what the server asked to wait before. */
  | {
      readonly kind: 'failure'
      readonly error: AppError
      readonly isPassing: boolean
      readonly isTooOften: boolean
      readonly pauseMs?: number
    }

async function ask(options: HttpEmbedderOptions, texts: readonly string[], signal: AbortSignal): Promise<Answer> {
  const { url, model, key, timeoutMs = TIMEOUT_MS, outlastsBreaks: isPassing = false } = options
  const asked: Asked = { url, model, key }
  signal.throwIfAborted()
  const limit = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(`${url}/embeddings`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ model, input: texts }),
      // Another address would be given the key and the text without anybody having agreed to it.
      redirect: 'manual',
      signal: AbortSignal.any([signal, limit]),
    })
    const body = await readText(response, asked)
    const isPage = isWebPage(response, body)
    if (!response.ok) return refused(asked, response, body, isPage)
    if (isPage) {
      throw failed(asked, `${url}/embeddings is a web page, not an embeddings endpoint.`, 'It usually ends in /v1.')
    }
    return { kind: 'vectors', vectors: parseAnswer(body, texts.length, asked) }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof AppError) throw error
    const failure = limit.aborted ? tooSlow(url, timeoutMs) : connectionFailure(asked, error)
    return { kind: 'failure', error: failure, isPassing, isTooOften: false }
  }
}

function refused(asked: Asked, response: Response, body: string, isPage: boolean): Answer {
  const { status, headers } = response
  const pauseMs = parseRetryAfter(headers.get('retry-after'), Date.now())
  return {
    kind: 'failure',
    error: statusFailure(asked, status, body, isPage),
    isPassing: status === 429 || status >= 500,
    isTooOften: status === 429,
    ...(pauseMs === undefined ? {} : { pauseMs }),
  }
}

/** Milliseconds a `Retry-After` asks for: seconds or a date; undefined when it says neither. */
export function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null || value.trim() === '') return undefined
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000
  const dateMs = Date.parse(value)
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs)
}

function tooSlow(url: string, timeoutMs: number): AppError {
  return new AppError({
    code: 'timeout',
    message: `${url} did not answer within ${timeoutMs / 1000} seconds.`,
    hint: 'A local model may still be loading: try again.',
  })
}
