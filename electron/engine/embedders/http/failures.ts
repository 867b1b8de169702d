import { AppError } from '#shared/errors.ts'

/** Where a request went, for sentences about it. Never holds the key. */
export interface Asked {
  readonly url: string
  readonly model: string
  readonly key: string | undefined
}

const TEXT_MAX = 300

/** The `embedder-failed` error with the address in its details. */
export function failed(asked: Asked, message: string, hint: string, detail: object = {}, cause?: unknown): AppError {
  return new AppError(
    { code: 'embedder-failed', message, hint, detail: { url: asked.url, ...detail } },
    cause === undefined ? {} : { cause },
  )
}

/** What a status that is not a success means. */
export function statusFailure(asked: Asked, status: number, body: string, isPage: boolean): AppError {
  const said = isPage ? undefined : saidBy(body, asked.key)
  const detail = { status, ...(said === undefined ? {} : { said }) }
  if (status >= 300 && status < 400) {
    return failed(
      asked,
      `${asked.url} sends requests on to another address, which is not followed: the key would go along.`,
      'Enter the final address.',
      detail,
    )
  }
  if (status === 401 || status === 403) {
    return failed(
      asked,
      asked.key === undefined
        ? `${asked.url} wants a key, and none was given.`
        : `${asked.url} does not accept the key.`,
      'Name the environment variable that holds the key, or enter it for this run.',
      detail,
    )
  }
  if (status === 404) {
    const isModel = said !== undefined && /model/i.test(said)
    return failed(
      asked,
      isModel
        ? `${asked.url} does not know the model "${asked.model}".`
        : `There is nothing at ${asked.url}/embeddings.`,
      isModel ? 'Check its name; Ollama needs it pulled first.' : 'The address usually ends in /v1.',
      detail,
    )
  }
  if (status === 429) {
    return failed(asked, `${asked.url} is asked too often.`, 'Wait a while, then try again.', detail)
  }
  if (status >= 500) {
    return failed(asked, `${asked.url} failed (${status}).`, 'Look at the log of that server.', detail)
  }
  return failed(
    asked,
    `${asked.url} refused the request (${status})${said === undefined ? '' : `: ${said}`}.`,
    'Check the model and the length of the text.',
    detail,
  )
}

/** Why no answer came at all. */
export function connectionFailure(asked: Asked, error: unknown): AppError {
  const code = codeOf(error)
  const sentences: Readonly<Record<string, readonly [string, string]>> = {
    ECONNREFUSED: [`Nothing answers at ${asked.url}.`, 'Start the server, such as with `ollama serve`.'],
    ENOTFOUND: [`There is no machine named as in ${asked.url}.`, 'Check the address and the network.'],
    EAI_AGAIN: [`The name in ${asked.url} could not be looked up.`, 'Check the network.'],
  }
  const [message, hint] = sentences[code ?? ''] ?? [
    `The connection to ${asked.url} failed.`,
    'Check the address and the network, then try again.',
  ]
  return failed(asked, message, hint, code === undefined ? {} : { reason: code }, error)
}

/** The first cause with a code: `fetch` wraps it, and for hosts with several addresses wraps it twice. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  return codeOf(inner)
}

/** The server's own words: `{error: {message}}`, `{error}` or `{message}`; without the key, should it repeat it. */
function saidBy(body: string, key: string | undefined): string | undefined {
  const text = messageIn(body) ?? body
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const safe = key === undefined ? line : line.replaceAll(key, '(key)')
  return safe === '' ? undefined : safe.slice(0, TEXT_MAX)
}

function messageIn(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null) return undefined
    const error: unknown = 'error' in parsed ? parsed.error : parsed
    if (typeof error === 'string') return error
    const hasMessage = typeof error === 'object' && error !== null && 'message' in error
    return hasMessage && typeof error.message === 'string' ? error.message : undefined
  } catch {
    return undefined
  }
}
