/**
 * A process for dataFolder.test.ts to kill: opens the folder named by its first argument, then writes notes
 * one after another and prints each number once it is acknowledged.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { openBackend } from '#lib/backend/backend.server.ts';

const [dataFolder = '', migrationsFolder = ''] = process.argv.slice(2);
const opened = await openBackend({ dataFolder, migrationsFolder });
if (!opened.ok) throw new Error(opened.problem.code);
const notes = (opened.value.asService('start-up') as unknown as SupabaseClient).from('notes');
for (let number = 1; ; number++) {
	const { error } = await notes.insert({ number });
	if (error) throw new Error(error.message);
	process.stdout.write(`${number}\n`);
}
