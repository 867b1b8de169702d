import type { EmbedResult } from '#shared/contract/embed.ts'
import { AppError } from '#shared/errors.ts'
import type { Task } from '../jobs/index.ts'

export const embedColumnTask: Task<never, EmbedResult> = () => {
  throw new AppError({ code: 'internal', message: 'Not built yet.' })
}
