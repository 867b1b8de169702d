export { decodePage, type ArrowColumn, type ArrowPage } from './decode.ts'
export { exactValue } from './exact.ts'
export { formatBytes, formatCell, formatCellText, type CellText, type TextTone } from './format.ts'
export { toJsonValue, type JsonValue } from './json.ts'
export { toCsvText, toPlainText, toTsvText } from './delimited.ts'
export { maxMagnitude, summarizeVector, type VectorSummary } from './vector.ts'
export { toBase64, toHex } from './bytes.ts'
export { formatFloat } from './float.ts'
export type {
  BlobValue,
  ExactValue,
  FloatPrecision,
  ListValue,
  MapValue,
  StructValue,
  TimestampValue,
  TimeUnitName,
  VectorValue,
} from './value.ts'
