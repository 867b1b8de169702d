import type { RepairOffer } from '#shared/model/doctor.ts'
import type { Survey } from '../survey.ts'

/** Where a copy of a dataset would go: beside it. The person may choose another place. */
export function copyTarget(location: string): string {
  return `${location.replace(/\.lance$/, '')}-recovered.lance`
}

/** Writing the readable rest anew, when some version of main reads. */
export function offerCopy({ dataset, versions }: Survey): readonly RepairOffer[] {
  if (!versions.some(({ line }) => line.branch === undefined)) return []
  return [
    {
      repair: { kind: 'copy-readable', to: copyTarget(dataset.location) },
      title: 'Write every readable row into a new dataset',
      consequence:
        'The dataset itself stays as it is. The copy has no history, tags, branches or indices; rows that cannot be read are left out and counted.',
    },
  ]
}

/** Going back to the newest version of main none of whose files are among those that are bad. */
export function offerRestore(survey: Survey, bad: ReadonlySet<string>): readonly RepairOffer[] {
  const { versions, snapshot } = survey
  const { uses, fileByKey } = snapshot.references
  const main = snapshot.references.lines.findIndex(({ branch }) => branch === undefined)
  const line = snapshot.references.lines[main]
  if (line === undefined) return []
  const hit = new Set<number>()
  for (const path of bad) {
    const runs = uses[fileByKey.get(path) ?? -1] ?? []
    for (let at = 0; at < runs.length; at += 3) {
      if (runs[at] !== main) continue
      for (let index = runs[at + 1] ?? 0; index <= (runs[at + 2] ?? -1); index++) hit.add(index)
    }
  }
  const newest = line.versions.length - 1
  if (!hit.has(newest)) return []
  const good = line.versions.findLastIndex(({ fragments }, index) => !hit.has(index) && fragments > 0)
  const version = line.versions[good]?.version
  if (version === undefined || !versions.some((it) => it.line === line && it.version === version)) return []
  return [
    {
      repair: { kind: 'restore-version', version },
      title: `Go back to version ${version}`,
      consequence: `It uses none of the damaged files. Its rows become a new version; what was written since stays in the history only.`,
    },
  ]
}

/** Building or dropping an index of main. */
export function offerIndex(index: string): readonly RepairOffer[] {
  return [
    {
      repair: { kind: 'rebuild-index', index },
      title: `Build index ${index} again`,
      consequence: 'A new version with the index built from the rows; the damaged files stay until a cleanup.',
    },
    {
      repair: { kind: 'drop-index', index },
      title: `Drop index ${index}`,
      consequence: 'A new version without it: searches read every row instead.',
    },
  ]
}
