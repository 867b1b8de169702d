import { FILE_MESSAGES } from './file-messages.ts'
import { INDEX_MESSAGES } from './index-messages.ts'
import { LAYOUT_MESSAGES } from './layout-messages.ts'
import { TABLE_MESSAGES } from './table-messages.ts'
import { TRANSACTION_MESSAGES } from './transaction-messages.ts'
import { WAL_MESSAGES } from './wal-messages.ts'

/**
 * Every protobuf message of Lance this build knows, by name: fields by number, each as `name: type`. `[]` marks repeated
 * fields, `map<key, value>` maps, `name!` fields whose absence means a 0 worth showing. Types are other messages and enums, or:
 * `u32 i32 bool f32 f64` numbers and truth values, `u64 i64` exact decimal texts, `text`, `bytes`, `u16le u32le u64le`
 * bytes that hold little-endian numbers, `uuid` a message with 16 bytes, `roaring` a bitmap in bytes, `timestamp`, and `any`.
 */
export const MESSAGES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  ...TABLE_MESSAGES,
  ...TRANSACTION_MESSAGES,
  ...INDEX_MESSAGES,
  ...FILE_MESSAGES,
  ...LAYOUT_MESSAGES,
  ...WAL_MESSAGES,
}

/** Enums by name: their values' names by number. */
export const ENUMS: Readonly<Record<string, readonly string[]>> = {
  FieldType: ['PARENT', 'REPEATED', 'LEAF'],
  FieldEncoding: ['NONE', 'PLAIN', 'VAR_BINARY', 'DICTIONARY', 'RLE'],
  DeletionFileType: ['ARROW_ARRAY', 'BITMAP'],
  UpdateMode: ['REWRITE_ROWS', 'REWRITE_COLUMNS'],
  VectorMetricType: ['L2', 'Cosine', 'Dot', 'Hamming'],
  RotationType: ['FAST', 'MATRIX'],
  TensorDataType: ['BFLOAT16', 'FLOAT16', 'FLOAT32', 'FLOAT64', 'UINT8', 'UINT16', 'UINT32', 'UINT64'],
  DocumentGranularity: ['ROW', 'LIST_ELEMENT'],
  JsonTargetDataType: ['UNSPECIFIED', 'BOOLEAN', 'INT64', 'FLOAT64', 'UTF8', 'LARGE_BINARY'],
  ShardStatus: ['ACTIVE', 'SEALED'],
  CompressionScheme: ['UNSPECIFIED', 'LZ4', 'ZSTD'],
  SparseMeaning: ['UNSPECIFIED', 'NULL_POSITIONS', 'VALID_POSITIONS'],
  BufferType: ['page', 'column', 'file'],
  RepDefLayer: [
    'UNSPECIFIED',
    'ALL_VALID_ITEM',
    'ALL_VALID_LIST',
    'NULLABLE_ITEM',
    'NULLABLE_LIST',
    'EMPTYABLE_LIST',
    'NULL_AND_EMPTY_LIST',
  ],
}

/** Message of a google.protobuf.Any by the last part of its type URL, where that is not the message's name here. */
export const ANY_NAMES: Readonly<Record<string, string>> = {
  ArrayEncoding: 'ArrayEncoding20',
  ColumnEncoding: 'ColumnEncoding20',
}
