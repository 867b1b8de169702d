/** `npm start`: builds what is missing or older than its sources, then starts the app in this very process. */
import { ensureBuilt } from './build.mjs'

await ensureBuilt(undefined, { onBuild: (target) => console.error(`Building the ${target} side…`) })
await import('../dist/launch/start.mjs')
