import type { SamplesTruth } from './truth-file.ts';
import type { Stream } from './telling.ts';

/** The workspace config of the samples: one source a stream, globs relative to the file. */
export function writeConfig(streams: readonly Stream[]): string {
  const sources = streams.map(({ name, adapter, paths, options }) => ({
    name,
    adapter,
    paths,
    ...(options === undefined ? {} : { options }),
  }));
  return `${JSON.stringify({ sources }, null, 2)}\n`;
}

/** The note that explains the folder. */
export function writeReadme(seed: number, streams: readonly Stream[], truth: SamplesTruth): string {
  const rows = truth.streams.map(({ name, adapter, records }, at) => `| ${name} | ${adapter} | ${records} | ${streams[at]?.about} |`);
  return `# Sample traces

Traces of the agents of Tidewater Cycles, a bicycle rental and repair company that does not exist: nobody in these files does, and no key, card or
account in them opens anything. All of it is written by \`domain/samples/\` from the seed ${seed}; \`npm run samples\` writes it again, byte for byte.

| stream | format | records | what it is |
|---|---|---|---|
${rows.join('\n')}

* \`lauter.config.json\` names the streams as sources.
* \`truth.json\` says what must become of every record: its category, or the reason why it can not be read, and what was planted in it. It also lists the
  planted secrets, in pieces. The expectations are part of the story, they were not computed by the rules that they check.
`;
}
