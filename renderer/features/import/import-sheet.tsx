import { Dialog } from '#renderer/ui/dialog.tsx'
import { baseName } from '#renderer/features/workspace/index.ts'
import { ChoosePanel } from './choose/choose-panel.tsx'
import { LancePanel } from './choose/lance-panel.tsx'
import { UploadPanel } from './choose/upload-panel.tsx'
import { InspectPanel } from './choose/inspect-panel.tsx'
import { ReviewPanel } from './review/review-panel.tsx'
import { RunPanel } from './run/run-panel.tsx'
import { closeImport, type Stage, useImport } from './state/store.ts'

/** The import window. Closing it loses nothing: what is under way goes on, and a review is there when it is opened again. */
export function ImportSheet() {
  const stage = useImport((state) => state.stage)
  const into = useImport((state) => state.into)
  const isWide = stage.kind === 'review' || stage.kind === 'run'
  return (
    <Dialog
      isOpen
      onClose={closeImport}
      title={into === undefined || isWide ? 'Import' : `Import into ${baseName(into).replace(/\.lance$/, '')}`}
      size={isWide ? 'full' : 'large'}
      focus="whole"
    >
      <Body stage={stage} />
    </Dialog>
  )
}

function Body({ stage }: { readonly stage: Stage }) {
  switch (stage.kind) {
    case 'choose':
      return <ChoosePanel />
    case 'upload':
      return <UploadPanel stage={stage} />
    case 'inspect':
      return <InspectPanel stage={stage} />
    case 'lance':
      return <LancePanel review={stage.review} />
    case 'review':
      return <ReviewPanel review={stage} />
    case 'run':
      return <RunPanel runKey={stage.run} />
  }
}
