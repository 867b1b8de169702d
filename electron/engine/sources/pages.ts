import type { ImportProblem } from '#shared/model/import/source.ts'
import { openPdf, toReadError, type SourceFile } from '../parsing/index.ts'
import type { Findings } from './inspect.ts'
import { problem } from './wording.ts'

/** Pages of a PDF, which also tells whether it can be opened. */
export async function readPages(
  file: SourceFile,
  problems: readonly ImportProblem[],
): Promise<Pick<Findings, 'pages' | 'problems'>> {
  try {
    const pdf = await openPdf(file)
    try {
      return { pages: pdf.document.numPages, problems }
    } finally {
      await pdf.close()
    }
  } catch (error) {
    const { message, hint } = toReadError(error, file.name, 'PDF')
    return { problems: [...problems, problem('error', message, hint)] }
  }
}
