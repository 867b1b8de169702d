import type { SchemaField } from '#shared/model/schema.ts'
import { openContainer } from './container.ts'
import { readBasePath, readFragment } from './fragment.ts'
import { readIndexSection } from './index-section.ts'
import { NumberLists } from './number-lists.ts'
import { buildSchema, readField, type RawField } from './schema.ts'
import { formatTimestamp, readTimestamp } from './timestamp.ts'
import type { BasePath, Manifest, ManifestFragment } from './types.ts'
import { readTextEntry, type WireReader } from './wire.ts'

type Writer = NonNullable<Manifest['writer']>
type DataFormat = NonNullable<Manifest['dataFormat']>
type Entry = readonly [key: string, value: string]

/** What the message says, field by field, before it becomes a {@link Manifest}. */
interface Draft {
  version: number
  timestamp: string
  branch: string | undefined
  writer: Writer | null
  readerFlags: number
  writerFlags: number
  maxFragmentId: number | undefined
  transactionFile: string
  dataFormat: DataFormat | null
  indexSection: number | undefined
  nextRowId: bigint | undefined
  readonly lists: NumberLists
  readonly fields: RawField[]
  readonly fragments: ManifestFragment[]
  readonly basePaths: BasePath[]
  readonly schemaMetadata: Entry[]
  readonly config: Entry[]
  readonly tableMetadata: Entry[]
}

/** Fragments of one step of {@link decodeManifestInSteps}: some 5 ms. */
const STEP_FRAGMENTS = 4096

/** Decodes a whole manifest file (lance.table.Manifest with its index section). Throws `corrupt-manifest`. */
export function decodeManifest(file: Uint8Array): Manifest {
  const steps = decodeManifestInSteps(file)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** {@link decodeManifest} in steps, for manifests so large that others must have a turn meanwhile. */
export function* decodeManifestInSteps(file: Uint8Array): Generator<void, Manifest> {
  const container = openContainer(file)
  const draft = yield* readDraft(container.manifest())
  const { branch, maxFragmentId, nextRowId } = draft
  return {
    version: draft.version,
    timestamp: draft.timestamp,
    ...(branch === undefined ? {} : { branch }),
    writer: draft.writer,
    readerFlags: draft.readerFlags,
    writerFlags: draft.writerFlags,
    ...(maxFragmentId === undefined ? {} : { maxFragmentId }),
    transactionFile: draft.transactionFile,
    dataFormat: draft.dataFormat,
    schema: buildSchema(draft.fields),
    schemaMetadata: Object.fromEntries(draft.schemaMetadata),
    config: Object.fromEntries(draft.config),
    tableMetadata: Object.fromEntries(draft.tableMetadata),
    fragments: draft.fragments,
    basePaths: draft.basePaths,
    indices: draft.indexSection === undefined ? [] : readIndexSection(container.section(draft.indexSection)),
    ...(nextRowId === undefined ? {} : { nextRowId }),
  }
}

/** Decodes only the schema of a manifest file. Throws `corrupt-manifest`. */
export function decodeManifestSchema(file: Uint8Array): readonly SchemaField[] {
  const message = openContainer(file).manifest()
  const fields: RawField[] = []
  while (message.next()) {
    if (message.field === 1) fields.push(readField(message.message()))
    else message.skip()
  }
  return buildSchema(fields)
}

/** Names of the indices of a manifest file, each as often as it has segments. Throws `corrupt-manifest`. */
export function decodeIndexNames(file: Uint8Array): readonly string[] {
  const container = openContainer(file)
  const message = container.manifest()
  let section: number | undefined
  while (message.next()) {
    if (message.field === 6) section = message.uint()
    else message.skip()
  }
  return section === undefined ? [] : readIndexSection(container.section(section)).map(({ name }) => name)
}

function* readDraft(message: WireReader): Generator<void, Draft> {
  const draft: Draft = {
    version: 0,
    timestamp: formatTimestamp(0, 0),
    branch: undefined,
    writer: null,
    readerFlags: 0,
    writerFlags: 0,
    maxFragmentId: undefined,
    transactionFile: '',
    dataFormat: null,
    indexSection: undefined,
    nextRowId: undefined,
    lists: new NumberLists(),
    fields: [],
    fragments: [],
    basePaths: [],
    schemaMetadata: [],
    config: [],
    tableMetadata: [],
  }
  while (message.next()) {
    if (!readScalar(message, draft)) readNested(message, draft)
    if (message.field === 2 && draft.fragments.length % STEP_FRAGMENTS === 0) yield
  }
  return draft
}

/** Reads plain values; false when the field is not one of them. */
function readScalar(message: WireReader, draft: Draft): boolean {
  switch (message.field) {
    case 3:
      draft.version = message.uint()
      return true
    case 6:
      draft.indexSection = message.uint()
      return true
    case 9:
      draft.readerFlags = Number(message.big())
      return true
    case 10:
      draft.writerFlags = Number(message.big())
      return true
    case 11:
      draft.maxFragmentId = message.uint()
      return true
    case 12:
      draft.transactionFile = message.text()
      return true
    case 14:
      draft.nextRowId = message.big()
      return true
    case 20:
      draft.branch = message.text()
      return true
    default:
      return false
  }
}

/** Reads embedded messages and steps over what this build does not know. */
function readNested(message: WireReader, draft: Draft): void {
  switch (message.field) {
    case 1:
      draft.fields.push(readField(message.message()))
      return
    case 2:
      draft.fragments.push(readFragment(message.message(), draft.lists))
      return
    case 5:
      draft.schemaMetadata.push(readTextEntry(message.message()))
      return
    case 7:
      draft.timestamp = readTimestamp(message.message())
      return
    case 13:
      draft.writer = readWriter(message.message())
      return
    case 15:
      draft.dataFormat = readDataFormat(message.message())
      return
    case 16:
      draft.config.push(readTextEntry(message.message()))
      return
    case 18:
      draft.basePaths.push(readBasePath(message.message()))
      return
    case 19:
      draft.tableMetadata.push(readTextEntry(message.message()))
      return
    default:
      message.skip()
  }
}

/** WriterVersion {1 library, 2 version, 3 prerelease}. */
function readWriter(message: WireReader): Writer {
  let library = ''
  let version = ''
  let prerelease = ''
  while (message.next()) {
    if (message.field === 1) library = message.text()
    else if (message.field === 2) version = message.text()
    else if (message.field === 3) prerelease = message.text()
    else message.skip()
  }
  return { library, version: prerelease === '' ? version : `${version}-${prerelease}` }
}

/** DataStorageFormat {1 file_format, 2 version}. */
function readDataFormat(message: WireReader): DataFormat {
  const [fileFormat, version] = readTextEntry(message)
  return { fileFormat, version }
}
