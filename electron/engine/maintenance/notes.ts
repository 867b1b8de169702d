import type { MaintenanceNote } from '#shared/model/maintenance.ts'

/** How often a commit was begun, when more than once. */
export function noteTries(tries: number): MaintenanceNote {
  return {
    severity: 'note',
    message: `Another program changed the same rows meanwhile; it was begun ${tries} times.`,
  }
}
