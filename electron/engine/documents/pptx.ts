import { openZip, unreadable, type ZipArchive } from '../parsing/index.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { DocumentFile, Draft } from './draft.ts'
import { readXmlEvents } from './markup.ts'
import { readCoreProperties, readRelationships } from './office.ts'
import { SlideCollector } from './slide-collector.ts'
import { TextBuilder } from './text-builder.ts'

const KIND = 'a PowerPoint presentation'
const PRESENTATION = 'ppt/presentation.xml'

/** Text of a presentation slide by slide: titles, text, tables, and the speaker's notes as quotes. */
export async function parsePptx(file: DocumentFile): Promise<Draft> {
  const archive = await openZip(file, KIND)
  try {
    const slides = await findSlides(archive, file.name)
    const builder = new TextBuilder(file.name)
    const problems: ImportProblem[] = []
    for (const [index, slide] of slides.entries()) {
      const page = index + 1
      const xml = await archive.readText(slide)
      if (xml === undefined) {
        problems.push({ severity: 'warning', message: `Slide ${page} is missing in the file.` })
        continue
      }
      readSlide(xml, builder, page, false)
      const notes = [...(await readRelationships(archive, slide)).values()].find(({ type }) => type === 'notesSlide')
      const notesXml = notes === undefined ? undefined : await archive.readText(notes.part)
      if (notesXml !== undefined) readSlide(notesXml, builder, page, true)
    }
    return { ...builder.finish(), ...(await readCoreProperties(archive)), pages: slides.length, problems }
  } finally {
    archive.close()
  }
}

function readSlide(xml: string, builder: TextBuilder, page: number, isNotes: boolean): void {
  const collector = new SlideCollector(builder, page, isNotes)
  readXmlEvents(xml, collector)
}

/** Parts of the slides in the order they are shown. */
async function findSlides(archive: ZipArchive, name: string): Promise<readonly string[]> {
  const xml = await archive.readText(PRESENTATION)
  if (xml === undefined) throw unreadable(name, `has no part "${PRESENTATION}", which every presentation has`)
  const targets = await readRelationships(archive, PRESENTATION)
  const slides: string[] = []
  readXmlEvents(xml, {
    open: (element, attributes) => {
      const target = element === 'sldId' ? targets.get(attributes['r:id'] ?? '') : undefined
      if (target !== undefined) slides.push(target.part)
    },
    text: () => undefined,
    close: () => undefined,
  })
  return slides
}
