import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { checkDataset } from './check.ts'

/** Health of datasets by location: what is broken, and what can be done about it. */
export function createDoctorHandlers(context: EngineContext): Pick<Handlers<Contract>, 'doctor.check'> {
  return {
    'doctor.check': (input, { signal }) => checkDataset(context, input, signal),
  }
}
