import { openDatabase } from '../../adapters/lake/database.ts';
import { DiskFullError } from '../../domain/shared/errors.ts';

// Lets DuckDB write a file of some megabytes and says how that went.
const [folder = ''] = process.argv.slice(2);
const database = await openDatabase({ threads: 1, memoryMb: 512, tempDir: `${folder}/spill` });
try {
  await database.run(
    `COPY (SELECT sha256(i::VARCHAR) AS mash FROM range(100000) AS numbers(i)) TO '${folder}/mash.parquet' (FORMAT parquet)`,
  );
  process.stdout.write('written\n');
} catch (error) {
  process.stdout.write(error instanceof DiskFullError ? `no room: ${error.message}\n` : `something else: ${String(error)}\n`);
} finally {
  database.close();
}
