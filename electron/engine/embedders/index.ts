export { createEmbeddersHandlers } from './handlers.ts'
export { keyForJob, openEmbedder, type OpenEmbedder } from './open.ts'
export { ORIGIN_KEY, toOrigin } from './origin.ts'
