import { installOnnxPart } from '../../adapters/embedder/install-onnx-part.ts';
import { ONNX_PACKAGES } from '../../adapters/embedder/onnx-packages.ts';
import type { EmbedderPart } from '../../schemas/embedder-part.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';

export interface SearchEmbedderAddOptions {
  readonly json?: boolean;
}

/** `lauter search embedder add`: installs what runs sentence encoders on this machine. */
export async function searchEmbedderAdd(io: Io, options: SearchEmbedderAddOptions, install = installOnnxPart): Promise<ExitCode> {
  const { outcome, folder } = await install(io.env);
  const packages = ONNX_PACKAGES.map(({ name, version }) => ({ name, version }));
  const part: EmbedderPart = { schema_version: 1, outcome, folder, packages };
  io.out(options.json === true ? JSON.stringify(part, null, 2) : tell(part));
  return EXIT.accepted;
}

function tell({ outcome, folder, packages }: EmbedderPart): string {
  const names = packages.map(({ name, version }) => `${name} ${version}`).join(', ');
  return [
    `${outcome === 'installed' ? 'installed' : 'already there'}: ${names}`,
    `in ${plain(folder)}`,
    'A config uses it with {"search": {"embedder": "NAME", "embedders": {"NAME": {"kind": "onnx", "folder": "FOLDER OF THE MODEL"}}}}.',
  ].join('\n');
}
