import { describe, expect, it } from 'vitest'
import type { RefusedRecord, StreamInfo } from '#shared/model/import/stream.ts'
import {
  type FollowedStream,
  goOnInput,
  isLive,
  MOST_REFUSED,
  othersOf,
  stateText,
  waysOn,
  withEvent,
} from './followed.ts'

const AT = '2026-01-01T00:00:00.000Z'
const input = {
  location: '/d.lance',
  file: { path: '/f.jsonl', from: 'start', follow: true },
  mismatch: 'stop',
} as const
const opening: FollowedStream = { key: 1, input, state: 'opening', refused: [] }
const info: StreamInfo = {
  id: 's',
  location: '/real/d.lance',
  startedAt: AT,
  counts: { total: 3, buffered: 1, persisted: 2, refused: 0 },
}

function refusal(line: number): RefusedRecord {
  return { line, reason: 'no', record: '{}' }
}

it('tells the streams of others from those of this window', () => {
  const mine: FollowedStream = { ...opening, state: 'open', info }
  const other = { ...info, id: 'o', location: '/other.lance' }
  expect(othersOf([info, other], [mine, opening])).toEqual([other])
  expect(othersOf([info, other], [], '/real/d.lance')).toEqual([info])
})

describe('withEvent', () => {
  it('follows a stream to its end', () => {
    const open = withEvent(opening, { kind: 'opened', stream: info, columns: null }, AT)
    expect(open).toMatchObject({ state: 'open', info: { id: 's' } })
    const flushed = withEvent(open, { kind: 'flushed', stream: info, rows: 2, version: 4 }, AT)
    expect(flushed.lastCommit).toEqual({ rows: 2, version: 4, at: AT })
    expect(withEvent(flushed, { kind: 'counts', stream: info }, AT).lastCommit).toEqual(flushed.lastCommit)
    const closed = withEvent(flushed, { kind: 'closed', stream: info }, AT)
    expect([isLive(flushed), isLive(closed)]).toEqual([true, false])
  })

  it('keeps a stream that is being stopped as that', () => {
    const closing: FollowedStream = { ...opening, state: 'closing' }
    expect(withEvent(closing, { kind: 'counts', stream: info }, AT).state).toBe('closing')
    expect(withEvent(closing, { kind: 'opened', stream: info, columns: null }, AT).state).toBe('closing')
  })

  it('keeps the newest refused records, so many', () => {
    const many = Array.from({ length: MOST_REFUSED }, (_, at) => refusal(at + 1))
    const once = withEvent(opening, { kind: 'refused', stream: info, records: many }, AT)
    const twice = withEvent(once, { kind: 'refused', stream: info, records: [refusal(500)] }, AT)
    expect(twice.refused).toHaveLength(MOST_REFUSED)
    expect(twice.refused.slice(0, 2).map(({ line }) => line)).toEqual([500, MOST_REFUSED])
  })
})

describe('ways on', () => {
  it('goes on behind the last commit where that repeats nothing', () => {
    for (const code of [undefined, 'disk-full', 'engine-died', 'disconnected', 'not-found'] as const)
      expect(waysOn(code).map(({ from }) => from)).toEqual(['resume'])
  })

  it('does not go on behind a place the file no longer has, or that cannot be told', () => {
    expect(waysOn('unreadable-source').map(({ from }) => from)).toEqual(['start', 'end'])
    expect(waysOn('commit-conflict').map(({ from }) => from)).toEqual(['end'])
    expect(waysOn('read-only')).toEqual([])
  })

  it('goes on as before but for what was chosen', () => {
    const failed: FollowedStream = { ...opening, state: 'failed', info }
    const [refusing] = waysOn('schema-mismatch')
    expect(goOnInput(failed, refusing!)).toEqual({
      location: '/real/d.lance',
      file: { path: '/f.jsonl', from: 'resume', follow: true },
      mismatch: 'refuse',
    })
  })
})

it('says how a stream stands', () => {
  expect(stateText({ ...opening, state: 'open' })).toBe('Following')
  expect(stateText({ ...opening, state: 'failed' })).toBe('Not opened')
  expect(stateText({ ...opening, state: 'failed', info })).toBe('Failed')
})
