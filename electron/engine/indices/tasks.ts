import { AppError } from '#shared/errors.ts'
import type { Task } from '../jobs/index.ts'

export const createIndexTask: Task<never, unknown> = () =>
  Promise.reject(new AppError({ code: 'internal', message: 'Not built yet.' }))
export const optimizeIndicesTask: Task<never, unknown> = createIndexTask
