import { describe, expect, it } from 'vitest'
import { createFollowDraft, nameForFile, toStreamInput } from './follow-draft.ts'

const draft = { ...createFollowDraft(undefined, '/data'), file: ' /logs/events.jsonl ', name: 'events' }

describe('toStreamInput', () => {
  it('makes a stream into a new dataset', () => {
    expect(toStreamInput(draft)).toEqual({
      kind: 'ready',
      input: {
        location: '/data/events.lance',
        file: { path: '/logs/events.jsonl', from: 'resume', follow: true },
        flushRows: 1000,
        flushSeconds: 5,
        mismatch: 'refuse',
      },
    })
  })

  it('makes one into a dataset that is there', () => {
    const existing = { ...draft, target: 'existing', location: '/data/things.lance', flushSeconds: '0.5' } as const
    expect(toStreamInput(existing)).toMatchObject({ input: { location: '/data/things.lance', flushSeconds: 0.5 } })
  })

  it.each([
    ['file', { file: ' ' }],
    ['target', { folder: '' }],
    ['target', { name: '' }],
    ['target', { target: 'existing', location: '' }],
    ['flush', { flushRows: '0' }],
    ['flush', { flushRows: '1.5' }],
    ['flush', { flushRows: '100001' }],
    ['flush', { flushSeconds: '' }],
    ['flush', { flushSeconds: '0' }],
    ['flush', { flushSeconds: 'x' }],
  ] as const)('names %s as in the way of %j', (field, change) => {
    expect(toStreamInput({ ...draft, ...change })).toMatchObject({ kind: 'problem', field })
  })
})

it.each([
  ['/logs/events.jsonl', 'events'],
  ['C:\\logs\\a.b.ndjson', 'a.b'],
  ['plain', 'plain'],
  ['', ''],
])('names a dataset for %s', (file, name) => expect(nameForFile(file)).toBe(name))
