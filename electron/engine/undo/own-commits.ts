import type { OperationName } from '#shared/model/version.ts'

/** What the commits of an operation are; for one not named here only its last commit is known to be its own. */
const COMMITS: Readonly<Record<string, readonly OperationName[]>> = {
  'versions.restore': ['restore'],
  'undo.undo': ['restore'],
  'undo.redo': ['restore'],
  'checkpoints.restore': ['restore'],
  'indices.create': ['create-index'],
  'indices.drop': ['create-index'],
  'indices.optimize': ['create-index'],
  'maintenance.optimizeIndices': ['create-index'],
  'maintenance.compact': ['rewrite', 'reserve-fragments'],
  'maintenance.purgeDeletions': ['rewrite', 'reserve-fragments'],
  'maintenance.deleteRows': ['delete'],
  'import.run': ['append', 'overwrite', 'update', 'delete', 'rewrite', 'reserve-fragments', 'create-index'],
  'embed.column': ['merge', 'update', 'create-index', 'project', 'update-config'],
  'embed.swap': ['project'],
  'embed.discard': ['project'],
}

/** Whether a commit made while an operation ran can be one of its own. */
export function canBeOwn(operation: string, commit: OperationName, isLast: boolean): boolean {
  const known = COMMITS[operation]
  return known === undefined ? isLast : known.includes(commit)
}
