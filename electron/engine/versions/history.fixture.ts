import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { field, fragment, manifestFile, message } from '../format/encode.fixture.ts'
import { formatManifestName } from '../format/names.ts'

/**
 * Writes a dataset folder of hand-made manifests: `versions` appends of 100 rows, compacted into one fragment whenever
 * there would be more than `maxFragments`. There are no data files.
 */
export function writeLongHistory(location: string, versions: number, maxFragments: number): void {
  mkdirSync(join(location, '_versions'), { recursive: true })
  let fragments: Uint8Array[] = []
  for (let version = 1; version <= versions; version++) {
    const appended = fragment(version, 100, { columns: 3 })
    const isFull = fragments.length >= maxFragments
    if (isFull) fragments = [fragment(version, version * 100, { columns: 3 })]
    else fragments.push(appended)
    const schema = ['id', 'text', 'score'].map((name, id) => field(id, name, 'int64'))
    const file = manifestFile({
      version,
      fields: [
        [1, schema],
        [2, fragments],
      ],
      operation: [100, message([1, appended])],
    })
    writeFileSync(join(location, '_versions', formatManifestName(version, 'v2')), file)
  }
}
