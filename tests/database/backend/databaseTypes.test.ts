import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateDatabaseTypes, readDatabaseTypes } from '../../tools/databaseTypes.ts';
import { openTestBackend, type TestBackend } from '../support/testBackend.ts';

let opened: TestBackend;
beforeAll(async () => {
	opened = await openTestBackend();
});
afterAll(() => opened.close());

test('the checked-in types are those of the migrations (else: npm run types)', async () => {
	expect(await readDatabaseTypes()).toBe(await generateDatabaseTypes(opened.sql));
});
