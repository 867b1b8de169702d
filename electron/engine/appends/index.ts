export { findAppend } from './find-append.ts'
export { proveAppend, type AppendProof } from './prove-append.ts'
