/** `npm run check`: types, lint with layering, format, unit tests. Under a minute; the same runs first in `npm test`. */
import { run, runChecks } from './steps.mjs'

const failed = await runChecks()
if ((await run(['npx', '--no-install', 'vitest', 'run', '--project', 'unit'])) !== 0) failed.push('unit tests')
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}`)
  process.exit(1)
}
