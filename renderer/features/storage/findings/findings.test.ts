import { expect, it } from 'vitest'
import { FINDING_KINDS, type Finding } from '#shared/model/storage.ts'
import { CHECKED, countPressing, fileOf, sortFindings } from './findings.ts'

function finding(kind: Finding['kind'], severity: Finding['severity'], bytes?: number): Finding {
  return {
    kind,
    severity,
    title: kind,
    evidence: [],
    remedy: '',
    action: null,
    ...(bytes === undefined ? {} : { bytes }),
  }
}

const findings = [
  finding('oversize-fragments', 'note', 999),
  finding('never-cleaned', 'warning', 10),
  finding('abandoned-files', 'warning', 500),
  finding('missing-files', 'problem'),
]

it('puts the worst first, then what frees most', () => {
  expect(sortFindings(findings).map(({ kind }) => kind)).toEqual([
    'missing-files',
    'abandoned-files',
    'never-cleaned',
    'oversize-fragments',
  ])
})

it('counts what presses, notes left out', () => {
  expect(countPressing(findings)).toEqual({ count: 3, hasProblem: true, sentence: '1 problem, 2 warnings' })
  expect(countPressing(findings.slice(0, 1))).toEqual({ count: 0, hasProblem: false, sentence: '' })
})

it('names every check once', () => {
  expect(new Set(CHECKED).size).toBe(FINDING_KINDS.length)
})

it('finds the file a line of evidence begins with', () => {
  const abandoned = {
    ...finding('abandoned-files', 'note'),
    paths: ['data/a.lance', 'data/a.lance.old', '/far/b.lance'],
  }
  const lines = [
    'data/a.lance, 3 bytes',
    'data/a.lance.old',
    'data/a.lance.old has 3 bytes.',
    '/far/b.lance',
    'and 3 more',
  ]
  expect(lines.map((line) => fileOf(line, abandoned))).toEqual([
    'data/a.lance',
    'data/a.lance.old',
    'data/a.lance.old',
    undefined,
    undefined,
  ])
})
