import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import type { Table } from '../shared/table.ts';
import { releaseTables } from './release-tables.ts';

export interface ReleaseSection {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly table: Table;
}

/** The sections of the report on a freeze: what was asked first, then what is frozen. */
export function describeRelease(manifest: ReleaseManifest, name: string): ReleaseSection[] {
  const { gates, findings, milestones, data, files } = releaseTables(manifest, name);
  return [
    { id: 'gates', title: 'Gates', lead: 'Every gate was run, also after one that said no.', table: gates },
    { id: 'findings', title: 'Findings', lead: 'What speaks against the release, in the order of the gates.', table: findings },
    {
      id: 'data',
      title: 'Data',
      lead: 'What is frozen, each with the digest of its content, which no order and no file name changes.',
      table: data,
    },
    { id: 'files', title: 'Files', lead: 'The exported files, byte for byte.', table: files },
    { id: 'milestones', title: 'Milestones', lead: 'The commits that the release is made of.', table: milestones },
  ];
}
