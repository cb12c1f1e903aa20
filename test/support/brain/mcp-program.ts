/** The MCP brain over its standard streams. */
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createMcpBrain } from './mcp-brain.ts';

process.stdout.write('Harbour brain 1.0, ready.\n');
process.stderr.write('opening the drawers\n');
await createMcpBrain().connect(new StdioServerTransport());
