export { Inspector, type InspectorProps } from './inspector.tsx'
