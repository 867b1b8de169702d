export { createFragmentsHandlers } from './handlers.ts'
export { createLocator, type Locator } from './locate.ts'
export { readByTail, readDataFile } from './read-data-file.ts'
