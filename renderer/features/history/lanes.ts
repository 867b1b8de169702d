import type { OperationName } from '#shared/model/version.ts'

export type LaneId = 'append' | 'update' | 'delete' | 'compact' | 'index' | 'schema'

export interface Lane {
  readonly id: LaneId
  readonly title: string
  /** Name of the colour's design token. */
  readonly colour: string
}

/** Lanes of the timeline from top to bottom. */
export const LANES: readonly Lane[] = [
  { id: 'append', title: 'Append', colour: '--op-append' },
  { id: 'update', title: 'Update', colour: '--op-update' },
  { id: 'delete', title: 'Delete', colour: '--op-delete' },
  { id: 'compact', title: 'Compact', colour: '--op-compact' },
  { id: 'index', title: 'Index', colour: '--op-index' },
  { id: 'schema', title: 'Schema, other', colour: '--op-schema' },
]

const LANE_OF: Readonly<Record<OperationName, LaneId>> = {
  append: 'append',
  overwrite: 'append',
  update: 'update',
  'data-replacement': 'update',
  'data-overlay': 'update',
  delete: 'delete',
  rewrite: 'compact',
  'reserve-fragments': 'compact',
  'create-index': 'index',
  merge: 'schema',
  project: 'schema',
  'update-config': 'schema',
  restore: 'schema',
  clone: 'schema',
  'update-mem-wal-state': 'schema',
  'update-bases': 'schema',
  unknown: 'schema',
}

export function laneOf(operation: OperationName): LaneId {
  return LANE_OF[operation]
}

/** Position of an operation's lane from the top. */
export function laneIndexOf(operation: OperationName): number {
  return LANES.findIndex((lane) => lane.id === LANE_OF[operation])
}
