import { expect, it } from 'vitest'
import { FINDING_KINDS, type Finding } from '#shared/model/storage.ts'
import { linkOf } from './finding-link.ts'

const finding = (kind: Finding['kind'], rest: Partial<Finding> = {}): Finding => ({
  kind,
  severity: 'warning',
  title: kind,
  evidence: [],
  remedy: '',
  action: null,
  ...rest,
})

it('leads to what helps, with what the finding says filled in', () => {
  expect(linkOf(finding('small-fragments'))).toMatchObject({ kind: 'compact' })
  expect(linkOf(finding('deleted-rows'))).toMatchObject({ kind: 'purge-deletions' })
  expect(linkOf(finding('never-cleaned'))).toMatchObject({ kind: 'cleanup', fields: { keepBy: 'age', days: '7' } })
  expect(linkOf(finding('oversize-fragments', { fragments: [4, 2, 3] }))).toMatchObject({
    kind: 'refragment',
    fields: { pick: 'ids', fragments: '2-4' },
  })
  expect(linkOf(finding('abandoned-files'))).toMatchObject({ to: 'leftovers' })
})

it('folds rows in where that is enough, and shows the indices where one is to be built again', () => {
  expect(linkOf(finding('compaction-blocked', { action: 'optimize-indices' }))).toMatchObject({
    kind: 'optimize-indices',
  })
  expect(linkOf(finding('compaction-blocked', { action: 'rebuild-index' }))).toMatchObject({ to: 'indices' })
})

it('leads nowhere where nothing here helps', () => {
  const lost = FINDING_KINDS.filter((kind) => linkOf(finding(kind)) === undefined)
  expect(lost).toEqual(['missing-files', 'absolute-branch-paths', 'newer-feature-flags', 'unreadable-manifests'])
})
