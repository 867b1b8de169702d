import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fragment } from '../fragment.fixture.ts'
import { toColourScale } from './colours.ts'

const counts = (scale: ReturnType<typeof toColourScale>) =>
  scale.classes.map(({ label, count }) => [label, count] as const)

describe('toColourScale', () => {
  it('splits by deleted share, 10% being what compaction still leaves alone', () => {
    const shares = [0, 1, 10, 11, 60, 61]
    const scale = toColourScale(
      shares.map((deletedRows, id) => fragment(id, { deletedRows })),
      'deleted',
      0,
    )
    expect([...scale.classOf]).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('splits by size at LanceDB’s bounds', () => {
    const rows = [999, 1000, 99_999, 100_000, 1_048_575, 1_048_576, 2_097_152]
    const scale = toColourScale(
      rows.map((physicalRows, id) => fragment(id, { physicalRows })),
      'size',
      0,
    )
    expect([...scale.classOf]).toEqual([0, 1, 2, 3, 3, 4, 5])
  })

  it('takes the order of ids for age, however far apart they are', () => {
    const ids = [0, 5, 6, 100, 101, 4000, 4001, 4002, 4003, 4004, 4005, 9_000_000]
    const scale = toColourScale(
      ids.map((id) => fragment(id)),
      'age',
      0,
    )
    expect([...scale.classOf]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    expect(scale.classes[0]).toMatchObject({ label: 'ids 0 – 5 (oldest)', count: 2 })
    expect(scale.classes[5]).toMatchObject({ label: 'ids 4,005 – 9,000,000 (newest)' })
    expect([...toColourScale([fragment(3)], 'age', 0).classOf]).toEqual([0])
  })

  it('names file versions, old before new', () => {
    const file = (formatVersion: string) => ({ path: formatVersion, bytes: 1, formatVersion, columns: [] })
    const list = [[file('2.10')], [file('2.2')], [file('2.2'), file('2.1')], []].map((files, id) =>
      fragment(id, { files }),
    )
    expect(counts(toColourScale(list, 'format', 0))).toEqual([
      ['2.2', 1],
      ['2.10', 1],
      ['no files', 1],
      ['several in one fragment', 1],
    ])
  })

  it('counts indices and tells one index apart', () => {
    const list = [[], ['a'], ['a', 'b'], ['b']].map((indices, id) => fragment(id, { indices }))
    expect(counts(toColourScale(list, 'coverage', 2))).toEqual([
      ['no index', 1],
      ['1 of 2', 2],
      ['all (2 indices)', 1],
    ])
    expect([...toColourScale(list, 'index:a', 2).classOf]).toEqual([1, 0, 0, 1])
    expect(counts(toColourScale(list, 'coverage', 0))).toEqual([['no index exists', 4]])
  })
})

/** Relative luminance (WCAG) of `#rrggbb`. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

describe('ramps', () => {
  const css = readFileSync(new URL('../../../ui/tokens.css', import.meta.url), 'utf8')
  it.each(['light', 'dark'])('grow in lightness alone, away from the background (%s)', (theme) => {
    const block = css.slice(css.indexOf(`[data-theme='${theme}']`)).split('}')[0]!
    for (const ramp of ['warm', 'cool']) {
      const steps = Array.from({ length: 6 }, (_, step) =>
        luminance(new RegExp(`--${ramp}-${step}: (#[0-9a-f]{6})`).exec(block)![1]!),
      )
      for (let step = 1; step < 6; step++) {
        const [near, far] = [steps[step - 1]! + 0.05, steps[step]! + 0.05]
        // Neighbours differ by a quarter in contrast at least.
        expect(theme === 'dark' ? far / near : near / far).toBeGreaterThan(1.25)
      }
    }
  })
})
