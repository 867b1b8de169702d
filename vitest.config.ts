import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Begun last, this suite of some minutes would keep one processor waiting. */
const LONGEST = 'electron/engine/contract/contract.test.ts'

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => Number(b.moduleId.endsWith(LONGEST)) - Number(a.moduleId.endsWith(LONGEST)))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          globalSetup: 'tools/temp-folder.mjs',
          // Pure for the most part: a process for each of two hundred files would take most of the time.
          isolate: false,
          testTimeout: 20_000,
          unstubGlobals: true,
          restoreMocks: true,
          include: [
            '{shared,renderer,tools}/**/*.test.{ts,tsx,mjs}',
            'electron/{main,preload,launch}/**/*.test.ts',
            'electron/engine/supervisor.test.ts',
            'electron/engine/{format,supervisor}/**/*.test.ts',
          ],
        },
      },
      {
        // Real Lance datasets and real processes: slower, one process a file.
        test: {
          name: 'engine',
          environment: 'node',
          globalSetup: 'tools/temp-folder.mjs',
          include: ['electron/engine/**/*.test.ts', 'electron/serve/**/*.test.ts'],
          exclude: ['electron/engine/format/**', 'electron/engine/supervisor/**', 'electron/engine/supervisor.test.ts'],
          testTimeout: 30_000,
          // Some of them hold a process to a second, which a busy build machine may miss once.
          retry: process.env['CI'] === undefined ? 0 : 1,
          hookTimeout: 60_000,
          pool: 'forks',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
