import type { StorageClass } from '#shared/model/storage.ts'
import type { ClassGroup } from './class-words.ts'

/** One hue a group, so that a picture says at a glance what stays, what is kept, what may go and what nothing needs. */
const GROUPS: Readonly<Record<ClassGroup, string>> = {
  live: 'var(--op-append)',
  kept: 'var(--op-compact)',
  past: 'var(--op-update)',
  stray: 'var(--op-delete)',
}

const CLASSES: Readonly<Record<StorageClass, string>> = {
  'live-data': GROUPS.live,
  'blob-sidecars': 'color-mix(in srgb, var(--op-append) 50%, var(--op-schema))',
  'live-deletions': 'color-mix(in srgb, var(--op-append) 55%, var(--op-delete))',
  'live-indices': 'var(--op-index)',
  'live-metadata': 'color-mix(in srgb, var(--op-append) 40%, var(--fg3))',
  wal: 'var(--op-schema)',
  branch: GROUPS.kept,
  tag: 'color-mix(in srgb, var(--op-compact) 60%, var(--op-update))',
  'superseded-index': 'color-mix(in srgb, var(--op-update) 55%, var(--op-index))',
  'old-versions': GROUPS.past,
  abandoned: GROUPS.stray,
  unknown: 'var(--fg3)',
}

/** A CSS colour, from the tokens of the theme. */
export function classColour(storageClass: StorageClass): string {
  return CLASSES[storageClass]
}

export function groupColour(group: ClassGroup): string {
  return GROUPS[group]
}
