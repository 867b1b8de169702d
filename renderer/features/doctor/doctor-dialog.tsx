import { useEffect } from 'react'
import { baseName, closeCheck } from '#renderer/features/workspace/index.ts'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { DoctorPanel } from './doctor-panel.tsx'
import styles from './doctor.module.css'
import { startCheckUnlessKnown } from './state/runs.ts'

/** The doctor for what may not open. Who asked for a check gets the quick one at once. */
export function DoctorDialog({ location }: { readonly location: string }) {
  useEffect(() => startCheckUnlessKnown(location), [location])
  return (
    <Dialog isOpen onClose={closeCheck} title={`Check ${baseName(location)}`} size="large">
      <div className={styles.inDialog}>
        <DoctorPanel location={location} refusal={undefined} />
      </div>
    </Dialog>
  )
}
