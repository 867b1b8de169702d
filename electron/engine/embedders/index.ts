export {
  askDimension,
  openBulkEmbedder,
  REQUEST_TEXTS,
  sourceOf,
  type BulkEmbedder,
  type Embedded,
  type EmbedderSource,
} from './bulk.ts'
export { embedderNotFound, findEmbedder, listEmbedders } from './catalogue.ts'
export { endpointsOf } from './endpoints-of.ts'
export { createEmbeddersHandlers } from './handlers.ts'
export { columnOrigins, ORIGIN_KEY, toOrigin, vectorPart } from './origin.ts'
