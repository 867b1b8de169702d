export { closeStreams, countStreams, createStreamsHandlers } from './handlers.ts'
