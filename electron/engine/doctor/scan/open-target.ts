import { basename } from 'node:path'
import type { SchemaField } from '#shared/model/schema.ts'
import type { EngineContext } from '../../context.ts'
import { completeCounts, MAX_MANIFEST_BYTES } from '../../datasets/index.ts'
import { decodeManifest } from '../../format/manifest.ts'
import type { Manifest, ManifestFragment } from '../../format/types.ts'
import { nativeTablesFor, type NativeTable } from '../../lance/index.ts'
import { checkReadable, whyUnreadable } from '../../rows/index.ts'
import { createLocalStore } from '../../store/local-store.ts'
import type { ScanTarget } from './plan.ts'
import { makeShadow } from './shadow.ts'

/** One version opened for reading it piece by piece. */
export interface OpenTarget {
  readonly manifest: Manifest
  /** Columns LanceDB can read. */
  readonly fields: readonly SchemaField[]
  /** Names of those with blobs of the second kind. */
  readonly blobs: readonly string[]
  /** A table with nothing but one fragment of the version. */
  fragment(id: number): Promise<NativeTable>
  /** Has Lance open the version as it is, through its own manifest; fails as Lance does. */
  open(): Promise<void>
  /** A table of the same columns without rows. */
  none(): Promise<NativeTable>
  /** A table with everything of the version, its indices included. */
  whole(): Promise<NativeTable>
  close(): void
}

/** Opens no file but the manifest; Lance opens the rest when a part is asked for. */
export async function openTarget(
  { paths }: Pick<EngineContext, 'paths'>,
  location: string,
  { lineFolder, manifestPath }: Pick<ScanTarget, 'lineFolder' | 'manifestPath'>,
): Promise<OpenTarget> {
  const store = createLocalStore(location)
  const bytes = await store.read(manifestPath, MAX_MANIFEST_BYTES)
  const manifest = await completeCounts(store, lineFolder, decodeManifest(bytes))
  checkReadable(manifest)
  const shadow = makeShadow(paths.dataDir, location, lineFolder, bytes)
  const open = (version: number): Promise<NativeTable> =>
    nativeTablesFor(paths.dataDir).open({
      handle: shadow.location.split(/[\\/]/).at(-1) ?? 'shadow',
      location: shadow.location,
      branch: undefined,
      version,
      stamp: shadow.location,
    })
  return {
    manifest,
    fields: manifest.schema.filter((field) => whyUnreadable(manifest, field) === undefined),
    blobs: manifest.schema
      .filter(({ metadata }) => metadata['ARROW:extension:name'] === 'lance.blob.v2')
      .map(({ name }) => name),
    fragment: (id) => open(shadow.add([id])),
    async open() {
      if (lineFolder !== '')
        return void (await open(
          shadow.add(
            manifest.fragments.map((it) => it.id),
            true,
          ),
        ))
      const { version, timestamp, transactionFile } = manifest
      const stamp = `${timestamp} ${transactionFile} ${shadow.location}`
      const onlyManifest = basename(manifestPath)
      const handle = `o${(shadow.location.split(/[\\/]/).at(-1) ?? '').replace(/^\d+-/, '')}`
      await nativeTablesFor(paths.dataDir).open({ handle, location, branch: undefined, version, stamp, onlyManifest })
    },
    none: () => open(shadow.add([])),
    whole: () =>
      open(
        shadow.add(
          manifest.fragments.map((it) => it.id),
          true,
        ),
      ),
    close: () => shadow.remove(),
  }
}

export function liveRowsOf({ physicalRows, deletion }: ManifestFragment): number {
  return physicalRows - (deletion?.deletedRows ?? 0)
}

/** Bytes of a fragment's data files, as far as recorded. */
export function bytesOf({ files }: ManifestFragment): number {
  return files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
}
