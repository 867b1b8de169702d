import { AppError } from '#shared/errors.ts'
import type { Task } from '../../jobs/index.ts'

export const recallTask: Task<never, unknown> = () =>
  Promise.reject(new AppError({ code: 'internal', message: 'Not built yet.' }))
