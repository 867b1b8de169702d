export { assetPath } from './assets.ts'
export { defineBrowserNames } from './browser-names.ts'
export { readBytes, readRange, streamBytes, toMegabytes, unpackHead, type Compression } from './bytes.ts'
export {
  parsing,
  type ByteRange,
  type DetectedTable,
  type MediaFacts,
  type Parsing,
  type RangeBatch,
  type RangePlan,
  type SourceFile,
  type TableBatch,
  type TableLayout,
  type TablePlan,
  type TableSource,
} from './contract.ts'
export { decodeText, looksBinary, type DecodedText } from './decode-text.ts'
export { brokeParser, isProtected, toReadError, tooLarge, unreadable } from './failures.ts'
export { isThreadEnd, Parser, type ParserOptions } from './parser.ts'
export { laneCount, Parsers } from './parsers.ts'
export { openPdf, type OpenPdf } from './pdf.ts'
export { programmingLanguage } from './programming-language.ts'
export { openZip, type ZipArchive } from './zip.ts'
export { unpackZstdStream } from './zstd.ts'
