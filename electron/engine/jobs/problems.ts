import { AppError, type ErrorValue } from '#shared/errors.ts'

export function noSuchJob(id: string): AppError {
  return new AppError({
    code: 'job-not-found',
    message: `There is no job ${id} in this run of the engine.`,
    hint: 'List the jobs: those of earlier runs are not kept, nor more than a hundred that ended.',
    detail: { job: id },
  })
}

/** The process of a job ended by itself, without a result. `reason` is a sentence. */
export function diedError(title: string, reason: string): ErrorValue {
  return {
    code: 'engine-died',
    message: `"${title}" did not finish. ${reason}`,
    hint: 'The dataset is at a consistent version, and the app went on without it. Try again with less work at once.',
  }
}

export function memoryError(title: string, rssBytes: number, limitBytes: number): ErrorValue {
  return {
    code: 'out-of-memory',
    message: `"${title}" was ended because it used ${gigabytes(rssBytes)} of memory, and it may use ${gigabytes(limitBytes)}.`,
    hint: 'Allow it more where there is more, or ask for less at once. The dataset is at a consistent version.',
    detail: { rssBytes, limitBytes },
  }
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
