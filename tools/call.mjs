/** `npm run call`: builds the Node side when it is older than its sources, then runs one operation. Stdout is JSON only. */
import { ensureBuilt } from './build.mjs'

await ensureBuilt(['node'], { onBuild: () => console.error('Building…') })
await import('../dist/launch/call.mjs')
