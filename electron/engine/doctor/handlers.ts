import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { checkDataset } from './check.ts'
import type { DeepOptions } from './deep.ts'
import { repairDataset } from './repair/repair.ts'

/** Health of datasets by location: what is broken, and what can be done about it. */
export function createDoctorHandlers(
  context: EngineContext,
  options: DeepOptions = {},
): Pick<Handlers<Contract>, 'doctor.check' | 'doctor.repair'> {
  return {
    'doctor.check': (input, { signal }) => checkDataset(context, input, signal, options),
    'doctor.repair': (input, { signal }) => repairDataset(context, input, signal, options),
  }
}
