import { OPERATIONS, type OperationName } from '#shared/model/version.ts'
import type { ManifestContainer } from '../../format/container.ts'
import { readIndexSection } from '../../format/index-section.ts'
import { readTextEntry, WireReader } from '../../format/wire.ts'
import type { RawReference, Resolve } from './raw-reference.ts'

/** A part of a manifest that is read again only when its bytes change, and the files it names. */
export interface Part {
  readonly bytes: Uint8Array
  readonly files: readonly number[]
}

export const NO_PART: Part = { bytes: new Uint8Array(), files: [] }

/** The files a part names; without a `last` to compare with, as when base paths are others, it is read anew. */
export function readPart(
  bytes: Uint8Array = NO_PART.bytes,
  last: Part | undefined,
  resolve: Resolve,
  read: (bytes: Uint8Array) => readonly RawReference[],
): Part {
  if (last !== undefined && Buffer.compare(bytes, last.bytes) === 0) return last
  return {
    bytes,
    files: read(bytes)
      .map(resolve)
      .filter((file) => file !== undefined),
  }
}

/** The index segments an IndexSection of a manifest names. */
export function readSegments(section: Uint8Array): readonly RawReference[] {
  return readIndexSection(new WireReader(section)).map(({ uuid, baseId }) => ({
    folder: '_indices',
    name: uuid,
    baseId,
  }))
}

/** Field metadata by which LanceDB remembers the inputs a computed column was made from: `sidecar:{name}`. */
const SIGNATURE_KEY = 'computed_refresh.source_signature'
const SIDECAR = 'sidecar:'

/** Signature files of computed columns, from the metadata (10) of the schema's fields (1). */
export function readSignatures(schema: Uint8Array): readonly RawReference[] {
  if (!Buffer.from(schema.buffer, schema.byteOffset, schema.byteLength).includes(SIGNATURE_KEY)) return []
  const references: RawReference[] = []
  const fields = new WireReader(schema)
  while (fields.next()) {
    const field = fields.message()
    while (field.next()) {
      if (field.field !== 10) {
        field.skip()
        continue
      }
      const [key, value] = readTextEntry(field.message())
      if (key !== SIGNATURE_KEY || !value.startsWith(SIDECAR)) continue
      references.push({ folder: '_computed', name: `${value.slice(SIDECAR.length)}.sig`, baseId: undefined })
    }
  }
  return references
}

/** A copy of the message of a section, which must not keep the whole file alive. */
export function sectionBytes(container: ManifestContainer, file: Uint8Array, offset: number): Uint8Array<ArrayBuffer> {
  // Checks that the section lies inside the file.
  const start = container.section(offset).offset
  const length = new DataView(file.buffer, file.byteOffset).getUint32(offset, true)
  return file.slice(start, start + length)
}

const FIRST_OPERATION_FIELD = 100

/** What a version did, from the transaction inside its manifest; null when there is none. */
export function readOperation(container: ManifestContainer, offset: number | undefined): OperationName | null {
  return offset === undefined ? null : readOperationName(container.section(offset))
}

/** Which of the operations 100 to 116 a lance.table.Transaction message holds, without reading it. */
export function readOperationName(transaction: WireReader): OperationName {
  let name: OperationName = 'unknown'
  while (transaction.next()) {
    const { field } = transaction
    if (field >= FIRST_OPERATION_FIELD && field < 200) name = OPERATIONS[field - FIRST_OPERATION_FIELD] ?? 'unknown'
    transaction.skip()
  }
  return name
}
