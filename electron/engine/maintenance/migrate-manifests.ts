import { join } from 'node:path'
import { formatNoun } from '#shared/model/format.ts'
import type { Forecast, MaintenanceNote } from '#shared/model/maintenance.ts'
import type { OpenDataset } from '../context.ts'
import { parseManifestName } from '../format/names.ts'
import { forecastBase, type OperationTask, type Subject } from './operation.ts'
import { renameManifests } from './rename-manifests.ts'
import { runOperation } from './run-operation.ts'

const NOTE_OLD_READERS: MaintenanceNote = {
  severity: 'warning',
  message:
    'Programs with a Lance from before 2024-11 do not find versions with the newer names. Nothing else may write to the dataset meanwhile.',
}

const NOTE_HALFWAY: MaintenanceNote = {
  severity: 'problem',
  message:
    'An earlier renaming stopped halfway: there are names of both schemes, and LanceDB opens the dataset only once it is finished.',
}

/** Manifests of main that have names of the older scheme. */
export async function forecastMigrateManifests(subject: Subject): Promise<Forecast> {
  const { old, all } = await countNames(subject.dataset)
  const base = { ...(await forecastBase('migrate-manifests', subject)), extraDiskAtMost: 0 }
  if (old === 0) {
    const message = 'Every manifest has a name of the newer scheme.'
    return { ...base, nothingToDo: true, notes: [{ severity: 'note', message }] }
  }
  return {
    ...base,
    nothingToDo: false,
    notes: [
      ...(old < all ? [NOTE_HALFWAY] : []),
      {
        severity: 'note',
        message: `${formatNoun(old, 'manifest')} will be renamed; no version is made and no row is touched.`,
      },
      NOTE_OLD_READERS,
    ],
  }
}

export const migrateManifestsTask: OperationTask<'migrate-manifests'> = (input, env) =>
  runOperation(
    input,
    env,
    async () => ({}),
    async ({ dataset }) => {
      env.report({ done: 0, total: null, unit: 'steps', note: 'Renaming manifests' })
      const renamed = renameManifests(join(dataset.location, '_versions'))
      const { old } = await countNames(dataset)
      const notes: MaintenanceNote[] = [
        {
          severity: 'note',
          message: renamed === 0 ? 'Nothing was left to rename.' : `${formatNoun(renamed, 'manifest')} renamed.`,
        },
      ]
      if (old > 0) {
        notes.push({
          severity: 'problem',
          message: `${formatNoun(old, 'manifest')} kept the older name: the newer one is taken, or another program wrote it just now. Run it again.`,
        })
      }
      return { tries: 1, commits: 0, notes }
    },
  )

async function countNames({ store }: OpenDataset): Promise<{ readonly old: number; readonly all: number }> {
  const names = (await store.listNames('_versions')).map(parseManifestName).filter((name) => name?.kind === 'version')
  return { old: names.filter((name) => name?.kind === 'version' && name.scheme === 'v1').length, all: names.length }
}
