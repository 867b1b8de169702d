export { assetPath } from './assets.ts'
export { defineBrowserNames } from './browser-names.ts'
export { readBytes, readRange, streamBytes, toMegabytes, unpackHead, type Compression } from './bytes.ts'
export {
  parsing,
  type DetectedTable,
  type MediaFacts,
  type Parsing,
  type SourceFile,
  type TableBatch,
  type TablePlan,
  type TableSource,
} from './contract.ts'
export { decodeText, looksBinary, type DecodedText } from './decode-text.ts'
export { brokeParser, isProtected, toReadError, tooLarge, unreadable } from './failures.ts'
export { isThreadEnd, Parser, type ParserOptions } from './parser.ts'
export { openPdf, type OpenPdf } from './pdf.ts'
export { programmingLanguage } from './programming-language.ts'
export { openZip, type ZipArchive } from './zip.ts'
