import { describe, expect, it } from 'vitest'
import { commonPrefix } from './common-prefix.ts'
import { field, fragment, manifestFile, message } from './encode.fixture.ts'
import { createSummarizer, summarizeManifest } from './summary.ts'

const schema = ['id', 'text'].map((name, id) => field(id, name, 'int64'))

function manifest(version: number, fragments: readonly Uint8Array[]): Uint8Array {
  return manifestFile({
    version,
    fields: [
      [1, schema],
      [2, fragments],
    ],
    operation: [100, message([1, fragment(version, 10)])],
  })
}

/** Appends, deletions early and late, a compaction of the first half, an overwrite and an empty version. */
function history(): readonly Uint8Array[] {
  const files: Uint8Array[] = []
  let fragments: Uint8Array[] = []
  const commit = (): void => void files.push(manifest(files.length + 1, fragments))
  for (let id = 0; id < 700; id++) {
    fragments = [...fragments, fragment(id, 10 + (id % 3))]
    if (id % 50 === 0) commit()
    if (id === 300) fragments = fragments.map((it, index) => (index === 5 ? fragment(5, 12, { deleted: 4 }) : it))
    if (id === 400) fragments = fragments.map((it, index) => (index === 390 ? fragment(390, 10, { deleted: 1 }) : it))
    if (id === 500) fragments = [fragment(9000, 2000), ...fragments.slice(250)]
    if (id > 690) commit()
  }
  fragments = []
  commit()
  fragments = [fragment(9001, 5)]
  commit()
  return files
}

describe('createSummarizer', () => {
  const files = history()
  const alone = files.map(summarizeManifest)

  it.each([
    ['newest first', [...files.keys()].toReversed()],
    ['oldest first', [...files.keys()]],
    ['in leaps', [...files.keys()].map((index) => (index * 7) % files.length)],
    ['again and again', [3, 3, 20, 20, 3]],
  ])('tells the same as reading each manifest by itself, %s', (_, order) => {
    const summarize = createSummarizer()
    for (const index of order) expect(summarize(files[index]!)).toEqual(alone[index])
  })

  it('goes on after a damaged manifest', () => {
    const summarize = createSummarizer()
    expect(summarize(files[10]!)).toEqual(alone[10])
    expect(() => summarize(files[9]!.subarray(0, 900))).toThrow(expect.objectContaining({ code: 'corrupt-manifest' }))
    expect(summarize(files[9]!)).toEqual(alone[9])
  })
})

it('commonPrefix never says more than is equal, and misses less than half a kilobyte', () => {
  const a = new Uint8Array(200_000).map((_, index) => index % 251)
  for (const differsAt of [0, 1, 511, 512, 65_535, 65_536, 131_072, 199_999]) {
    const b = a.slice()
    b[differsAt] = 255
    const shared = commonPrefix(a, b)
    expect(shared).toBeLessThanOrEqual(differsAt)
    expect(shared).toBeGreaterThan(differsAt - 512)
  }
  expect(commonPrefix(a, a.subarray(0, 1000))).toBe(512)
  expect(commonPrefix(a, new Uint8Array(0))).toBe(0)
})
