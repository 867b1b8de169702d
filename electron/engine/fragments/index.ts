export { createFragmentsHandlers } from './handlers.ts'
export { createLocator } from './locate.ts'
export { readByTail } from './read-data-file.ts'
export { readDataFile } from './read-data-file.ts'
