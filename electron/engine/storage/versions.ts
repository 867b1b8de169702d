import type { VersionStorage } from '#shared/model/storage.ts'
import type { Snapshot } from './gather/snapshot.ts'

interface Sum {
  bytes: number
  files: number
}

/** What each version alone keeps on disk: its manifest, its transaction and what no other version of any branch uses. */
export function sumVersions({ files, references }: Snapshot): readonly VersionStorage[] {
  const { lines, uses, tags } = references
  const alone = lines.map(({ versions }) => versions.map((): Sum => ({ bytes: 0, files: 0 })))
  const byManifest = new Map<string, Sum | undefined>()
  lines.forEach(({ versions }, line) =>
    versions.forEach(({ path }, index) => byManifest.set(path, alone[line]?.[index])),
  )
  for (const { path, file, bytes } of files) {
    const [line, from, to, ...more] = (file === undefined ? undefined : uses[file]) ?? []
    const isAlone = line !== undefined && from !== undefined && from === to && more.length === 0
    const sum = isAlone ? alone[line]?.[from] : byManifest.get(path)
    if (sum === undefined) continue
    sum.bytes += bytes
    sum.files++
  }
  const tagNames = new Map<string, string[]>()
  for (const { name, branch, version } of tags) {
    const key = `${version} ${branch ?? ''}`
    tagNames.set(key, [...(tagNames.get(key) ?? []), name])
  }
  return lines.flatMap(({ branch, versions }, line) =>
    versions
      .map((version, index) => ({
        ...(branch === undefined ? {} : { branch }),
        version: version.version,
        timestamp: version.timestamp,
        exclusiveBytes: alone[line]?.[index]?.bytes ?? 0,
        exclusiveFiles: alone[line]?.[index]?.files ?? 0,
        manifestBytes: version.bytes,
        tags: tagNames.get(`${version.version} ${branch ?? ''}`) ?? [],
      }))
      .toReversed(),
  )
}
