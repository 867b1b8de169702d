import { describe, expect, it } from 'vitest'
import type { EmbedForecast } from '#shared/contract/embed.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import { freeName, likelyText, nameForVectors } from './names.ts'
import { forecastFacts, leavesSentence, resultSentence } from './words.ts'

const builtIn: EmbedderInfo = {
  id: 'built-in',
  title: 'Built-in',
  kind: 'built-in',
  provider: 'tiltyard',
  model: 'm',
  dimension: 384,
  isRemote: false,
}
const remote: EmbedderInfo = { ...builtIn, id: 'far', kind: 'http', url: 'https://far.example/v1', isRemote: true }
const forecast: EmbedForecast = {
  rows: 100,
  rowsDone: 10,
  texts: 80,
  tokensAbout: 1600,
  requests: 2,
  isRemote: true,
  dimension: null,
  bytesWrittenAtMost: null,
  freeDiskBytes: null,
  resumes: false,
  notes: [],
}

describe('words', () => {
  it('say what would be done', () => {
    const facts = Object.fromEntries(forecastFacts(forecast, remote).map(({ label, value }) => [label, value]))
    expect(facts).toMatchObject({
      'Texts to embed': '80 of 100 rows',
      'Have a vector already': '10, which stay',
      'Without text': '10, whose vector stays null',
      'Numbers in a vector': 'asked when it starts',
    })
    expect(forecastFacts(forecast, builtIn).map(({ label }) => label)).not.toContain('Requests')
  })

  it('say where texts go', () => {
    expect(leavesSentence(forecast, 'text', builtIn)).toMatch(/^Nothing leaves/)
    expect(leavesSentence(forecast, 'text', remote)).toMatch(
      /^80 texts of “text” are sent to https:\/\/far\.example\/v1/,
    )
    expect(leavesSentence(forecast, 'text', { ...remote, isRemote: false })).toMatch(/^Nothing leaves/)
  })

  it('say what came of it', () => {
    const result = {
      column: 'vector',
      rowsEmbedded: 1,
      rowsEmpty: 2,
      rowsRefused: 0,
      rowsLeft: 0,
      requests: 3,
      retries: 1,
      versionBefore: 1,
      versionAfter: 5,
      elapsedMs: 1000,
    }
    expect(resultSentence(result)).toMatch(/^1 row embedded in .* · 2 without text · 3 requests, 1 of them repeated$/)
  })
})

it('names of new columns are free', () => {
  expect(nameForVectors('text', [{ name: 'text' }])).toBe('vector')
  expect(nameForVectors('text', [{ name: 'Vector' }])).toBe('text_vector')
  expect(freeName('a', [{ name: 'a' }, { name: 'A_2' }])).toBe('a_3')
})

it('proposes the column that says it is the text, else the first', () => {
  expect(likelyText(['title', 'Content', 'text'])).toBe('text')
  expect(likelyText(['title', 'Content'])).toBe('Content')
  expect(likelyText(['name', 'remark'])).toBe('name')
  expect(likelyText([])).toBeUndefined()
})
