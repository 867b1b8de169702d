import { describe, expect, it } from 'vitest'
import { parseJsonValue } from './json-value.ts'
import { CLOSED_TREE, treeLines, withToggled } from './model.ts'
import { nextTreeStep } from './tree-keys.ts'

const root = parseJsonValue('{"a":{"b":1},"c":2}')
const lines = root === undefined ? [] : treeLines(root, withToggled(CLOSED_TREE, '0', true))
const closed = root === undefined ? [] : treeLines(root, CLOSED_TREE)

describe('nextTreeStep', () => {
  it.each([
    ['ArrowDown', '0', '0.0'],
    ['ArrowUp', '1', '0.0'],
    ['End', '0', '1'],
    ['Home', '1', '0'],
    ['ArrowRight', '0', '0.0'],
    ['ArrowLeft', '0.0', '0'],
  ])('%s at %s moves to %s', (key, active, path) =>
    expect(nextTreeStep(key, active, lines)).toEqual({ kind: 'move', path }),
  )
  it('unfolds and folds', () => {
    expect(nextTreeStep('ArrowRight', '0', closed)).toMatchObject({ kind: 'activate', line: { path: '0' } })
    expect(nextTreeStep('ArrowLeft', '0', lines)).toMatchObject({ kind: 'activate', line: { path: '0' } })
    expect(nextTreeStep('Enter', '0', lines)).toMatchObject({ kind: 'activate' })
  })
  it('leaves other keys and dead ends alone', () => {
    expect(nextTreeStep('a', '0', lines)).toBeNull()
    expect(nextTreeStep('ArrowDown', '1', lines)).toBeNull()
    expect(nextTreeStep('Enter', '1', lines)).toBeNull()
    expect(nextTreeStep('ArrowDown', '0', [])).toBeNull()
  })
})
