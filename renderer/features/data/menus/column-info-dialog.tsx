import { Dialog } from '#renderer/ui/dialog.tsx'
import type { SchemaField } from '#shared/model/schema.ts'
import styles from './dialogs.module.css'

/** Everything the schema says about a column. */
export function ColumnInfoDialog({ field, onClose }: { readonly field: SchemaField; readonly onClose: () => void }) {
  const metadata = Object.entries(field.metadata)
  return (
    <Dialog isOpen onClose={onClose} title={field.name} description="As the manifest of this version says">
      <dl className={styles.facts}>
        <Fact name="Type" value={field.type} />
        <Fact name="Logical type" value={field.logicalType} />
        <Fact name="Nulls" value={field.nullable ? 'allowed' : 'not allowed'} />
        <Fact name="Field id" value={String(field.id)} />
        {field.dimension !== undefined && <Fact name="Values per row" value={String(field.dimension)} />}
      </dl>
      {field.children.length > 0 && (
        <>
          <h3 className={styles.heading}>Fields inside</h3>
          <FieldTree fields={field.children} />
        </>
      )}
      <h3 className={styles.heading}>Metadata</h3>
      {metadata.length === 0 ? (
        <p className={styles.quiet}>None.</p>
      ) : (
        <dl className={styles.facts}>
          {metadata.map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
        </dl>
      )}
    </Dialog>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

function FieldTree({ fields }: { readonly fields: readonly SchemaField[] }) {
  return (
    <ul className={styles.tree}>
      {fields.map((field) => (
        <li key={field.id}>
          {field.name} <span className={styles.quiet}>{field.type}</span>
          {field.children.length > 0 && <FieldTree fields={field.children} />}
        </li>
      ))}
    </ul>
  )
}
