import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { columnLines, sentenceOf, toOwnNames } from './evidence.ts'

const main = { dataDir: '/home/a/app data', location: '/sets/things.lance', lineFolder: '' }

describe('names of files in evidence', () => {
  it.each([
    ['home/a/app data/links/2093-a7b/d-2093-b505.lance/data/1.lance', 'data/1.lance'],
    ['/home/a/app data/links/2093-a7b/d-2093-b505.lance/_indices/u/page.lance', '_indices/u/page.lance'],
    ['file:///home/a/app%20data/links/2093-a7b/d-2093-b505.lance/data/1.lance', 'data/1.lance'],
    ['/home/a/app data/doctor/shadows/2093-a7b/_versions/1.manifest', '_versions/1.manifest'],
    [`${tmpdir()}/tiltyard-links-xY/12-3/d-ab.lance/data/1.lance`, 'data/1.lance'],
    ['/sets/things.lance/data/1.lance', 'data/1.lance'],
    ['sets/things.lance/data/1.lance', 'data/1.lance'],
    ['/sets/things.lance.old/data/1.lance', '/sets/things.lance.old/data/1.lance'],
  ])('%s is %s', (path, name) => {
    expect(toOwnNames(`Not found: ${path}, twice: ${path}`, main)).toBe(`Not found: ${name}, twice: ${name}`)
  })

  it('are below the folder of the branch they are of', () => {
    const side = { ...main, lineFolder: 'tree/side/a' }
    const text = 'Not found: home/a/app data/links/2-a/d-2.lance/data/1.lance'
    expect(toOwnNames(text, side)).toBe('Not found: tree/side/a/data/1.lance')
  })

  it('come without lines of the source', () => {
    const text = 'failed to fill whole buffer, /rustc/2d8144b78/library/core/src/ops/function.rs:250:5'
    expect(toOwnNames(text, main)).toBe('failed to fill whole buffer')
  })

  it('take paths with signs of patterns as they are', () => {
    const odd = { dataDir: '/a/(b+)[c]', location: 'C:\\sets\\x.lance', lineFolder: '' }
    expect(toOwnNames('at /a/(b+)[c]/links/1/d.lance/data/1.lance', odd)).toBe('at data/1.lance')
    expect(toOwnNames('at C:/sets/x.lance/data/1.lance', odd)).toBe('at data/1.lance')
  })
})

describe('what Lance said', () => {
  const error = (message: string, native?: string) =>
    ({ code: 'corrupt-data', message, ...(native === undefined ? {} : { detail: { native } }) }) as const

  it('is told only where the sentence leaves it out', () => {
    expect(sentenceOf(error('Damaged.', 'No footer'), main)).toBe('Damaged. (Lance: No footer)')
    expect(sentenceOf(error('Damaged: No footer', 'No footer'), main)).toBe('Damaged: No footer')
    const missing = error('The file data/1.lance is missing.', 'Not found: sets/things.lance/data/1.lance')
    expect(sentenceOf(missing, main)).toBe('The file data/1.lance is missing.')
    expect(sentenceOf(error('Damaged.'), main)).toBe('Damaged.')
  })
})

describe('lines about columns', () => {
  const names = (...all: string[]) => all.map((name) => ({ name, text: 'torn' }))

  it('are one where they say the same', () => {
    expect(columnLines('torn', names('a', 'b'), 2)).toEqual(['Every column: torn'])
    expect(columnLines('torn', names('a'), 8)).toEqual(['Column a: torn'])
    expect(columnLines('torn', names('a', 'b', 'c'), 8)).toEqual(['Columns a, b and c: torn'])
    expect(columnLines('torn', names('a', 'b', 'c', 'd'), 8)).toEqual(['Columns a, b, c and 1 more column: torn'])
    expect(columnLines('torn', names('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), 9)).toEqual([
      'Columns a, b, c and 5 more columns: torn',
    ])
  })

  it('keep apart what differs, and what only all together say', () => {
    const failures = [...names('a', 'b'), { name: 'c', text: 'gone' }]
    expect(columnLines('late', failures, 3)).toEqual([
      'All columns at once: late',
      'Columns a and b: torn',
      'Column c: gone',
    ])
    expect(columnLines('late', [], 3)).toEqual(['All columns at once: late'])
  })
})
