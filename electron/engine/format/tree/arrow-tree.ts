import type { MetadataTree } from '#shared/model/metadata.ts'
import { openArrowFile } from '../arrow-file.ts'
import { damageOf } from '../corrupt.ts'

const MAX_COLUMNS = 1000

/** What an Arrow IPC file holds, without its values. Throws `corrupt-data`. */
export function describeArrowFile(file: Uint8Array): MetadataTree {
  return damageOf('Arrow file', () => {
    const { fields, batches } = openArrowFile(file)
    return {
      rows: batches.reduce((sum, batch) => sum + batch.rows, 0),
      batches: batches.length,
      columns: fields.slice(0, MAX_COLUMNS).map((field) => field.text(0)),
    }
  })
}
