import { describe, expect, it } from 'vitest'
import type { DoctorFinding } from '#shared/model/doctor.ts'
import { isInside, resultFacts, splitFindings, verdict } from './words.ts'

const finding = (status: DoctorFinding['status'], title: string): DoctorFinding => ({
  check: 'data-files',
  status,
  title,
  evidence: [],
  paths: [],
  files: 0,
  repairs: [],
})

describe('words of the doctor', () => {
  it('puts the worst first, keeps the order else, and what is well apart', () => {
    const { pressing, passed } = splitFindings([
      finding('pass', 'a'),
      finding('warn', 'b'),
      finding('fail', 'c'),
      finding('warn', 'd'),
      finding('fail', 'e'),
    ])
    expect(pressing.map(({ title }) => title)).toEqual(['c', 'e', 'b', 'd'])
    expect(passed.map(({ title }) => title)).toEqual(['a'])
  })

  it('sums up what was found', () => {
    expect(verdict([finding('pass', 'a')])).toBe('All well')
    expect(verdict([finding('fail', 'a'), finding('fail', 'b'), finding('warn', 'c')])).toBe('2 broken, 1 warning')
  })

  it('tells the figures a repair has, and no others', () => {
    expect(
      resultFacts({
        repair: 'copy-readable',
        title: '',
        version: 2,
        to: '/d/x.lance',
        rowsRecovered: 10,
        rowsLost: 0,
        lost: [],
      }),
    ).toEqual([
      ['Rows recovered', '10 rows'],
      ['Rows lost', '0 rows'],
      ['Copied version', 'v2'],
      ['New dataset', '/d/x.lance'],
    ])
    expect(
      resultFacts({ repair: 'set-aside-newest', title: '', version: 1, backup: '/b', files: 1, lost: [] }),
    ).toEqual([
      ['Newest version', 'v1'],
      ['Files', '1 file'],
      ['Backup', '/b'],
    ])
  })

  it('knows which files lie in the dataset', () => {
    expect(isInside('data/a.lance')).toBe(true)
    expect(isInside('/elsewhere/a.lance')).toBe(false)
    expect(isInside('C:\\a.lance')).toBe(false)
  })
})
