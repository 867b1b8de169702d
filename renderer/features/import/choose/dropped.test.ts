import { expect, it } from 'vitest'
import { chosenFiles, walkDropped } from './dropped.ts'

const file = (name: string): File => new File(['x'], name)
const fileEntry = (fullPath: string, isReadable = true) =>
  ({
    isFile: true,
    isDirectory: false,
    name: fullPath.split('/').at(-1),
    fullPath,
    file: (take: (value: File) => void, fail: (error: Error) => void) =>
      isReadable ? take(file(fullPath)) : fail(new Error('gone')),
  }) as unknown as FileSystemEntry
const folder = (fullPath: string, batches: readonly (readonly FileSystemEntry[])[]) =>
  ({
    isFile: false,
    isDirectory: true,
    name: fullPath.split('/').at(-1),
    fullPath,
    createReader: () => {
      const left = [...batches]
      return { readEntries: (take: (value: readonly FileSystemEntry[]) => void) => take(left.shift() ?? []) }
    },
  }) as unknown as FileSystemEntry
const signal = new AbortController().signal

it('walks folders to the end, in order, without what file managers leave behind', async () => {
  const tree = folder('/docs', [
    [fileEntry('/docs/b.txt'), fileEntry('/docs/.DS_Store')],
    [folder('/docs/a', [[fileEntry('/docs/a/x.md'), fileEntry('/docs/a/y.md', false)]])],
  ])
  const found: number[] = []
  const { files, unreadable } = await walkDropped([tree, file('loose.csv')], { signal, onFound: (n) => found.push(n) })
  expect(files.map(({ path }) => path)).toEqual(['docs/a/x.md', 'docs/b.txt', 'loose.csv'])
  expect(unreadable).toEqual(['docs/a/y.md'])
  expect(found.at(-1)).toBe(3)
})

it('stops when it is cancelled', async () => {
  const controller = new AbortController()
  controller.abort()
  await expect(walkDropped([file('a')], { signal: controller.signal })).rejects.toThrow()
})

it('tells files of one name apart', () => {
  const { files } = chosenFiles([file('a.txt'), file('A.txt'), file('a.txt'), file('b'), file('b'), file('Thumbs.db')])
  expect(files.map(({ path }) => path)).toEqual(['a.txt', 'A (2).txt', 'a (3).txt', 'b', 'b (2)'])
})
