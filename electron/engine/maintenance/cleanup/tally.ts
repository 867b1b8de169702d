import { formatNoun } from '#shared/model/format.ts'
import type { MaintenanceNote } from '#shared/model/maintenance.ts'
import type { TaskEnv } from '../../jobs/index.ts'
import type { StoredFile } from '../../storage/index.ts'
import type { Removal } from './remover.ts'

/** Counts what became of the files of a cleanup and reports it as progress. */
export interface Tally {
  add(file: StoredFile, removal: Removal, note: string): void
  /** Removed so far. */
  bytes(): number
  files(): number
  /** Those the system would not remove. */
  failed(): readonly StoredFile[]
  /** What did not go as planned. */
  notes(): readonly MaintenanceNote[]
}

/** `total` is the bytes of all files that are to go. */
export function createTally(total: number, report: TaskEnv['report']): Tally {
  let [done, bytes, files, gone, changed] = [0, 0, 0, 0, 0]
  const failed: StoredFile[] = []
  let reason = ''
  report({ done, total, unit: 'bytes', note: 'Removing versions' })
  return {
    add(file, removal, note) {
      done += file.bytes
      if (removal.kind === 'removed') {
        bytes += removal.bytes
        files++
      } else if (removal.kind === 'gone') gone++
      else if (removal.kind === 'changed') changed++
      else {
        failed.push(file)
        reason = removal.reason
      }
      report({ done, total, unit: 'bytes', note })
    },
    bytes: () => bytes,
    files: () => files,
    failed: () => failed,
    notes: () => [
      ...(gone === 0 ? [] : [say('note', `${formatNoun(gone, 'file')} had gone by themselves.`)]),
      ...(changed === 0
        ? []
        : [say('note', `${formatNoun(changed, 'file')} changed or came into use meanwhile, and stay.`)]),
      ...(failed.length === 0
        ? []
        : [
            say(
              'problem',
              `${formatNoun(failed.length, 'file')} could not be removed (${reason}), and are leftovers now.`,
            ),
          ]),
    ],
  }
}

function say(severity: MaintenanceNote['severity'], message: string): MaintenanceNote {
  return { severity, message }
}
