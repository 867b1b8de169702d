export { connectHost } from './create-host.ts'
export type { Api } from './host.ts'
