import { exportJsonSchema, type LineKind } from '../schemas/export-json-schema.ts';
import type { DistillInput } from './contract.ts';
import type { Ports } from './ports.ts';
import type { WrittenFile } from './written-set.ts';

/** Writes the JSON Schema of a file's lines beside it, as `<file>.schema.json`. */
export function writeSchema(ports: Ports, run: DistillInput, kind: LineKind, file: string): WrittenFile {
  const name = `${file}.schema.json`;
  const lines = ports.output.openLines(run.run_id, name);
  lines.write(exportJsonSchema(kind));
  return { name, ...lines.publish(), rows: 0 };
}
