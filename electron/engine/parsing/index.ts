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
export { Parser, type ParserOptions } from './parser.ts'
