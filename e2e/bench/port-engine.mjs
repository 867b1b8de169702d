/*
 * Runs the built engine in a worker as Electron's utility process would: `process.parentPort` receives the start message
 * and a message port. Structured clone over a real port, without Electron.
 */
import { EventEmitter } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'

process.parentPort = Object.assign(new EventEmitter(), { postMessage: (message) => parentPort.postMessage(message) })
parentPort.on('message', ({ data, ports }) => process.parentPort.emit('message', { data, ports }))
await import(workerData.engine)
parentPort.postMessage({ t: 'loaded' })
