import type { Input } from '#shared/contract/index.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'

/** An endpoint as it is typed in. */
export interface EndpointForm {
  readonly title: string
  readonly url: string
  readonly model: string
  readonly apiKeyVariable: string
  readonly apiKey: string
}

export const EMPTY_ENDPOINT: EndpointForm = { title: '', url: '', model: '', apiKeyVariable: '', apiKey: '' }

export const PRESETS: readonly EndpointForm[] = [
  { ...EMPTY_ENDPOINT, title: 'Ollama', url: 'http://127.0.0.1:11434/v1', model: 'nomic-embed-text' },
  {
    ...EMPTY_ENDPOINT,
    title: 'OpenAI',
    url: 'https://api.openai.com/v1',
    model: 'text-embedding-3-small',
    apiKeyVariable: 'OPENAI_API_KEY',
  },
]

/** What is missing, or null when the form can be saved. */
export function endpointProblem({ title, url, model, apiKeyVariable }: EndpointForm): string | null {
  if (title.trim() === '') return 'Give it a name.'
  if (!URL.canParse(url.trim()) || !/^https?:/.test(url.trim())) return 'The address begins with http:// or https://.'
  if (model.trim() === '') return 'Name the model it shall use.'
  if (apiKeyVariable !== '' && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(apiKeyVariable.trim())) {
    return 'An environment variable is named with letters, digits and underscores.'
  }
  return null
}

/** An endpoint to be changed; its key is not known here, and stays when none is typed. */
export function toForm({ title, url = '', model, apiKeyVariable = '' }: EmbedderInfo): EndpointForm {
  return { title, url, model, apiKeyVariable, apiKey: '' }
}

/** The form as the contract takes it; without an id, under one made of its name that no other has. */
export function toEndpoint(
  form: EndpointForm,
  taken: readonly string[],
  id = newId(form, taken),
): Input<'embedders.save'> {
  return {
    id,
    title: form.title.trim(),
    url: form.url.trim(),
    model: form.model.trim(),
    ...(form.apiKeyVariable.trim() === '' ? {} : { apiKeyVariable: form.apiKeyVariable.trim() }),
    ...(form.apiKey === '' ? {} : { apiKey: form.apiKey }),
  }
}

function newId(form: EndpointForm, taken: readonly string[]): string {
  const base =
    form.title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 56) || 'endpoint'
  const numbers = Array.from({ length: taken.length + 1 }, (_, index) => (index === 0 ? base : `${base}-${index + 1}`))
  return numbers.find((id) => !taken.includes(id)) ?? base
}

/** True when the address is this machine's own. */
export function isLocalAddress(url: string): boolean {
  if (!URL.canParse(url.trim())) return false
  const { hostname } = new URL(url.trim())
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname.endsWith('.localhost') ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  )
}
