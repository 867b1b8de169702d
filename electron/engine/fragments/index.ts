export { createFragmentsHandlers } from './handlers.ts'
export { createLocator, type Locator } from './locate.ts'
