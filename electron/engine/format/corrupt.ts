import { AppError } from '#shared/errors.ts'

/** The one failure of this folder: bytes that are not what the format says. The reason is a clause without a full stop. */
export function corrupt(reason: string): AppError {
  return new AppError({ code: 'corrupt-manifest', message: `The manifest is damaged: ${reason}.` })
}
