import { describe, expect, it } from 'vitest'
import type { VersionStorage } from '#shared/model/storage.ts'
import {
  cutoffAt,
  cutoffAtStep,
  cutoffOf,
  firstCutoff,
  keptSentence,
  positionOf,
  sliderVersions,
  TIME_STEPS,
  timeStepOf,
} from './cutoff.ts'

function entry(version: number, timestamp: string, branch?: string): VersionStorage {
  return {
    version,
    timestamp,
    exclusiveBytes: 0,
    exclusiveFiles: 0,
    manifestBytes: 0,
    tags: [],
    ...(branch === undefined ? {} : { branch }),
  }
}

const at = (text: string): number => Date.parse(text)
const versions = sliderVersions(
  [
    entry(12, '2026-03-10T00:00:00.500900Z'),
    entry(9, '2026-03-04T00:00:00Z'),
    entry(8, '2026-03-02T00:00:00Z'),
    entry(5, '2026-03-01T00:00:00Z'),
    entry(6, '2026-03-01T12:00:00Z', 'exp'),
    entry(7, 'no time'),
  ],
  undefined,
)

it('takes the versions of one branch that have a time, oldest first', () => {
  expect(versions.map(({ version }) => version)).toEqual([5, 8, 9, 12])
  expect(sliderVersions([entry(6, '2026-03-01T12:00:00Z', 'exp')], 'exp')).toHaveLength(1)
})

describe('by version', () => {
  it('goes from every version to the newest only, and back', () => {
    for (let position = 0; position < versions.length; position++) {
      expect(positionOf(versions, cutoffAt(versions, position)!)).toBe(position)
    }
    expect(positionOf(versions, at('2026-03-03T00:00:00Z'))).toBe(2)
    expect(cutoffAt(versions, 4)).toBeUndefined()
  })

  it('stays clear of the version kept, as far as the one before it allows', () => {
    expect(cutoffAt(versions, 2)).toBe(at('2026-03-03T23:59:59Z'))
    expect(cutoffAt(versions, 0)).toBe(at('2026-02-28T23:59:59Z'))
    const close = sliderVersions(
      [entry(1, '2026-03-01T00:00:00.100Z'), entry(2, '2026-03-01T00:00:00.111Z')],
      undefined,
    )
    expect(cutoffAt(close, 1)).toBe(at('2026-03-01T00:00:00.106Z'))
    expect(cutoffOf(close, 2)).toBe(cutoffAt(close, 1))
    expect(cutoffOf(close, 9)).toBeUndefined()
  })

  it('never gives up the newest version', () => {
    expect(positionOf(versions, at('2030-01-01T00:00:00Z'))).toBe(3)
    expect(positionOf([], 0)).toBe(0)
  })

  it('keeps versions of the same millisecond together, as LanceDB does', () => {
    const twins = sliderVersions(
      [entry(1, '2026-03-01T00:00:00.123001Z'), entry(2, '2026-03-01T00:00:00.123900Z')],
      undefined,
    )
    expect(positionOf(twins, cutoffAt(twins, 1)!)).toBe(0)
  })
})

describe('by time', () => {
  it('reaches the oldest and the newest exactly', () => {
    expect(cutoffAtStep(versions, 0)).toBe(at('2026-03-01T00:00:00Z'))
    expect(cutoffAtStep(versions, TIME_STEPS)).toBe(at('2026-03-10T00:00:00.500Z'))
    expect(timeStepOf(versions, at('2026-03-05T12:00:00.250Z'))).toBe(500)
    expect(timeStepOf(versions, 0)).toBe(0)
    expect(timeStepOf(versions, at('2030-01-01T00:00:00Z'))).toBe(TIME_STEPS)
  })

  it('does not divide by nothing when there is one version or none', () => {
    expect(timeStepOf(versions.slice(0, 1), 5)).toBe(TIME_STEPS)
    expect(cutoffAtStep([], 500)).toBe(0)
  })
})

it('starts at seven days where that removes something, else at the newest', () => {
  expect(firstCutoff(versions, at('2026-03-10T00:00:00Z'))).toBe(at('2026-03-03T00:00:00Z'))
  expect(firstCutoff(versions, at('2026-03-05T00:00:00Z'))).toBe(cutoffAt(versions, 3))
})

it('says what is kept', () => {
  expect(keptSentence(versions, 0)).toBe('Keep every version')
  expect(keptSentence(versions, at('2026-03-03T00:00:00Z'))).toBe('Keep version 9 and newer')
  expect(keptSentence(versions, at('2030-01-01T00:00:00Z'))).toBe('Keep only version 12, the newest')
  expect(keptSentence([], 0)).toBe('There are no versions.')
})
