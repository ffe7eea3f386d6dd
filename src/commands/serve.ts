/** `npm start`: serves `DATA_DIR` or `SUPABASE_URL`. See README.md for the settings. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { readAddress } from './server/address.ts';
import { listenOrRefuse } from './server/listen.ts';

if (!existsSync(join(packageRoot(), 'build/handler.js'))) {
	console.error('尚未构建，请先运行 npm run build。\nNothing is built yet: run npm run build first.');
	process.exit(1);
}
const address = readAddress(process.env);
await listenOrRefuse(address, process.env);
console.log(`明察 Mingcha · ${address.localUrl}`);
