import { AppError } from '#shared/errors.ts'
import type { ImportResult } from '#shared/model/import/result.ts'
import type { Task } from '../jobs/index.ts'

export const importTask: Task<never, ImportResult> = () => {
  throw new AppError({ code: 'internal', message: 'Not built yet.' })
}
