import { AppError } from '#shared/errors.ts'
import type { SettingsFile } from '../settings/index.ts'

/** An endpoint as it is kept; its key never is. */
export interface Endpoint {
  readonly id: string
  readonly title: string
  /** As {@link normalizeUrl} makes it. */
  readonly url: string
  readonly model: string
  readonly apiKeyVariable?: string
  /** Length of its vectors when it was last asked. */
  readonly dimension?: number
}

const SETTING = 'embedders'
const ENDPOINTS_MAX = 50

/** Endpoints kept with the settings of the app, and keys given for this run. */
export interface Endpoints {
  list(): Promise<readonly Endpoint[]>
  /** Takes the place of one of the same id. `key` undefined leaves the one given before, unless the address changed. */
  save(endpoint: Endpoint, key: string | undefined): Promise<void>
  /** False when there was none. */
  remove(id: string): Promise<boolean>
  rememberDimension(id: string, url: string, model: string, dimension: number): Promise<void>
  /** Given for this run, else of the environment. */
  keyOf(endpoint: Endpoint): string | undefined
}

export function openEndpoints(settings: SettingsFile, environment: NodeJS.ProcessEnv): Endpoints {
  const keys = new Map<string, string>()
  const list = async (): Promise<readonly Endpoint[]> => parseEndpoints(await settings.get(SETTING))
  let last: Promise<unknown> = Promise.resolve()
  const change = <Result>(work: (before: readonly Endpoint[]) => Promise<Result>): Promise<Result> => {
    const turn = last.then(async () => work(await list()))
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    list,
    save: (endpoint, key) =>
      change(async (before) => {
        const old = before.find(({ id }) => id === endpoint.id)
        if (old === undefined && before.length >= ENDPOINTS_MAX) throw tooMany()
        const isSame = old?.url === endpoint.url && old.model === endpoint.model
        const kept = isSame && old.dimension !== undefined ? { ...endpoint, dimension: old.dimension } : endpoint
        const place = old === undefined ? before.length : before.indexOf(old)
        await settings.set(SETTING, before.toSpliced(place, 1, kept))
        if (key !== undefined) keys.set(endpoint.id, key)
        // A key is for the server it was given for.
        else if (old?.url !== endpoint.url) keys.delete(endpoint.id)
      }),
    remove: (id) =>
      change(async (before) => {
        const rest = before.filter((endpoint) => endpoint.id !== id)
        keys.delete(id)
        if (rest.length === before.length) return false
        await settings.set(SETTING, rest)
        return true
      }),
    rememberDimension: (id, url, model, dimension) =>
      change(async (before) => {
        const changed = before.map((one) =>
          one.id === id && one.url === url && one.model === model ? { ...one, dimension } : one,
        )
        if (JSON.stringify(changed) !== JSON.stringify(before)) await settings.set(SETTING, changed)
      }),
    keyOf: ({ id, apiKeyVariable }) => {
      const key = keys.get(id) ?? (apiKeyVariable === undefined ? undefined : environment[apiKeyVariable])
      return key === undefined || key.trim() === '' ? undefined : key.trim()
    },
  }
}

/** The address without a slash at the end. `invalid-input` for one that is not plain http(s), or holds a secret. */
export function normalizeUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw invalidUrl('The address does not begin with http:// or https://.', 'Such as http://127.0.0.1:11434/v1.')
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalidUrl(
      'The address holds a password, a question mark or a "#"; it would be kept on disk as it is.',
      'Leave them out; give the key by its environment variable.',
    )
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/embeddings$/, '')
}

/** True unless the address can only be this machine. */
export function isRemoteUrl(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  const isLoopback =
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
  return !isLoopback
}

/** What LanceDB calls the maker of a model, where the address tells. */
export function providerOf(url: string): string {
  const { hostname, port } = new URL(url)
  if (hostname === 'api.openai.com') return 'openai'
  return port === '11434' ? 'ollama' : 'openai-compatible'
}

/** Reads the setting; what is no endpoint is left out. */
function parseEndpoints(saved: unknown): readonly Endpoint[] {
  return Array.isArray(saved) ? saved.flatMap((entry: unknown) => toEndpoint(entry) ?? []) : []
}

function toEndpoint(entry: unknown): Endpoint | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined
  const { id, title, url, model, apiKeyVariable, dimension } = entry as Readonly<Record<string, unknown>>
  if (typeof id !== 'string' || typeof title !== 'string' || typeof url !== 'string' || typeof model !== 'string') {
    return undefined
  }
  if (!URL.canParse(url) || !/^https?:/.test(url)) return undefined
  return {
    id,
    title,
    url,
    model,
    ...(typeof apiKeyVariable === 'string' ? { apiKeyVariable } : {}),
    ...(typeof dimension === 'number' && Number.isInteger(dimension) && dimension > 0 ? { dimension } : {}),
  }
}

function invalidUrl(message: string, hint: string): AppError {
  return new AppError({ code: 'invalid-input', message, hint })
}

function tooMany(): AppError {
  return new AppError({
    code: 'too-large',
    message: `There are ${ENDPOINTS_MAX} endpoints already.`,
    hint: 'Remove one that is not used.',
  })
}
