import { formOfRow, ruled, SIDES, Unpairing, type RowForm } from '../domain/export/index.ts';
import { parseRecord } from '../domain/shared/parse-record.ts';
import type { PreferenceRow } from '../schemas/export-rows.ts';
import { FORMS_OF_SET, type ExportSet, type FormName } from '../schemas/vocabulary.ts';
import type { DistillInput } from './contract.ts';
import { FormFiles, type ExportedRow, type Made } from './form-files.ts';
import type { Attempt, Ports } from './ports.ts';
import { writeSchema } from './write-schema.ts';
import type { WrittenFile } from './written-set.ts';

/**
 * Everything that is made of the written lines of a set: their JSON Schema, the same rows as Arrow, and the forms that trainers ask for. Each file is
 * written under a temporary name and renamed when it is whole; the attempt may be stopped between any two batches of lines.
 */
export async function writeForms(
  ports: Ports,
  run: DistillInput,
  set: ExportSet | 'quarantine',
  file: Pick<WrittenFile, 'name' | 'rows'>,
  attempt: Attempt,
): Promise<WrittenFile[]> {
  const files = [writeSchema(ports, run, set, file.name)];
  if (run.settings.formats.includes('arrow')) files.push(await writeArrow(ports, run, set, file, attempt));
  if (set === 'quarantine') return files;
  for (const form of FORMS_OF_SET[set].filter((known) => run.settings.as.includes(known)))
    files.push(...(await writeForm(ports, run, `${set}/${form}` as FormName, file, attempt)));
  return files;
}

async function writeArrow(
  ports: Ports,
  run: DistillInput,
  set: ExportSet | 'quarantine',
  { name, rows }: Pick<WrittenFile, 'name' | 'rows'>,
  attempt: Attempt,
): Promise<WrittenFile> {
  const arrowName = name.replace(/\.jsonl$/, '.arrow');
  const made = await ports.output.publishMade(run.run_id, arrowName, (temporary) =>
    ports.arrow.writeStream(set, readLines(ports, run, name, attempt), temporary),
  );
  if (made.rows !== rows) throw new Error(`${arrowName} holds ${made.rows} rows, expected ${rows}`);
  return { name: arrowName, ...made };
}

async function writeForm(
  ports: Ports,
  run: DistillInput,
  form: FormName,
  { name }: Pick<WrittenFile, 'name'>,
  attempt: Attempt,
): Promise<WrittenFile[]> {
  const files = new FormFiles(ports, run, form);
  try {
    const shape = form === 'preference/unpaired' ? await unpair(ports, run, name, attempt) : rowByRow(form);
    for await (const lines of readLines(ports, run, name, attempt))
      for (const line of lines) for (const made of shape(parseRow(line))) files.write(made);
    return files.publish();
  } catch (error) {
    files.discard();
    throw error;
  }
}

function rowByRow(form: RowForm): (row: ExportedRow) => Made[] {
  return (row) => [{ source: row, side: null, result: formOfRow(form, row) }];
}

async function unpair(ports: Ports, run: DistillInput, name: string, attempt: Attempt): Promise<(row: ExportedRow) => Made[]> {
  const unpairing = new Unpairing();
  for await (const lines of readLines(ports, run, name, attempt)) for (const line of lines) unpairing.see(parseRow(line) as PreferenceRow);
  return (row) =>
    SIDES.map((side) => ({ source: row, side, result: ruled('preference/unpaired', unpairing.take(row as PreferenceRow, side)) }));
}

async function* readLines(ports: Ports, run: DistillInput, name: string, attempt: Attempt): AsyncIterable<readonly string[]> {
  let rows = 0;
  for await (const lines of ports.output.readLines(ports.output.path(run.run_id, name))) {
    attempt.throwIfStopped();
    yield lines;
    rows += lines.length;
    attempt.report(rows);
  }
}

/** Numbers that a double would change keep their text: tool schemas and arguments are full of them. */
function parseRow(line: string): ExportedRow {
  const parsed = parseRecord(line);
  if (!parsed.ok) throw new Error(`an exported line cannot be read: ${parsed.detail}`);
  return parsed.value as unknown as ExportedRow;
}
