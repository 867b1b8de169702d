import { describe, expect, it } from 'vitest'
import { cpuMs } from '#shared/cpu-ms.fixture.ts'
import { storageFile } from '../storage.fixture.ts'
import { buildTree, flattenTree, foldersOf } from './file-tree.ts'
import { moveForKey } from './tree-keys.ts'

const files = [
  storageFile('readme.txt', 5, { class: 'unknown', kind: 'unknown' }),
  storageFile('data/a.lance', 100),
  storageFile('data/b.lance', 300, { class: 'old-versions' }),
  storageFile('data/b/1000.blob', 50, { class: 'blob-sidecars', kind: 'blob' }),
  storageFile('tree/feat/x/data/c.lance', 7, { class: 'branch', keeper: 'feat/x' }),
]
const root = buildTree(files, 't.lance')
const lines = (isOpen: (path: string) => boolean, sort: 'bytes' | 'name') =>
  flattenTree(root, isOpen, sort).map(({ node, level }) => `${level} ${node.path} ${node.bytes}`)

describe('buildTree', () => {
  it('adds up bytes, files and groups of everything below', () => {
    expect(root).toMatchObject({ name: 't.lance', path: '', bytes: 462, files: 5 })
    expect(root.byGroup).toEqual({ live: 150, kept: 7, past: 300, stray: 5 })
    const data = root.children.find((child) => child.path === 'data')
    expect(data).toMatchObject({ bytes: 450, files: 3, byGroup: { live: 150, past: 300, kept: 0, stray: 0 } })
  })

  it('keeps folders of nested branches apart', () => {
    expect(lines((path) => path === '' || path.startsWith('tree'), 'name').slice(2)).toEqual([
      '2 tree 7',
      '3 tree/feat 7',
      '4 tree/feat/x 7',
      '5 tree/feat/x/data 7',
      '6 tree/feat/x/data/c.lance 7',
      '2 readme.txt 5',
    ])
  })

  it('takes 50,000 files of one folder and sorts them quickly', () => {
    const many = Array.from({ length: 50_000 }, (_, n) => storageFile(`data/${(n * 7919) % 50_000}.lance`, n % 977))
    const flatten = () => flattenTree(buildTree(many, 'big'), () => true, 'bytes')
    expect(cpuMs(flatten)).toBeLessThan(1500)
    const rows = flatten()
    expect(rows).toHaveLength(50_002)
    expect(rows[2]?.node.bytes).toBe(976)
  })
})

describe('flattenTree', () => {
  it('shows what lies in open folders only, largest first', () => {
    expect(lines((path) => path === '', 'bytes')).toEqual(['1  462', '2 data 450', '2 tree 7', '2 readme.txt 5'])
    expect(lines((path) => path === '' || path === 'data', 'bytes').slice(1, 5)).toEqual([
      '2 data 450',
      '3 data/b.lance 300',
      '3 data/a.lance 100',
      '3 data/b 50',
    ])
  })

  it('lists folders before files by name, and counts siblings', () => {
    const rows = flattenTree(root, (path) => path === '' || path === 'data', 'name')
    expect(rows.map(({ node, position, siblings }) => `${node.name} ${position}/${siblings}`)).toEqual([
      't.lance 1/1',
      'data 1/3',
      'b 1/3',
      'a.lance 2/3',
      'b.lance 3/3',
      'tree 2/3',
      'readme.txt 3/3',
    ])
  })
})

it('knows the folders of a path', () => {
  expect(foldersOf('tree/exp/data/a.lance')).toEqual(['', 'tree', 'tree/exp', 'tree/exp/data'])
  expect(foldersOf('readme.txt')).toEqual([''])
})

describe('moveForKey', () => {
  const rows = flattenTree(root, (path) => path === '' || path === 'data', 'name')
  it('moves and unfolds as trees do', () => {
    expect(moveForKey('ArrowDown', rows, 0, 10)).toEqual({ kind: 'move', index: 1 })
    expect(moveForKey('ArrowRight', rows, 2, 10)).toEqual({ kind: 'fold', path: 'data/b', open: true })
    expect(moveForKey('ArrowRight', rows, 1, 10)).toEqual({ kind: 'move', index: 2 })
    expect(moveForKey('ArrowLeft', rows, 4, 10)).toEqual({ kind: 'move', index: 1 })
    expect(moveForKey('ArrowLeft', rows, 1, 10)).toEqual({ kind: 'fold', path: 'data', open: false })
    expect(moveForKey('End', rows, 1, 10)).toEqual({ kind: 'move', index: 6 })
    expect(moveForKey('PageDown', rows, 3, 10)).toEqual({ kind: 'move', index: 6 })
    expect(moveForKey('Enter', rows, 3, 10)).toEqual({ kind: 'move', index: 3 })
    expect(moveForKey('x', rows, 3, 10)).toBeUndefined()
  })
})
