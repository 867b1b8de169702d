import type { MetadataTree } from '#shared/model/metadata.ts'
import { openArrowFile, openArrowStream } from '../arrow-file.ts'
import { damageOf } from '../corrupt.ts'
import type { FlatTable } from '../flatbuffer.ts'
import { describeJson } from './json-tree.ts'

const MAX_COLUMNS = 1000
const MAX_ENTRIES = 100
const FILE_MAGIC = 'ARROW1'

/** What an Arrow IPC file or stream holds, without its values. Throws `corrupt-data`. */
export function describeArrowFile(bytes: Uint8Array): MetadataTree {
  return damageOf('Arrow file', () => {
    const isFile = String.fromCharCode(...bytes.subarray(0, FILE_MAGIC.length)) === FILE_MAGIC
    const { schema, fields, batches } = isFile ? openArrowFile(bytes) : openArrowStream(bytes)
    const metadata = describeMetadata(schema)
    return {
      stored_as: isFile ? 'Arrow file' : 'Arrow stream',
      rows: batches.reduce((sum, batch) => sum + batch.rows, 0),
      batches: batches.length,
      columns: fields.slice(0, MAX_COLUMNS).map((field) => field.text(0)),
      ...(metadata.length === 0 ? {} : { schema_metadata: Object.fromEntries(metadata) }),
    }
  })
}

/** Schema.fbs Schema.custom_metadata: KeyValue {0 key, 1 value}. */
function describeMetadata(schema: FlatTable | undefined): readonly (readonly [string, MetadataTree])[] {
  const entries = schema?.tables(2).slice(0, MAX_ENTRIES) ?? []
  return entries.map((entry) => [entry.text(0), describeJson(entry.text(1))])
}
