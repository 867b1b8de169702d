/**
 * `npm test`: every check and every test, ending with one line `N passed, N failed, N skipped`. Sees to a browser itself.
 * Each static check counts as one test; a suite that dies without a report counts as one failure.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { CHECKS, run, runChecks } from './steps.mjs'

const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const troubles = []
const secondTries = []
/** One line per failed test: the output above may be long, and whoever reads a build's log begins at its end. */
const failedTests = []

function add(name, { passed, failed, skipped }, exitCode) {
  const failures = failed === 0 && exitCode !== 0 ? 1 : failed
  total.passed += passed
  total.failed += failures
  total.skipped += skipped
  if (failures > 0) troubles.push(name)
}

function firstLine(text = '') {
  return text.split('\n', 1)[0]
}

function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

async function step(name, title, work) {
  const started = performance.now()
  console.log(`\n── ${title}`)
  await work(name)
  console.log(`── ${title}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
}

async function vitest(name) {
  const file = path.join(reports, `${name}.json`)
  const code = await run([
    'npx', '--no-install', 'vitest', 'run', '--project', name,
    '--reporter=default', '--reporter=json', `--outputFile.json=${file}`,
  ]) // prettier-ignore
  const report = readReport(file)
  for (const { name: path, assertionResults, message } of report?.testResults ?? []) {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    const where = path.slice(process.cwd().length + 1)
    failedTests.push(
      ...failed.map(({ fullName, failureMessages }) => `${where}: ${fullName}: ${firstLine(failureMessages[0])}`),
    )
    if (failed.length === 0 && message) failedTests.push(`${where}: ${firstLine(message)}`)
  }
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  add(name, { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0, skipped }, code)
}

async function playwright(name, chromiumPath) {
  const file = path.join(reports, `${name}.json`)
  const code = await run(['npx', '--no-install', 'playwright', 'test', '--project', name, '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    CHROMIUM_PATH: chromiumPath,
  })
  const report = readReport(file)
  failedTests.push(...failedSpecs(report?.suites ?? []))
  const stats = report?.stats
  const passed = (stats?.expected ?? 0) + (stats?.flaky ?? 0)
  if (stats?.flaky > 0) secondTries.push(`${stats.flaky} in ${name}`)
  add(name, { passed, failed: stats?.unexpected ?? 0, skipped: stats?.skipped ?? 0 }, code)
}

function failedSpecs(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected'))
      .map(({ file, line, title }) => `${file}:${line}: ${title}`),
    ...failedSpecs(inner),
  ])
}

await step('checks', 'Types, lint, format', async (name) => {
  const failed = await runChecks()
  add(name, { passed: CHECKS.length - failed.length, failed: failed.length, skipped: 0 }, 0)
})
await step('unit', 'Unit tests', vitest)
await step('build', 'Build', async (name) => {
  const code = await run(['npm', 'run', '--silent', 'build'])
  add(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, code)
})
await step('engine', 'Engine and host tests on real datasets', vitest)
const chromiumPath = ensureChromium()
await step('browser', 'Journeys in the browser host', (name) => playwright(name, chromiumPath))
await step('browser-alone', 'Journeys in the browser host that are held to a time', (name) =>
  playwright(name, chromiumPath),
)
await step('desktop', 'Journeys in the desktop stand-in and in Electron where it is installed', (name) =>
  playwright(name, chromiumPath),
)
await step('package', 'Packaging check', async (name) => {
  const code = await run(['npm', 'run', '--silent', 'package:check'])
  add(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, code)
})

fs.rmSync(reports, { recursive: true, force: true })
if (secondTries.length > 0) console.log(`\nPassed only on the second try: ${secondTries.join(', ')}`)
if (failedTests.length > 0) console.log(`\nFailed:\n${failedTests.map((test) => `  ${test}`).join('\n')}`)
if (troubles.length > 0) console.log(`\nNot green: ${troubles.join(', ')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed === 0 ? 0 : 1)
