import { expect, it } from 'vitest'
import { isPathList, parsePaths } from './path-list.ts'

it('takes paths as shells and file managers copy them', () => {
  const text = `
    /data/a b.pdf
    "/data/quoted.csv"
    'C:\\data\\x.csv'
    file:///data/%C3%BC.txt
    file:///C:/data/y.csv
    file://server/share/z.csv
    # a comment
    /data/a b.pdf
  `
  expect(parsePaths(text)).toEqual([
    '/data/a b.pdf',
    '/data/quoted.csv',
    'C:\\data\\x.csv',
    '/data/ü.txt',
    'C:/data/y.csv',
    '//server/share/z.csv',
  ])
})

it('tells paths from other text', () => {
  expect(isPathList('/a\n~/b\nC:\\c')).toBe(true)
  for (const text of ['', 'select 1', '/a\nand so on']) expect(isPathList(text)).toBe(false)
})
