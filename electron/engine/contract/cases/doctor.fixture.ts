import { expectEqual, type Cases } from '../case.fixture.ts'

export const doctorCases: Pick<Cases, 'doctor.check'> = {
  'doctor.check': {
    input: (world) => ({ location: world.location, deep: false }),
    check: (events) => {
      const last = events.at(-1)
      if (last?.kind !== 'done') throw new Error('the check did not end with a report')
      const bad = last.report.findings.filter(({ status }) => status !== 'pass')
      expectEqual(bad, [], 'findings of a dataset in good order')
      expectEqual([last.report.status, last.report.version], ['pass', 3], 'report')
    },
  },
}
