import {
  readClone,
  readCreateIndex,
  readDelete,
  readRewrite,
  readUpdate,
  readUpdateConfig,
} from './operation-readers.ts'
import { sumPhysicalRows, countFields, readNumber } from './operation-parts.ts'
import type { Operation } from './operation.ts'
import { readTextEntry, WireReader } from './wire.ts'

/** One commit: what it was based on and what it did. */
export interface Transaction {
  /** Version the writer started from; 0 = the dataset did not exist. */
  readonly readVersion: number
  readonly uuid: string
  /** Properties such as a commit message; empty for most writers. */
  readonly properties: Readonly<Record<string, string>>
  readonly operation: Operation
}

/** Decodes a `.txn` file, which is one Transaction message without a frame. Throws `corrupt-manifest`. */
export function decodeTransaction(file: Uint8Array): Transaction {
  return readTransaction(new WireReader(file))
}

/** Reads a lance.table.Transaction message; operations this build does not know stay `unknown`. */
export function readTransaction(message: WireReader): Transaction {
  let readVersion = 0
  let uuid = ''
  let operation: Operation = { kind: 'unknown', field: null }
  const properties: (readonly [string, string])[] = []
  while (message.next()) {
    if (message.field === 1) readVersion = message.uint()
    else if (message.field === 2) uuid = message.text()
    else if (message.field === 4) properties.push(readTextEntry(message.message()))
    else if (message.field >= 100 && message.field < 200) operation = readOperation(message.field, message.message())
    else message.skip()
  }
  return { readVersion, uuid, properties: Object.fromEntries(properties), operation }
}

/** The operation oneof of transaction.proto, fields 100 to 115. */
function readOperation(field: number, message: WireReader): Operation {
  switch (field) {
    case 100:
      return { kind: 'append', ...sumPhysicalRows(message, 1) }
    case 101:
      return readDelete(message)
    case 102:
      return { kind: 'overwrite', ...sumPhysicalRows(message, 1) }
    case 103:
      return readCreateIndex(message)
    case 104:
      return readRewrite(message)
    case 105:
      return { kind: 'merge', fragments: countFields(message, 1) }
    case 106:
      return { kind: 'restore', version: readNumber(message, 1) }
    case 107:
      return { kind: 'reserve-fragments', fragments: readNumber(message, 1) }
    case 108:
      return readUpdate(message)
    case 109:
      return { kind: 'project' }
    case 110:
      return readUpdateConfig(message)
    case 111:
      return { kind: 'data-replacement', fragments: countFields(message, 1) }
    case 112:
      return { kind: 'update-mem-wal-state' }
    case 113:
      return readClone(message)
    case 114:
      return { kind: 'update-bases', bases: countFields(message, 1) }
    case 115:
      return { kind: 'data-overlay', fragments: countFields(message, 1) }
    default:
      return { kind: 'unknown', field }
  }
}
