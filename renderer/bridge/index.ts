export { connectHost, createHost } from './create-host.ts'
export type { Api, EngineState, Host } from './host.ts'
