import { Search } from 'lucide-react'
import { TextField } from './text-field.tsx'

export interface FilterFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly className?: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Narrows a list while somebody types. */
export function FilterField({ onChange, ...rest }: FilterFieldProps) {
  return <TextField {...rest} icon={<Search aria-hidden />} onChange={(event) => onChange(event.target.value)} />
}
