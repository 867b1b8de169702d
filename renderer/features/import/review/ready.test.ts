import { expect, it } from 'vitest'
import type { ImportPreview } from '#shared/model/import/preview.ts'
import { createDraft } from '../state/draft.ts'
import { type ReadyInput, whyNotReady } from './ready.ts'

const draft = createDraft({ paths: ['/p'], uploads: [] }, [], { folder: '/data', into: '/x.lance' })
const preview: ImportPreview = {
  items: [],
  leftOut: [],
  sample: null,
  sampleRows: 0,
  badRows: { count: 0, of: 0, examples: [], short: 0 },
  estimate: { rows: 1, rowsAreExact: true, bytes: 1, seconds: null },
  problems: [{ severity: 'warning', message: 'odd' }],
}
const spec = { kind: 'spec', spec: {} } as unknown as ReadyInput['result']
const why = (change: Partial<ReadyInput> = {}): string | undefined =>
  whyNotReady({ draft, result: spec, preview, isCurrent: true, hasFailed: false, included: 2, ...change })?.text

it('lets an import run that nothing is wrong with', () => {
  expect(why()).toBeUndefined()
})

it('says what is in the way', () => {
  expect(why({ included: 0 })).toBe('No file is chosen.')
  expect(why({ result: { kind: 'problems', problems: [{ field: 'target', message: 'A name is needed.' }] } })).toBe(
    'A name is needed.',
  )
  expect(why({ hasFailed: true })).toContain('cannot be imported')
  expect(why({ isCurrent: false })).toBe('')
  expect(why({ preview: { ...preview, problems: [{ severity: 'error', message: 'No.' }] } })).toBe('No.')
})

it('refuses columns that do not fit, unless everything is replaced', () => {
  const match = { target: 'v', targetType: 'vector[4]', source: 'v', sourceType: 'vector[8]' }
  const bad = { ...preview, matches: [{ ...match, state: 'conflict' as const }] }
  expect(why({ preview: bad })).toContain('“v”')
  expect(why({ preview: bad, draft: { ...draft, target: { ...draft.target, mode: 'overwrite' } } })).toBeUndefined()
  expect(why({ preview: { ...preview, matches: [{ ...match, state: 'cast' }] } })).toBeUndefined()
})

it('has nothing to do where an update finds nothing', () => {
  const updating = { ...draft, target: { ...draft.target, mode: 'update' as const } }
  const plan = { unchanged: 3, new: [], changed: [], gone: ['a'] }
  expect(why({ draft: updating, preview: { ...preview, update: plan } })).toContain('Nothing is new')
  const deleting = { ...updating, target: { ...updating.target, gone: 'delete' as const } }
  expect(why({ draft: deleting, preview: { ...preview, update: plan } })).toBeUndefined()
})
