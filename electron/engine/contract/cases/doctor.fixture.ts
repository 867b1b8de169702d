import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expectEqual, expectThat, type Cases } from '../case.fixture.ts'

export const doctorCases: Pick<Cases, 'doctor.check' | 'doctor.repair'> = {
  'doctor.check': {
    input: (world) => ({ location: world.location, deep: true }),
    check: (events) => {
      const last = events.at(-1)
      if (last?.kind !== 'done') throw new Error('the check did not end with a report')
      const bad = last.report.findings.filter(({ status }) => status !== 'pass')
      expectEqual(bad, [], 'findings of a dataset in good order')
      expectEqual([last.report.status, last.report.version, last.report.rowsRead], ['pass', 3, 999], 'report')
    },
  },
  'doctor.repair': {
    input: (world) => ({
      location: world.location,
      repair: { kind: 'copy-readable', to: join(world.folder, `${world.freshName()}.lance`) },
    }),
    check: (events) => {
      const last = events.at(-1)
      if (last?.kind !== 'done') throw new Error('the repair did not end with a result')
      const { rowsRecovered, rowsLost, lost, to = '' } = last.result
      expectEqual([rowsRecovered, rowsLost, lost], [999, 0, []], 'rows')
      expectThat(existsSync(join(to, '_versions')), 'the copy is there')
    },
  },
}
