export { createLedgerHandlers } from './handlers.ts'
export { beginWrite, noteWrite, type BegunWrite, type WriteEnd, type WriteNote } from './note.ts'
export { refWords } from './ref-words.ts'
export { readLedger, type Ledger } from './read.ts'
