import type { ConfigChange, Operation } from '../format/operation.ts'

/** Predicates and config values can be megabytes; a sentence wants their beginning. */
const MAX_CHARACTERS = 200
const MAX_CHANGES = 20

/** Cuts the texts of an operation to what a sentence shows, so that thousands can be kept. */
export function shortenOperation(operation: Operation): Operation {
  switch (operation.kind) {
    case 'delete':
      return { ...operation, predicate: shorten(operation.predicate) }
    case 'update-config':
      return {
        ...operation,
        config: operation.config.slice(0, MAX_CHANGES).map(shortenChange),
        tableMetadata: operation.tableMetadata.slice(0, MAX_CHANGES).map(shortenChange),
        schemaMetadata: operation.schemaMetadata.slice(0, MAX_CHANGES).map(shortenChange),
      }
    default:
      return operation
  }
}

/** One line of at most 200 characters, ending in `…` when cut. */
export function shorten(text: string): string {
  const line = text.slice(0, MAX_CHARACTERS * 4).replace(/\s+/g, ' ')
  return line.length <= MAX_CHARACTERS ? line : `${line.slice(0, MAX_CHARACTERS - 1)}…`
}

function shortenChange({ key, value }: ConfigChange): ConfigChange {
  return { key: shorten(key), value: value === null ? null : shorten(value) }
}
