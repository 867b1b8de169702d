import { describe, expect, it } from 'vitest'
import type { ColumnEmbedder, EmbedderInfo } from '#shared/model/embedder.ts'
import { chooseEmbedder } from './embedder-choice.ts'
import { endpointProblem, EMPTY_ENDPOINT, isLocalAddress, PRESETS, toEndpoint } from './endpoint.ts'

const builtIn: EmbedderInfo = {
  id: 'built-in',
  title: 'Built-in',
  kind: 'built-in',
  provider: 'tiltyard',
  model: 'lexical',
  dimension: 4,
  isRemote: false,
}
const mine: EmbedderInfo = { ...builtIn, id: 'mine', title: 'Mine', kind: 'http', provider: 'ollama', model: 'nomic', dimension: null } // prettier-ignore
const embedders = [builtIn, mine]
const column = (name: string, dimension: number, rest: Partial<ColumnEmbedder> = {}): ColumnEmbedder => ({
  column: name,
  dimension,
  ...rest,
})
const byMine = { recorded: { provider: 'ollama', model: 'nomic', by: 'lancedb' }, embedder: 'mine' } as const
const choose = (columns: readonly ColumnEmbedder[], draft: { column?: string; embedder?: string } = {}) => {
  const { embedder, column: chosen, note } = chooseEmbedder({ column: '', embedder: '', ...draft }, embedders, columns)
  return [embedder?.id, chosen?.column, note?.kind, note?.text]
}

describe('the embedder of a search', () => {
  it('is the one the column remembers, else the built-in one', () => {
    expect(choose([column('v', 8, byMine)])).toEqual([
      'mine',
      'v',
      'fits',
      '“v” was made with it, as LanceDB recorded.',
    ])
    expect(choose([column('v', 4)])).toEqual(['built-in', 'v', 'unknown', 'Nothing says which embedder made “v”.'])
    expect(choose([])).toEqual(['built-in', undefined, undefined, undefined])
    expect(chooseEmbedder({ column: '', embedder: '' }, [], []).embedder).toBeUndefined()
  })

  it('says which of several columns is meant', () => {
    const columns = [column('a', 4), column('b', 8, byMine)]
    expect(choose(columns).slice(0, 2)).toEqual(['mine', 'b'])
    expect(choose(columns, { embedder: 'built-in' }).slice(0, 3)).toEqual(['built-in', 'a', 'unknown'])
    expect(choose([column('a', 4), column('b', 4)]).slice(0, 2)).toEqual(['built-in', undefined])
    expect(choose(columns, { column: 'gone' }).slice(0, 2)).toEqual(['built-in', undefined])
  })

  it('that does not fit is pointed out', () => {
    expect(choose([column('v', 8)], { embedder: 'built-in' })[3]).toBe(
      '“Built-in” makes 4 numbers of a text, and a vector of “v” has 8: they cannot be compared.',
    )
    expect(choose([column('v', 4, byMine)], { embedder: 'built-in' })[3]).toBe(
      '“v” was made by nomic of ollama. Distances to vectors of another model mean little.',
    )
    const foreign = { recorded: { provider: 'openai', model: 'ada', by: 'tiltyard' } } as const
    expect(choose([column('v', 4, foreign)])[3]).toBe(
      '“v” was made by ada of openai, which is not set up here. Distances to vectors of another model mean little.',
    )
    const elsewhere = { recorded: { ...byMine.recorded, provider: 'huggingface' } } as const
    expect(choose([column('v', 4, elsewhere)], { embedder: 'mine' })[3]).toContain('here it is run by ollama')
  })
})

describe('an endpoint as typed', () => {
  it('says what is missing', () => {
    expect(endpointProblem(EMPTY_ENDPOINT)).toBe('Give it a name.')
    expect(PRESETS.map(endpointProblem)).toEqual([null, null])
    expect(endpointProblem({ ...PRESETS[0]!, url: 'localhost' })).toContain('http://')
    expect(endpointProblem({ ...PRESETS[0]!, apiKeyVariable: 'my key' })).toContain('letters')
  })

  it('gets an id nobody has', () => {
    const form = { ...PRESETS[0]!, title: ' Größe & Co ' }
    expect(toEndpoint(form, []).id).toMatch(/^[a-z0-9][a-z0-9._-]*$/)
    expect(toEndpoint(PRESETS[0]!, ['ollama', 'ollama-2']).id).toBe('ollama-3')
    expect(toEndpoint(PRESETS[0]!, [])).toEqual({
      id: 'ollama',
      title: 'Ollama',
      url: 'http://127.0.0.1:11434/v1',
      model: 'nomic-embed-text',
    })
  })

  it('is local only when it can be no other machine', () => {
    expect(['http://127.0.0.1:1', 'http://[::1]/v1', ' http://localhost '].map(isLocalAddress)).toEqual([true, true, true]) // prettier-ignore
    expect(['http://127.evil.org', 'https://api.openai.com', 'x'].map(isLocalAddress)).toEqual([false, false, false])
  })
})
