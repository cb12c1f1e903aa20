// Lets the SDK download the server that it would use for tests, into the folder given. The server is started and stopped once on the way.
import { TestWorkflowEnvironment } from '@temporalio/testing';

try {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir: process.argv[2] } },
  });
  await environment.teardown();
} catch (error) {
  console.error(String(error?.message ?? error).split('\n')[0]);
  process.exitCode = 1;
}
